"""What pages share: the visitor's view, figures on screen, errors as sentences."""

import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import pandas as pd
import streamlit as st

from vt import charts, database, forms, html, queries
from vt.answers import Archive
from vt.catalogue import Indicator, Place
from vt.export import delimited
from vt.faults import DataError
from vt.figure import Figure
from vt.queries import Reference
from vt.selection import Selection, chosen_places

Identity = tuple[int, int, int, int]
log = logging.getLogger("vt")


@dataclass(frozen=True)
class View:
    """What the visitor looks at: the database as it is now, and the selection."""

    path: Path
    identity: Identity
    reference: Reference
    selection: Selection

    @property
    def places(self) -> tuple[Place, ...]:
        """The chosen places, in order."""
        return tuple(self.reference.places[id_] for id_ in chosen_places(self.selection, self.reference))


def open_database() -> tuple[Path, Identity] | None:
    """The database, built first where it is missing or the data changed; None, with a sentence on screen, if neither
    works. Where the data no longer loads, the database that is there goes on serving."""
    data, target = database.data_folder(), database.database_path()
    try:
        _ensure(data, target, _stamp(data, target))
    except DataError as error:
        log.error("the data folder does not load:\n%s", error)
        if not target.exists():
            st.error("De gegevens zijn niet te lezen. De beheerder vindt in het logboek welke regels er niet kloppen.")
            return None
    except (sqlite3.Error, OSError) as error:
        log.error("the database cannot be built", exc_info=error)
        if not target.exists():
            fail(error)
            return None
    return target, database.identity(target)


def _stamp(data: Path, target: Path) -> tuple[object, ...]:
    """What changes when the data folder or the database does: names, times and sizes."""
    files = [*sorted(data.glob("*/*.yaml")), *([target] if target.exists() else [])]
    return tuple((path.name, stat.st_mtime_ns, stat.st_size) for path in files for stat in [path.stat()])


@st.cache_resource(max_entries=8, show_spinner="De gegevens worden ingelezen …")
def _ensure(data: Path, target: Path, stamp: tuple[object, ...]) -> None:
    del stamp
    database.ensure(data, target)


@st.cache_resource(max_entries=4, show_spinner=False)
def reference(path: str, identity: Identity) -> Reference:
    """What is known of a database beside its numbers; once per build of it."""
    del identity
    with closing(database.connect(Path(path))) as db:
        return queries.reference(db)


def view() -> View:
    """The view that site.py made for this run."""
    found: View = st.session_state["view"]
    return found


def heading(title: str, question: str) -> None:
    """The page's one main heading and the question that it answers."""
    st.title(title, anchor=False)
    st.markdown(question)


def section(title: str) -> None:
    """A heading between figures."""
    st.header(title, anchor=False)


def categories(*indicators: str) -> None:
    """How each indicator divides over its classes."""
    _show_all("categories", indicators)


def places(*indicators: str) -> None:
    """Each indicator for the chosen places."""
    _show_all("places", indicators)


def series(*indicators: str) -> None:
    """Each indicator over time, for the places that have more than a year and the year before."""
    _grid([figure for name in indicators for figure in _figures("series", (name,))])


def groups(label: str, *indicators: str) -> None:
    """Reporters in the groups that all regions share."""
    _grid(_figures("groups", (label, *indicators)))


def show(figure: Figure) -> None:
    """One figure: finding, notices, legend, chart, table, sources, caveats, and its numbers as a file."""
    with st.container(key=f"figuur-{figure.id.replace('.', '-')}"):
        st.html(html.head(figure))
        if figure.marks:
            st.vega_lite_chart(
                pd.DataFrame(figure.marks),
                charts.spec(figure.form),
                theme=None,
                width="stretch",
                alt=figure.alt,
                key=f"grafiek-{figure.id}",
            )
        st.html(html.foot(figure))
        st.download_button(
            "Download CSV",
            data=partial(delimited.to_csv, figure),
            file_name=delimited.file_name(figure, "csv"),
            mime="text/csv",
            on_click="ignore",
            type="tertiary",
            key=f"csv-{figure.id}",
        )


def _show_all(form: str, indicators: Sequence[str]) -> None:
    found = {name: _figures(form, (name,)) for name in indicators}
    _grid([figure for figures in found.values() for figure in figures])
    known = view()
    missing = [_absent(known.reference.indicators[name], known) for name, figures in found.items() if not figures]
    if missing:
        st.html(html.notices(missing))


def _grid(figures: Sequence[Figure]) -> None:
    """Two beside each other; one under the other where the screen is narrow."""
    rest = iter(figures)
    while pair := list(islice(rest, 2)):
        for column, figure in zip(st.columns(2, gap="large"), pair, strict=False):
            with column:
                show(figure)


def _absent(indicator: Indicator, found: View) -> str:
    """Why a figure is not there, and where it is."""
    where = [p.label for p in found.reference.places_with_data() if found.reference.covered(indicator.id, p.id)]
    asked = ", ".join(place.label for place in found.places)
    others = f" en {len(where) - 1} andere plaatsen" if len(where) > 1 else ""
    there = f"; wel voor {where[0]}{others}" if where else ""
    return f"“{indicator.label}” staat niet in de bronnen van {asked}{there}."


def _figures(form: str, arguments: tuple[str, ...]) -> list[Figure]:
    found = view()
    return _made(found.path, found.identity, form, arguments, found.selection)


@st.cache_resource(max_entries=5000, show_spinner=False)
def _made(path: Path, identity: Identity, form: str, arguments: tuple[str, ...], selection: Selection) -> list[Figure]:
    known = reference(str(path), identity)
    with closing(database.connect(path)) as db:
        return _build(Archive(db, known), form, arguments, selection)


def _build(archive: Archive, form: str, arguments: tuple[str, ...], selection: Selection) -> list[Figure]:
    indicators = archive.reference.indicators
    if form == "groups":
        label, *names = arguments
        return forms.groups(archive, label, [indicators[name] for name in names], selection)
    if form == "tiles":
        name, region = arguments
        return forms.tiles(archive, indicators[name], selection, archive.reference.places[region])
    return _FORMS[form](archive, indicators[arguments[0]], selection)


_FORMS: dict[str, Callable[[Archive, Indicator, Selection], list[Figure]]] = {
    "categories": forms.categories,
    "places": forms.places,
    "series": forms.series,
    "ranking": forms.ranking,
}


def fail(error: Exception) -> None:
    """A fault that a visitor meets, as a sentence; the log gets the rest."""
    log.error("the page could not be made", exc_info=error)
    what = "De database is niet te lezen." if isinstance(error, sqlite3.Error | OSError) else "Er ging iets mis."
    st.error(f"{what} Probeer het over een minuut opnieuw; blijft het zo, meld het dan aan de beheerder.")
