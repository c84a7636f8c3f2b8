"""`vt import` of StatLine: a delivery is checked, compared with the version before, and kept; or nothing is."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from numpy import isnan

from vt.errors import DataError
from vt.ingest.catalogue import load_catalogue
from vt.ingest.gemeenten import load_gemeenten
from vt.ingest.statline.bulk import read_bulk
from vt.ingest.statline.cells import Cell, Cells, read_cells
from vt.ingest.statline.delivery import Delivery
from vt.ingest.statline.keep import find_newest, keep
from vt.ingest.statline.mapping import StatLine, load_statline
from vt.ingest.statline.refusal import refuse
from vt.model.catalogue import Catalogue, Place

MOST_TOLD = 5
Key = tuple[str, str, str, str]


class Known:
    """What deliveries are held against: the catalogue of a data folder, and all places of the country."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.catalogue: Catalogue = load_catalogue(data / "catalogue")
        statline = load_statline(data / "catalogue/statline.yaml", self.catalogue)
        if statline is None:
            refuse("statline.yaml", "dit bestand ontbreekt", "bedoeld: data/catalogue/statline.yaml")
        self.statline: StatLine = statline
        listed = load_gemeenten(data / "catalogue/gemeenten.csv", self.catalogue)
        self.places: Mapping[str, Place] = {
            place.code: place for place in (*listed, *self.catalogue.places.values()) if place.code
        }

    def read(self, delivery: Delivery, rows_before: int = 0) -> Cells:
        return read_cells(delivery, self.statline, self.catalogue, self.places, rows_before)


def bring_in(data: Path, paths: Sequence[Path], *, accept: bool = False) -> Iterator[str]:
    """Take in files of StatLine; what there is to say of each. DataError where one is refused: that is not taken in.

    `accept` also takes a table of which the number of cells changed much.
    """
    known = Known(data)
    for path in paths:
        yield from _bring(known, read_bulk(path), path, accept)


def _bring(known: Known, delivery: Delivery, original: Path | None, accept: bool) -> Iterator[str]:
    before = find_newest(known.data, delivery.table)
    cells = known.read(delivery, before.rows if before and not accept else 0)
    told = [*describe(cells), *_compare(known, before.path if before else None, cells)]
    path = keep(known.data, delivery, cells.rows, original)
    yield from (*told, f"Bewaard als {path}.")


def describe(cells: Cells) -> Iterator[str]:
    """What a table holds."""
    numbers = len(cells.values) - int(isnan(cells.values).sum())
    yield f"StatLine {cells.table.id}, {cells.table.title}, versie {cells.version}"
    yield f"{cells.rows} cellen: {len(cells)} voor {len(cells.indicators)} cijfers, waarvan {numbers} met een getal."
    for why, count in cells.left_out.items():
        if count:
            yield f"{count} {why}: landsdelen, provincies, en klassen die data/catalogue/statline.yaml overslaat."


def _compare(known: Known, path: Path | None, cells: Cells) -> Iterator[str]:
    """How many numbers are new, changed and gone since the version before; each final one that changed is named."""
    if path is None:
        return
    try:
        before = {_key(cell): cell for cell in known.read(read_bulk(path))}
    except DataError:
        yield "De vorige versie is niet meer te lezen met de huidige lijsten, en is niet vergeleken."
        return
    now = {_key(cell): cell for cell in cells}
    changed = [(before[key], cell) for key, cell in now.items() if key in before and before[key].value != cell.value]
    new, gone = len(now.keys() - before.keys()), len(before.keys() - now.keys())
    same = len(now) - new - len(changed)
    yield f"Naast de vorige versie: {new} nieuw, {same} gelijk, {len(changed)} gewijzigd, {gone} weg."
    final = [(old, cell) for old, cell in changed if not old.is_provisional]
    for old, cell in final[:MOST_TOLD]:
        yield f"Let op, definitief en toch gewijzigd: {_name(cell)}, {_say(old)} werd {_say(cell)}."
    if len(final) > MOST_TOLD:
        yield f"En nog {len(final) - MOST_TOLD} definitieve cijfers die zijn gewijzigd."


def _key(cell: Cell) -> Key:
    return cell.indicator, cell.place, cell.period, cell.category


def _name(cell: Cell) -> str:
    return " ".join(filter(None, _key(cell)))


def _say(cell: Cell) -> str:
    return f"{cell.value:.0f}" if cell.value is not None else cell.reason
