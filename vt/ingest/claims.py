"""data/claims/*.yaml -> what each report says of its own numbers; files are named as the report's."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from vt.errors import DataError, did_you_mean, quote_value
from vt.ingest.reader import Reader, is_finite
from vt.model.catalogue import Catalogue
from vt.model.claims import Claim, Claims, Fit, Relation
from vt.model.formula import Formula, Term
from vt.model.geweld import GEWELD
from vt.model.period import Period
from vt.model.report import Report


def load_claims(folder: Path, reports: Sequence[Report], catalogue: Catalogue) -> dict[str, Claims]:
    """The claims of each report that has a file of them; raises DataError with the faults of all files."""
    claims, faults = {}, []
    by_id = {report.id: report for report in reports}
    for path in sorted(folder.glob("*.yaml")):
        reader = Reader(path)
        if path.stem not in by_id:
            reader.fault("er is geen rapport met deze naam", did_you_mean(path.stem, by_id))
        else:
            claims[path.stem] = _Claims(reader, by_id[path.stem], catalogue).read()
        faults += reader.faults
    if faults:
        raise DataError(faults)
    return claims


class _Claims:
    """Reads the claims of one report."""

    def __init__(self, reader: Reader, report: Report, catalogue: Catalogue) -> None:
        self.reader, self.report, self.catalogue = reader, report, catalogue

    def read(self) -> Claims:
        sections = ("claims", "relations", "fits")
        top = self.reader.read_mapping(self.reader.content, "het bestand", (), sections)
        lists = {name: self.reader.read_each(top.get(name, []), name) for name in sections}
        return Claims(
            tuple(self._read_claim(item) for item in lists["claims"]),
            tuple(self._read_relation(item) for item in lists["relations"]),
            tuple(self._read_fit(item) for item in lists["fits"]),
        )

    def _read_claim(self, item: object) -> Claim:
        required, optional = ("chapter", "about", "printed", "unit"), ("formula", "reason", "explanation")
        keys = self.reader.read_mapping(item, "een bewering", required, optional)
        chapter = str(keys.get("chapter", ""))
        texts = self.reader.read_texts(keys, keys.keys() - {"printed"}, "een bewering", chapter)
        self.reader.require_known(texts.get("unit"), ("aantal", "procent"), f"unit van “{texts.get('about')}”")
        formula = self._read_formula(texts["formula"], chapter) if texts.get("formula") else None
        if "formula" not in texts and "reason" not in texts:
            about = quote_value(texts.get("about"))
            self.reader.fault(
                f"{about} heeft geen formule", "bedoeld: formula, of reason waarom die er niet is", chapter
            )
        printed = self._read_number(keys.get("printed", 0), chapter)
        return Claim(
            chapter,
            texts.get("about", ""),
            printed,
            texts.get("unit", "aantal"),
            formula,
            texts.get("reason"),
            texts.get("explanation"),
        )

    def _read_relation(self, item: object) -> Relation:
        required, optional = ("about", "left", "right", "expect"), ("each", "explanation")
        keys = self.reader.read_mapping(item, "een verband", required, optional)
        texts = self.reader.read_texts(keys, keys.keys(), "een verband")
        self.reader.require_known(texts.get("expect"), ("equal", "at most"), f"expect van “{texts.get('about')}”")
        self.reader.require_known(texts.get("each"), ("place",), f"each van “{texts.get('about')}”")
        left, right = (self._read_formula(texts.get(side) or "0", "") for side in ("left", "right"))
        return Relation(
            texts.get("about", ""),
            left,
            right,
            texts.get("expect") == "at most",
            "each" in texts,
            texts.get("explanation"),
        )

    def _read_fit(self, item: object) -> Fit:
        required, optional = ("about", "annex", "chapter", "classes", "candidates"), ("fits",)
        keys = self.reader.read_mapping(item, "een bijlage", required, optional)
        texts = self.reader.read_texts(keys, ("about", "annex", "chapter"), "een bijlage")
        for name in ("annex", "chapter"):
            self.reader.require_known(
                texts.get(name), self.catalogue.indicators, f"{name} van {quote_value(texts.get('about'))}"
            )
        annex, chapter = texts.get("annex", ""), texts.get("chapter", "")
        classes = {
            name: tuple(map(str, self.reader.read_items(members, f"classes van {name}")))
            for name, members in self.reader.read_members(keys.get("classes", {}), "classes")
        }
        self._refuse_unknown_classes(chapter, classes)
        self._refuse_unknown_classes(annex, (name for members in classes.values() for name in members))
        candidates = [
            tuple(self._read_periods(years))
            for years in self.reader.read_each(keys.get("candidates", []), "candidates")
        ]
        fits = tuple(self._read_periods(keys["fits"])) if "fits" in keys else None
        return Fit(texts.get("about", ""), annex, chapter, classes, tuple(candidates), fits)

    def _refuse_unknown_classes(self, indicator: str, names: Iterable[str], table: str = "") -> None:
        """A fault for each name that is no class of the indicator."""
        if (counted := self.catalogue.indicators.get(indicator)) is None:
            return
        known = [category.name for category in self.catalogue.categories.get(counted.classification or "", ())]
        for name in names:
            if name not in known:
                self.reader.fault(
                    f"onbekende klasse {quote_value(name)} van {indicator}", did_you_mean(name, known), table
                )

    def _read_periods(self, values: object) -> Iterator[str]:
        for value in self.reader.read_items(values, "de perioden"):
            try:
                yield Period.parse(value).id
            except ValueError as error:
                found, _, meant = str(error).partition("; ")
                self.reader.fault(found, meant)

    def _read_formula(self, text: str, table: str) -> Formula:
        formula = Formula(" ".join(text.split()))
        faults = formula.faults(self.catalogue.indicators)
        for found, meant in faults:
            self.reader.fault(found, meant, table)
        for term in () if faults else formula.terms:
            self._refuse_unknown_members(term, table)
        return formula

    def _refuse_unknown_members(self, term: Term, table: str) -> None:
        """Faults for a class, geweld, place or table in a formula that does not exist."""
        if term.category is not None:
            self._refuse_unknown_classes(term.indicator, [term.category], table)
        tables = {other.number for other in self.report.tables if other.indicator == term.indicator}
        for name, id_, known in (
            ("geweld", term.geweld, GEWELD),
            ("place", term.place, self.catalogue.places),
            ("table", term.table, tables),
        ):
            if id_ is not None and id_ not in known:
                self.reader.fault(f"{name} van {term.indicator} is {quote_value(id_)}", did_you_mean(id_, known), table)

    def _read_number(self, value: object, table: str) -> float:
        if not is_finite(value):
            self.reader.fault(f"{quote_value(value)} is geen getal", "bedoeld: een getal", table)
            return 0
        return float(value)
