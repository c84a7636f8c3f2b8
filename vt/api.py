"""The figures for whoever works in a notebook: as a DataFrame, and as a chart of the site.

    from vt.api import chart, figures

Both read the database of the data folder (VT_DATA, VT_DATABASE), built first where it is missing or the data
changed.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from copy import deepcopy
from typing import Any

import altair as alt
import pandas as pd

from vt.build.build import ensure
from vt.errors import did_you_mean, quote_value
from vt.figures.answers import Dataset, answer
from vt.figures.figure import Figure, cite
from vt.figures.opendata import list_printed
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.model.catalogue import Indicator, Place
from vt.model.figure_kinds import FIGURE_KINDS
from vt.model.geweld import ALL_GEWELD, GEWELD
from vt.model.hidden import Shielding
from vt.model.measures import Measure
from vt.model.period import Period
from vt.render import theme
from vt.render.vega.forms import form_of, rows
from vt.store.connection import connect, data_folder, database_path
from vt.store.reference import Metadata, read_metadata

NUMBERS, CATEGORIES = ("value", "low", "high"), ("unit", "geweld", "status")


class UnknownNameError(ValueError):
    """A name that is not in the data; the message is Dutch, and says what may be meant."""


def figures(
    place: str | None = None,
    indicator: str | None = None,
    *,
    period: str | None = None,
    geweld: str | None = None,
    recovered: bool = False,
) -> pd.DataFrame:
    """The printed numbers, a row each: the public view `figures` of data/README.md, in the order of the reports.

    place, indicator: an id or a label, in any case: dordrecht, Meldingen.
    period: 2021, 2021-H1, 2021-Q1, 2020/2021. geweld: km, hg, om, geen, onbekend, or alle where it is not split.
    value, low and high are Float64, is_total and is_provisional are boolean, unit, geweld and status are categories,
    all else is string; what is not known is <NA>. Small numbers are as printed; what was worked out as less than 5
    and stands in no report is bounded by 0 and 4, unless `recovered` asks for it. UnknownNameError where a name is
    not known.
    """
    with _opened() as dataset:
        metadata = dataset.metadata
        columns, rows = list_printed(
            dataset.db,
            metadata,
            _find_place(metadata, place).id if place else None,
            _find_indicator(metadata, indicator).id if indicator else None,
            _find_period(period) if period else None,
            _find("geweld", geweld, dict.fromkeys(GEWELD, "")) if geweld else None,
            recovered=recovered,
        )
        made = pd.DataFrame(list(rows), columns=columns)
    types: dict[str, str] = dict.fromkeys(NUMBERS, "Float64") | dict.fromkeys(CATEGORIES, "category")
    types |= dict.fromkeys(("is_total", "is_provisional"), "boolean")
    return made.astype({name: types.get(name, "string") for name in columns})


def chart(
    indicator: str,
    place: str | None = None,
    *,
    kind: str = "places",
    measure: str = Measure.AANTAL,
    period: str | None = None,
    geweld: str | None = None,
    shielding: str = Shielding.RECOVERED,
    width: int = 560,
) -> alt.LayerChart:
    """A figure of the site as a chart that holds its data, title, notices, legend and sources.

    Where there are more, the first: its notices say what stands apart from it, and why.

    kind: categories, places, series, ranking, dots, funnel, trends, groups, norms, flow or tiles.
    place: all regions where none is given.
    measure: as the site says it (Per maand) or AANTAL, PER_MAAND, PER_1000,
    AANDEEL_REGIO, AANDEEL_PLAATS. width is in pixels. shielding: which small numbers are hidden, as the site says it
    (Teruggerekende, Alle, Geen).
    UnknownNameError for a name that is not known, ValueError where the figure cannot be made, with a Dutch reason.
    """
    with _opened() as dataset:
        metadata = dataset.metadata
        counted = _find_indicator(metadata, indicator)
        found = _find_place(metadata, place) if place else None
        selection = Selection(
            region=found.id if found and found.kind in ("region", "land") else None,
            gemeenten=(found.id,) if found and found.kind in ("gemeente", "rest") else (),
            period=_find_period(period) if period else None,
            geweld=_find("geweld", geweld, dict.fromkeys(GEWELD, "")) if geweld else ALL_GEWELD,
            measure=Measure[_find("measure", measure, {each.name: each.value for each in Measure})],
            shielding=Shielding[_find("shielding", shielding, {each.name: each.value for each in Shielding})],
        )
        request = _make_request(metadata, kind, counted, found)
        made = build_figures(dataset, request, selection)
        elsewhen = [n.text for n in answer(dataset, counted, selection).notices if n.period] if not made else []
    if not made:
        where = f" van {found.label}" if found else ""
        absent = f"“{counted.label}” staat niet in de bronnen{where}, of niet als {kind}."
        raise ValueError(" ".join(elsewhen) or absent)
    return _draw(made[0], width)


@contextmanager
def _opened() -> Iterator[Dataset]:
    with closing(connect(ensure(data_folder(), database_path()))) as db:
        yield Dataset(db, read_metadata(db))


def _make_request(metadata: Metadata, kind: str, indicator: Indicator, place: Place | None) -> FigureRequest:
    name = _find("kind", kind, dict.fromkeys(FIGURE_KINDS, ""))
    if misfit := FIGURE_KINDS[name].find_misfit(indicator, metadata.grouped.__contains__):
        raise ValueError(f"{name} kan “{indicator.label}” niet tonen, want {misfit[0]}.")
    region = "" if place is None else place.region or place.id
    if name == "tiles" and not region:
        raise ValueError("tiles is een kaart van één regio: noem bij place die regio, of een gemeente daarin.")
    return FigureRequest(name, (indicator.id,), indicator.label, region if name == "tiles" else "")


def _draw(figure: Figure, width: int) -> alt.LayerChart:
    """The spec of the site with what the page writes around it: data, title, notices, legend, sources."""
    spec = deepcopy(form_of(figure.chart).spec())
    drawn = rows(figure.chart)
    legend = {theme.COLOURS[role]: text for role, text in figure.legend}
    if legend:
        _add_legend(spec, legend, {row["colour"] for row in drawn})
    sources = (f"Bron: {text}" for text in cite(figure.sources))
    title = {"text": figure.title, "subtitle": [figure.subtitle, *figure.notice_texts, *sources], "anchor": "start"}
    whole = {**spec, "width": width, "title": title, "data": {"values": drawn}}
    made: alt.LayerChart = alt.LayerChart.from_dict(whole, validate=False)  # whoever shows or saves it has it validated
    return made


def _add_legend(spec: dict[str, Any], legend: dict[str, str], colours: Iterable[str]) -> None:
    """Name the colours below the chart; on a page they stand beside it as text."""
    domain = [*legend, *sorted(set(colours) - set(legend))]
    text = f"{json.dumps(legend)}[datum.value]"
    entries = {"orient": "bottom", "columns": 3, "labelLimit": 400, "values": [*legend], "labelExpr": text}
    for layer in spec["layer"]:
        colour = layer["encoding"].get("color", {})
        if colour.get("field") == "colour":
            colour |= {"scale": {"domain": domain, "range": domain}, "legend": entries, "title": None}


def _find_place(metadata: Metadata, text: str) -> Place:
    return metadata.places[_find("place", text, {place.id: place.label for place in metadata.places.values()})]


def _find_indicator(metadata: Metadata, text: str) -> Indicator:
    known = {indicator.id: indicator.label for indicator in metadata.indicators.values()}
    return metadata.indicators[_find("indicator", text, known)]


def _find_period(text: str) -> str:
    try:
        return Period.parse(str(text)).id
    except ValueError as error:
        meant = "bedoeld: 2021, 2021-H1 of 2021-Q1"
        raise UnknownNameError(f"period {quote_value(text)} is geen periode – {meant}") from error


def _find(what: str, text: str, known: Mapping[str, str]) -> str:
    """The id that an id or a label names; an id goes before a label, a gemeente before the region of that name."""
    ids = {label.casefold(): id_ for id_, label in known.items()} | {id_.casefold(): id_ for id_ in known}
    if (id_ := ids.get(text.strip().casefold())) is not None:
        return id_
    raise UnknownNameError(f"{what} {quote_value(text)} is niet bekend – {did_you_mean(text.casefold(), known)}")
