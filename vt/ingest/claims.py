"""data/claims/*.yaml -> what each report says of its own numbers, in a file named as the report's."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from vt.errors import did_you_mean, quote_value
from vt.ingest.formulas import FormulaReader
from vt.ingest.layouts import LayoutReader
from vt.ingest.reader import gather_faults, is_finite, list_files
from vt.model.catalogue import Catalogue
from vt.model.claims import Claim, ClaimKind, Claims, Counted, Layout, Misfit, Ranked, Same, Stated
from vt.model.formula import Formula, FormulaError
from vt.model.geweld import GEWELD_PARTS
from vt.model.report import DIMENSIONS, Key, Report

_KINDS = {("formula" if kind == ClaimKind.NUMBER else kind.value): kind for kind in ClaimKind}
_CLAIM_OPTIONS = (*_KINDS, "printed", "of", "by", "rank", "also", "explanation")
_CLAIM, _MISFIT = "een bewering", "een difference"


def load_claims(folder: Path, reports: Sequence[Report], catalogue: Catalogue) -> dict[str, Claims]:
    """The claims of each report that has a file of them or a layout; raises DataError with the faults of all files."""
    by_id = {report.id: report for report in reports}
    layouts: dict[str, Layout] = {}
    with gather_faults() as open_file:
        for path in sorted((folder.parent / "layouts").glob("*.yaml")):
            printed_so = [report for report in reports if report.layout == path.stem]
            layouts[path.stem] = LayoutReader(open_file(path), printed_so, catalogue).read()
        claims = {report.id: Claims(layout=layouts[report.layout]) for report in reports if report.layout in layouts}
        for path in list_files(folder, open_file):
            reader = open_file(path)
            if path.stem not in by_id:
                found = f"claims/{path.name} gaat over een rapport dat er niet is"
                meant = f"verwijder het, of zet reports/{path.name} terug"
                reader.fault(found, "; ".join(filter(None, (meant, did_you_mean(path.stem, by_id)))))
            else:
                layout = claims.get(path.stem, Claims()).layout
                claims[path.stem] = _ClaimsReader(reader, [by_id[path.stem]], catalogue).read(layout)
    return claims


class _ClaimsReader(FormulaReader):
    """Reads the claims of one report."""

    def read(self, layout: Layout) -> Claims:
        top = self.reader.read_mapping(self.reader.content, "het bestand", (), ("claims", "differences"))
        claims = [
            self._read_claim(chapter, n, item)
            for chapter, sentences in self.reader.read_members(top.get("claims", {}), "claims")
            for n, sentence in enumerate(self.reader.read_each(sentences, f"claims van {chapter}"), 1)
            for item in (self.reader.read_each(sentence, "een zin") if isinstance(sentence, list) else [sentence])
        ]
        misfits = [
            self._read_misfit(item, layout) for item in self.reader.read_each(top.get("differences", []), "differences")
        ]
        return Claims(tuple(claims), layout, tuple(misfits))

    def _read_claim(self, chapter: str, sentence: int, item: object) -> Claim:
        keys = self.reader.read_mapping(item, _CLAIM, ("about",), _CLAIM_OPTIONS, chapter)
        texts = self.reader.read_texts(keys, ("about", "explanation"), _CLAIM, chapter)
        printed, unit = self._read_printed(keys["printed"], chapter) if "printed" in keys else (None, "aantal")
        kind = self._read_kind(keys, chapter)
        test = self._read_test(kind, keys, chapter)
        if (kind is ClaimKind.NUMBER) > (printed is not None):
            self.reader.fault("in een bewering ontbreekt de sleutel “printed”", "bedoeld: printed: …", chapter)
        reason = self.reader.read_texts(keys, ("untestable",), _CLAIM, chapter).get("untestable")
        about, explanation = texts.get("about", ""), texts.get("explanation")
        return Claim(chapter, sentence, about, kind, test, printed, unit, reason, explanation)

    def _read_kind(self, keys: Mapping[str, Any], chapter: str) -> ClaimKind:
        named = [kind for name, kind in _KINDS.items() if name in keys]
        if len(named) != 1:
            found = f"{quote_value(keys.get('about'))} is van {len(named) or 'geen'} soort{'en' * bool(named)}"
            self.reader.fault(found, f"bedoeld: één van {', '.join(_KINDS)}", chapter)
        return named[0] if named else ClaimKind.UNTESTABLE

    def _read_test(
        self, kind: ClaimKind, keys: Mapping[str, Any], chapter: str
    ) -> Stated | Counted | Ranked | Same | None:
        match kind:
            case ClaimKind.NUMBER:
                return Stated(self.read_formula(keys["formula"], chapter))
            case ClaimKind.HOLDS | ClaimKind.ALL | ClaimKind.ALMOST_ALL | ClaimKind.MOST:
                condition = self.read_condition(keys[kind.value], chapter)
                is_whole = kind is ClaimKind.HOLDS
                return Counted(condition, (Key(),) if is_whole else self._read_rows(keys, condition.left, chapter))
            case ClaimKind.RANKED:
                return self._read_ranked(keys, chapter)
            case ClaimKind.EQUAL:
                sides = self.reader.read_items(keys["equal"], "equal", chapter)
                if len(sides) == 2:
                    return Same(*(self.read_formula(side, chapter) for side in sides))
                self.reader.fault(f"equal heeft {len(sides)} kanten", "bedoeld: [het ene getal, het andere]", chapter)
        return None

    def _read_ranked(self, keys: Mapping[str, Any], chapter: str) -> Ranked:
        by = self.read_formula(keys.get("by", ""), chapter)
        known = self._list_rows(by)
        names = self.reader.read_items(keys["ranked"], "ranked", chapter)
        rows = tuple(key for key in (self._find_row(name, known, chapter) for name in names) if key)
        also = {
            label: self.read_formula(text, chapter)
            for label, text in self.reader.read_members(keys.get("also", {}), "also")
        }
        place = keys.get("rank", 1)
        if not isinstance(place, int) or place < 1:
            self.reader.fault(f"rank is {quote_value(place)}", "bedoeld: een plaats: 1, 2, …", chapter)
        return Ranked(rows, self._read_rows(keys, by, chapter), by, place, also)

    def _read_rows(self, keys: Mapping[str, Any], formula: Formula, chapter: str) -> tuple[Key, ...]:
        """The rows in `of`: the gemeenten or classes that the report has of what the formula counts, or those named."""
        known, places = self._list_rows(formula), self.catalogue.places
        rows: tuple[Key, ...] = ()
        match keys.get("of"):
            case "gemeenten":
                rows = tuple(key for key in known.values() if key.place and places[key.place].kind == "gemeente")
            case "classes":
                rows = tuple(key for key in known.values() if key.category)
            case list() as names:
                return tuple(key for key in (self._find_row(name, known, chapter) for name in names) if key)
        if known and not rows:
            meant = "bedoeld: gemeenten, classes of een lijst, van wat hier geteld is"
            self.reader.fault(f"of is {quote_value(keys.get('of'))}", meant, chapter)
        return rows

    def _list_rows(self, *formulas: Formula) -> dict[str, Key]:
        """By name: the places and classes of what formulas count, and every period and geweld."""
        try:
            counted = {term.indicator for formula in formulas for term in formula.terms}
        except FormulaError:
            return {}
        keys = [cell.key for table in self.tables if table.indicator in counted for cell in table.cells]
        return {
            **{key.place: Key(place=key.place) for key in keys if key.place},
            **{period: Key(period=period) for period in self._list_periods()},
            **{kind: Key(geweld=kind) for kind in GEWELD_PARTS},
            **{key.category.split("/")[1]: Key(category=key.category) for key in keys if key.category},
        }

    def _list_periods(self) -> list[str]:
        return sorted({cell.key.period for table in self.tables for cell in table.cells if cell.key.period})

    def _find_row(self, name: object, known: Mapping[str, Key], chapter: str) -> Key | None:
        if str(name) not in known:
            self.reader.fault(f"onbekende rij {quote_value(name)}", did_you_mean(name, known), chapter)
        return known.get(str(name))

    def _read_printed(self, value: object, chapter: str) -> tuple[float | None, str]:
        """A printed number and its unit: 12 or 12%."""
        unit = "procent" if isinstance(value, str) and value.endswith("%") else "aantal"
        try:
            number = float(value[:-1]) if isinstance(value, str) and unit == "procent" else value
        except ValueError:
            number = value
        if not is_finite(number):
            self.reader.fault(f"{quote_value(value)} is geen getal", "bedoeld: een getal, of 12%", chapter)
            return 0, unit
        return float(number), unit

    def _read_misfit(self, item: object, layout: Layout) -> Misfit:
        keys = self.reader.read_mapping(item, _MISFIT, ("relation", "explanation"), DIMENSIONS)
        texts = self.reader.read_texts(keys, ("relation", "explanation"), _MISFIT)
        about = texts.get("relation", "")
        sides = {each.about: (each.left, each.right) for each in layout.relations}
        self.reader.require_known(about, [*sides, *(fit.about for fit in layout.fits)], f"relation van {_MISFIT}")
        rows, where = self._list_rows(*sides.get(about, ())).items(), {}
        for dimension in (name for name in DIMENSIONS if name in keys):
            known = {name: getattr(key, dimension) for name, key in rows if getattr(key, dimension)}
            self.reader.require_known(str(keys[dimension]), known, f"{dimension} van {_MISFIT}")
            where[dimension] = known.get(str(keys[dimension]))
        return Misfit(about, Key(**where), texts.get("explanation", ""))
