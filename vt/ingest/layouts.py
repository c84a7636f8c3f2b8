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
        keys = self.reader.read_mapping(item, _RELATION, ("about", "left", "right", "expect"), ("each",))
        texts = self.reader.read_texts(keys, ("about", "expect"), _RELATION)
        about = texts.get("about", "")
        self.reader.require_known(texts.get("expect"), (EQUAL, AT_MOST, ACCOUNTS_FOR), f"expect van “{about}”")
        each = tuple(map(str, self.reader.read_items(keys.get("each", []), f"each van “{about}”")))
        for dimension in each:
            self.reader.require_known(dimension, DIMENSIONS, f"each van “{about}”")
        left, right = (self.read_formula(keys.get(side, "0")) for side in ("left", "right"))
        return Relation(about, left, right, texts.get("expect", EQUAL), each)

    def _read_fit(self, item: object) -> Fit:
        keys = self.reader.read_mapping(item, _FIT, ("about", "annex", "chapter"), ("classes",))
        texts = self.reader.read_texts(keys, ("about", "annex", "chapter"), _FIT)
        numbers = {table.number for table in self.tables}
        for name in ("annex", "chapter"):
            self.reader.require_known(texts.get(name), numbers, f"{name} van “{texts.get('about')}”")
        classes = {
            name: tuple(map(str, self.reader.read_items(members, f"classes van {name}")))
            for name, members in self.reader.read_members(keys.get("classes", {}), "classes")
        }
        annex, chapter = texts.get("annex", ""), texts.get("chapter", "")
        self.refuse_unknown_classes(self._find_indicator(chapter), classes)
        self.refuse_unknown_classes(self._find_indicator(annex), (n for names in classes.values() for n in names))
        return Fit(texts.get("about", ""), annex, chapter, classes or None)

    def _find_indicator(self, number: str) -> str:
        return next((table.indicator for table in self.tables if table.number == number), "")
