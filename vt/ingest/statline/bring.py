"""`vt import` of StatLine: a delivery is checked, compared with the version before, and kept; or nothing is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import NamedTuple

from numpy import isnan, unique

from vt.errors import DataError, Fault, refuse
from vt.ingest.catalogue import load_catalogue
from vt.ingest.gemeenten import load_gemeenten
from vt.ingest.statline.bulk import read_bulk, write_bulk
from vt.ingest.statline.by_hand import read_by_hand
from vt.ingest.statline.cells import Cell, Cells, read_cells
from vt.ingest.statline.delivery import Delivery
from vt.ingest.statline.fetch import PAUSE, fetch
from vt.ingest.statline.keep import find_newest, keep
from vt.ingest.statline.mapping import StatLine, load_statline
from vt.ingest.statline.recode import lay_over
from vt.ingest.statline.v4 import read_v4
from vt.model.catalogue import Catalogue, Place
from vt.model.period import Period

MOST_TOLD = 5


class _Printed(NamedTuple):
    """Which cell of StatLine it is."""

    measure: str
    place: str
    period: str
    category: str


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


def bring_in(data: Path, paths: Sequence[Path], despite_rows: str = "") -> Iterator[str]:
    """Take in files of StatLine, those of JSON together; what there is to say of each.

    DataError, after all of them, where one is refused: that one is not taken in. `despite_rows` is why a number of
    cells is right that is far from that of the version before.
    """
    known = Known(data)
    answers = [path for path in paths if path.suffix.lower() == ".json"]
    parts = [answers, *([path] for path in paths if path not in answers)]
    yield from _try_each(_bring_files(known, part, despite_rows) for part in parts if part)


def fetch_in(
    data: Path, tables: Sequence[str], address: str, pause: float = PAUSE, despite_rows: str = ""
) -> Iterator[str]:
    """Get tables from CBS and take them in."""
    known = Known(data)
    with TemporaryDirectory() as folder:
        asking = (_fetch_one(known, table.upper(), Path(folder), address, pause, despite_rows) for table in tables)
        yield from _try_each(asking)


def _try_each(parts: Iterable[Iterator[str]]) -> Iterator[str]:
    """What there is to say of each; DataError in the end with what is wrong with any."""
    faults: list[Fault] = []
    for told in parts:
        try:
            yield from told
        except DataError as error:
            faults += error.faults
    if faults:
        raise DataError(faults)


def _bring_files(known: Known, paths: Sequence[Path], despite_rows: str) -> Iterator[str]:
    """One table: a file of it, or the answers of the data service together."""
    first, kind = paths[0], paths[0].suffix.lower()
    if kind == ".json":
        yield from _bring(known, read_v4(paths), None, despite_rows)
    elif kind == ".csv":
        yield from _bring(known, read_by_hand(first, known.statline, known.places), None, despite_rows)
    else:
        yield from _bring(known, read_bulk(first), first, despite_rows)


def _fetch_one(known: Known, table: str, folder: Path, address: str, pause: float, despite_rows: str) -> Iterator[str]:
    if table not in known.statline.tables:
        refuse(table, "deze tabel is niet bekend", f"bekend: {', '.join(known.statline.tables)}")
    delivery, original = fetch(table, folder, address, pause)
    if delivery.table != table:
        refuse(table, f"het antwoord is van tabel {delivery.table}", "er is niets opgenomen; probeer het later opnieuw")
    yield from _bring(known, delivery, original, despite_rows)


def _bring(known: Known, delivery: Delivery, original: Path | None, despite_rows: str) -> Iterator[str]:
    _refuse_to_come(delivery)
    before = find_newest(known.data, delivery.table)
    if before and delivery.version < before.version:
        found = f"deze cijfers zijn van {delivery.version}, en die er zijn van {before.version}"
        refuse(delivery.file, found, f"moeten zij toch gelden, haal dan eerst {before.path.parent} weg")
    if before and not delivery.is_whole:
        known.read(delivery)  # what is wrong with the part itself
        delivery = lay_over(read_bulk(before.path), delivery)
    cells = known.read(delivery, before.rows if before and not despite_rows else 0)
    told = [*describe(cells), *_compare(known, before.path if before else None, cells)]
    write = partial(copyfile, original) if original else partial(write_bulk, delivery=delivery)
    about = {"file": delivery.file, "rows": cells.rows, **({"despite_rows": despite_rows} if despite_rows else {})}
    path = keep(known.data, delivery.table, delivery.version, about, write)
    yield from (*told, f"Bewaard als {path}.")


def _refuse_to_come(delivery: Delivery) -> None:
    """Of a day that has yet to come a version would keep every later one out; one day more, for other time zones."""
    today = date.today()
    if date.fromisoformat(delivery.version) > today + timedelta(days=1):
        found = f"deze cijfers zijn van {delivery.version}, en die dag moet nog komen"
        refuse(delivery.file, found, f"vandaag is het {today}: staat de klok goed, haal de tabel dan opnieuw op")


def describe(cells: Cells) -> Iterator[str]:
    """What a table holds."""
    numbers = len(cells.values) - int(isnan(cells.values).sum())
    yield f"StatLine {cells.table.id}, {cells.table.title}, versie {cells.version}"
    yield f"{cells.rows} cellen: {len(cells)} voor {len(cells.indicators)} cijfers, waarvan {numbers} met een getal."
    filled = {cells.indicators[n] for n in unique(cells.columns["indicator"])}
    if missed := [name for name in cells.indicators if name not in filled]:
        yield (
            f"Geen enkele cel voor {', '.join(missed)}: staat de titel van het totaal of de klasse in "
            "data/catalogue/statline.yaml zoals het CBS die nu schrijft?"
        )
    for why, count in cells.left_out.items():
        if count:
            yield f"{count} {why}: landsdelen, provincies, en klassen die data/catalogue/statline.yaml overslaat."


def _compare(known: Known, path: Path | None, cells: Cells) -> Iterator[str]:
    """How many numbers are new, changed and gone since the version before; each final one that changed is named."""
    if path is None:
        return
    try:
        before = _list_printed(known.read(read_bulk(path)))
    except DataError:
        yield "De vorige versie is niet meer te lezen met de huidige lijsten, en is niet vergeleken."
        return
    now = _list_printed(cells)
    changed = [key for key, cell in now.items() if key in before and before[key].value != cell.value]
    new, gone = len(now.keys() - before.keys()), len(before.keys() - now.keys())
    same = len(now) - new - len(changed)
    yield f"Naast de vorige versie: {new} nieuw, {same} gelijk, {len(changed)} gewijzigd, {gone} weg."
    final = [key for key in changed if not before[key].is_provisional]
    labels = {place.id: place.label for place in known.places.values()}
    classes = {each.id: each.label for members in known.catalogue.categories.values() for each in members}
    for key in final[:MOST_TOLD]:
        names = (key.measure, labels[key.place], Period.parse(key.period).label, classes.get(key.category))
        told = ", ".join(filter(None, names))
        yield f"Let op, definitief en toch gewijzigd: {told}: {_say(before[key])} werd {_say(now[key])}."
    if len(final) > MOST_TOLD:
        yield f"En nog {len(final) - MOST_TOLD} definitieve cijfers die zijn gewijzigd."


def _list_printed(cells: Cells) -> dict[_Printed, Cell]:
    """The cells as StatLine has them: a total once, however many indicators it is the total of."""
    return {_Printed(cells.heading[c.indicator], c.place, c.period, c.category): c for c in cells}


def _say(cell: Cell) -> str:
    return f"{cell.value:.0f}" if cell.value is not None else cell.reason
