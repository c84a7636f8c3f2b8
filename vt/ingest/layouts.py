"""data/layouts/*.yaml -> what should fit between the tables of every report of a layout, and how they are printed."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from vt.ingest.formulas import FormulaReader
from vt.ingest.reader import Reader, gather_faults, list_files
from vt.model.catalogue import Catalogue
from vt.model.claims import Fit, Layout, Relation
from vt.model.layouts import PrintedLayout, PrintedTable
from vt.model.report import DIMENSIONS
from vt.model.verdicts import ACCOUNTS_FOR, AT_MOST, EQUAL

_RELATION, _FIT, _TABLE = "een verband", "een bijlage", "een tabel van de indeling"
_LISTS = ("relations", "fits", "tables", "labels", "left_out")

LayoutLabels = Mapping[str, Mapping[str, Mapping[str, str]]]  # by layout, by classification or “place”: printed, meant


def load_layouts(folder: Path, catalogue: Catalogue) -> dict[str, PrintedLayout]:
    """How the tables of each layout are printed; raises DataError with the faults of all files."""
    with gather_faults() as open_file:
        return {
            path.stem: _read_printed(open_file(path), path.stem, catalogue) for path in list_files(folder, open_file)
        }


def read_layout_labels(folder: Path, open_file: Callable[[Path], Reader]) -> LayoutLabels:
    """What a person decided of labels, for each layout that there is."""
    readers = {path.stem: open_file(path) for path in list_files(folder, open_file)}
    contents = {id_: reader.content if isinstance(reader.content, dict) else {} for id_, reader in readers.items()}
    return {id_: _read_labels(readers[id_], content.get("labels", {})) for id_, content in contents.items()}


def _read_labels(reader: Reader, value: object) -> dict[str, dict[str, str]]:
    """Labels that a person decided, by classification or “place”: how it is printed, and which known one is meant."""
    return {
        about: {printed: str(meant) for printed, meant in reader.read_members(labels, f"labels van {about}")}
        for about, labels in reader.read_members(value, "labels")
    }


def _read_printed(reader: Reader, id_: str, catalogue: Catalogue) -> PrintedLayout:
    top = reader.read_mapping(reader.content, "het bestand", (), _LISTS)
    tables = tuple(_read_tables(reader, top.get("tables", []), catalogue))
    fits = [item for item in reader.read_items(top.get("fits", []), "fits") if isinstance(item, dict)]
    annexes = {str(item.get("annex")): str(item.get("chapter")) for item in fits}
    left_out = tuple(map(str, reader.read_items(top.get("left_out", []), "left_out")))
    return PrintedLayout(id_, tables, _read_labels(reader, top.get("labels", {})), annexes, left_out)


def _read_tables(reader: Reader, value: object, catalogue: Catalogue) -> Iterator[PrintedTable]:
    for item in reader.read_each(value, "tables"):
        said = reader.read_fields(PrintedTable, item, _TABLE)
        reader.require_known(said["indicator"], catalogue.indicators, f"indicator van {_TABLE}")
        reader.require_known(said["rows"], DIMENSIONS, f"rows van {_TABLE}")
        lists = {name: reader.read_list(said, name, _TABLE) for name in ("columns", "printed")}
        parts = reader.read_members(said.get("parts", {}), "parts")
        named = {row: tuple(map(str, reader.read_items(headings, "parts"))) for row, headings in parts}
        yield PrintedTable(**said | lists | {"parts": named})


class LayoutReader(FormulaReader):
    """Reads one layout, of these reports."""

    def read(self) -> Layout:
        top = self.reader.read_mapping(self.reader.content, "het bestand", (), _LISTS)
        if not self.tables and ("relations" in top or "fits" in top):
            self.reader.fault("er is geen rapport met deze indeling", "bedoeld: layout in data/reports")
        relations, fits = (self.reader.read_each(top.get(name, []), name) for name in ("relations", "fits"))
        layout = Layout(tuple(map(self._read_relation, relations)), tuple(map(self._read_fit, fits)))
        names = [*(relation.about for relation in layout.relations), *(fit.about for fit in layout.fits)]
        with self.reader.move_to(self.reader.content, "relations"):
            self.reader.require_unique(names, "about")
        return layout

    def _read_relation(self, item: object) -> Relation:
        said = self.reader.read_fields(Relation, item, _RELATION)
        about = said["about"]
        self.reader.require_known(said["expect"], (EQUAL, AT_MOST, ACCOUNTS_FOR), f"expect van “{about}”")
        each = tuple(map(str, self.reader.read_items(said.get("each", []), f"each van “{about}”")))
        for dimension in each:
            self.reader.require_known(dimension, DIMENSIONS, f"each van “{about}”")
        left, right = (self.read_formula(said.get(side, "0")) for side in ("left", "right"))
        return Relation(about, left, right, said["expect"], each)

    def _read_fit(self, item: object) -> Fit:
        said = self.reader.read_fields(Fit, item, _FIT)
        numbers = {table.number for table in self.tables}
        for name in ("annex", "chapter"):
            self.reader.require_known(said[name], numbers, f"{name} van “{said['about']}”")
        classes = {
            name: tuple(map(str, self.reader.read_items(members, f"classes van {name}")))
            for name, members in self.reader.read_members(said.get("classes", {}), "classes")
        }
        self.refuse_unknown_classes(self._find_indicator(said["chapter"]), classes)
        inside = (name for names in classes.values() for name in names)
        self.refuse_unknown_classes(self._find_indicator(said["annex"]), inside)
        return Fit(**said | {"classes": classes or None})

    def _find_indicator(self, number: str) -> str:
        return next((table.indicator for table in self.tables if table.number == number), "")
