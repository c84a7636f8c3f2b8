"""data/layouts/*.yaml -> what should fit between the tables of every report of a layout."""

from vt.ingest.formulas import FormulaReader
from vt.model.claims import Fit, Layout, Relation
from vt.model.report import DIMENSIONS
from vt.model.verdicts import ACCOUNTS_FOR, AT_MOST, EQUAL

_RELATION, _FIT = "een verband", "een bijlage"


class LayoutReader(FormulaReader):
    """Reads one layout, of these reports."""

    def read(self) -> Layout:
        if not self.tables:
            self.reader.fault("er is geen rapport met deze indeling", "bedoeld: layout in data/reports")
        top = self.reader.read_mapping(self.reader.content, "het bestand", (), ("relations", "fits"))
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
