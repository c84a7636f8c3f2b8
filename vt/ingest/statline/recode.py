"""A part of a table laid over the version that was there: both under titles, as a file saved by hand has no codes."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from vt.ingest.statline.delivery import MEASURE, Delivery, MeasureCode


def lay_over(whole: Delivery, part: Delivery) -> Delivery:
    """The cells of `part`, and those of `whole` that it does not have."""
    under, over = _name_by_title(whole), _name_by_title(part)
    dimensions = {name: {**titles, **over.dimensions[name]} for name, titles in under.dimensions.items()}
    return replace(
        over,
        measures={**under.measures, **over.measures},
        dimensions=dimensions,
        regions={**over.regions, **under.regions},
        periods={**under.periods, **over.periods},
        rows=lambda: _combine(under, over),
    )


def _combine(under: Delivery, over: Delivery) -> Iterator[pd.DataFrame]:
    keys = list(over.keys)
    rows = pd.concat([*under.rows(), *over.rows()], ignore_index=True).astype(str)
    rows = rows.apply(lambda column: column.str.strip())
    yield rows.drop_duplicates(keys, keep="last")


def _name_by_title(delivery: Delivery) -> Delivery:
    """The same under titles for codes, of measures and classes."""
    titles: dict[str, Mapping[str, str]] = {MEASURE: {code: m.label for code, m in delivery.measures.items()}}
    titles |= delivery.dimensions

    def rows() -> Iterator[pd.DataFrame]:
        for frame in delivery.rows():
            named = {name: frame[name].astype(str).str.strip().map(dict(own)) for name, own in titles.items()}
            yield frame.assign(**named)

    return replace(
        delivery,
        measures={m.label: MeasureCode(m.titles, m.unit) for m in delivery.measures.values()},
        dimensions={name: {title: title for title in own.values()} for name, own in delivery.dimensions.items()},
        rows=rows,
    )
