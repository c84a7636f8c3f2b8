"""What taking in a concept changes for a visitor: each figure of its place that becomes another, before and after."""

from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from vt.build.build import ensure
from vt.errors import DataError
from vt.figures.answers import Dataset
from vt.figures.figure import Figure
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.store.connection import connect
from vt.store.reference import read_metadata

_NOTHING = "geen cijfers"


class Effect(NamedTuple):
    """A figure that changes: what it is about, and what it says now and would say."""

    about: str
    before: str
    after: str


def list_effects(data: Path, database: Path, after: Path, place: str) -> list[Effect]:
    """The figures of a place that differ between what the data folder gives now and another database, by their
    titles; all of them where it gives nothing."""
    now: dict[str, list[Figure]] = {}
    with suppress(DataError):
        now = _read_figures(ensure(data, database), place)
    then = _read_figures(after, place)
    return [
        Effect(about, _join(now.get(about, [])), _join(figures))
        for about, figures in then.items()
        if now.get(about) != figures
    ]


def _join(figures: list[Figure]) -> str:
    return "; ".join(dict.fromkeys(figure.title for figure in figures)) or _NOTHING


def _read_figures(database: Path, place: str) -> dict[str, list[Figure]]:
    """The figures of a place, by what they are about."""
    with closing(connect(database)) as db:
        dataset = Dataset(db, read_metadata(db))
        if place not in dataset.metadata.places:
            return {}
        is_region = dataset.metadata.places[place].kind == "region"
        selection = Selection(region=place) if is_region else Selection(gemeenten=(place,))
        requests = [FigureRequest(i.usual_kind, (i.id,), i.label) for i in dataset.metadata.indicators.values()]
        made = {request.label: build_figures(dataset, request, selection) for request in requests}
        return {label: figures for label, figures in made.items() if figures}
