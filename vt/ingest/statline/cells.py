"""A delivery held against what is known of its table: cells of indicators, or a sentence on each thing wrong."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vt.errors import DataError, Fault, did_you_mean, quote_value, refuse
from vt.ingest.statline.delivery import ATTRIBUTE, MEASURE, PERIOD, REGION, STRING, VALUE, Delivery
from vt.ingest.statline.keys import normalise, parse_code, parse_label, strip_suffix
from vt.ingest.statline.mapping import MeasureMap, Split, StatLine, TableMap
from vt.model.catalogue import Catalogue, Place
from vt.model.period import Period

NOT_THERE = "bestond niet"
MOST_TOLD = 5  # of one kind of fault
_MAPPING = "data/catalogue/statline.yaml"
_SECRET = "Confidential"
_CLASSES = "als printed bij een klasse in data/catalogue/categories.yaml"
_WHOLE = re.compile(r"\d{1,9}(?:[.,]00?)?")
Numbers = NDArray[np.int64]


class Cell(NamedTuple):
    """One number of CBS, or why there is none; category is "" where it is not split."""

    indicator: str
    place: str
    period: str
    category: str
    value: float | None
    reason: str
    is_provisional: bool


@dataclass(frozen=True)
class Cells:
    """The cells of a table by number: each column holds positions in the list of its name, `category` 0 for none.

    `heading` says by indicator as what measure StatLine has it; `rows` is how many cells came, `left_out` how many of
    those were not taken, and why.
    """

    table: TableMap
    version: str
    rows: int
    indicators: Sequence[str]
    places: Sequence[str]
    periods: Sequence[str]
    categories: Sequence[str]
    reasons: Sequence[str]
    provisional: Sequence[bool]
    columns: Mapping[str, Numbers]
    values: NDArray[np.float64]
    heading: Mapping[str, str]
    left_out: Mapping[str, int]

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[Cell]:
        """The cells in order of indicator, place, period and category."""
        names = ("indicator", "place", "period", "category", "reason")
        order = self._sort()
        taken = [self.columns[name][order].tolist() for name in names]
        numbers = self.values[order].tolist()
        for indicator, place, period, category, reason, value in zip(*taken, numbers, strict=True):
            yield Cell(
                self.indicators[indicator],
                self.places[place],
                self.periods[period],
                self.categories[category],
                None if isnan(value) else value,
                self.reasons[reason],
                self.provisional[period],
            )

    def _sort(self) -> Numbers:
        ranked = []
        for name, listed in (("category", self.categories), ("period", self.periods), ("place", self.places)):
            ranked.append(_rank(listed)[self.columns[name]])
        return np.lexsort((*ranked, _rank(self.indicators)[self.columns["indicator"]]))


def _rank(names: Sequence[str]) -> Numbers:
    return np.argsort(np.argsort(np.array(names))) if names else np.zeros(0, dtype=np.int64)


def read_cells(
    delivery: Delivery, statline: StatLine, catalogue: Catalogue, places: Mapping[str, Place], rows_before: int = 0
) -> Cells:
    """The cells of a delivery; `places` are those that may have numbers, by code, `rows_before` how many the version
    before it had. DataError with a sentence for each thing that is wrong: then nothing is taken."""
    table = _find_table(delivery, statline)
    reading = _Reading(delivery, table, statline, catalogue, places)
    reading.read()
    reading.check_rows(rows_before)
    if reading.faults:
        raise DataError(reading.faults)
    return reading.take()


def _find_table(delivery: Delivery, statline: StatLine) -> TableMap:
    """The table that it is, by its id and what it is divided by."""
    table = statline.tables.get(delivery.table)
    own = set(delivery.dimensions)
    if table is None:
        named = f"tabel {delivery.table}" if delivery.table else "een tabel zonder nummer"
        refuse(delivery.file, f"dit is {named}", f"bekend: {', '.join(statline.tables)}")
    if own != set(table.dimensions):
        refuse(delivery.file, *_describe_other(table, own, statline))
    return table


def _describe_other(table: TableMap, own: set[str], statline: StatLine) -> tuple[str, str]:
    """What a file holds that has not the columns of its table, and which table has."""
    like = [each.id for each in statline.tables.values() if set(each.dimensions) == own and own]
    found = f"dit is een andere tabel dan {table.id}: verdeeld naar {', '.join(sorted(own)) or 'niets'}"
    if like:
        return found, f"die kolommen heeft {' of '.join(like)}"
    meant = f"bedoeld: {', '.join(table.dimensions) or 'geen eigen kolommen'}"
    return found, f"{meant}; is de tabel veranderd, pas dan in {_MAPPING} de dimensions van {table.id} aan"


class _Reading:
    """The rows of a delivery as positions in its lists, and what is wrong with them."""

    def __init__(
        self,
        delivery: Delivery,
        table: TableMap,
        statline: StatLine,
        catalogue: Catalogue,
        places: Mapping[str, Place],
    ) -> None:
        self.delivery, self.table, self.statline = delivery, table, statline
        self.catalogue, self.places = catalogue, places
        self.faults: list[Fault] = []
        self.lists: dict[str, list[str]] = {
            MEASURE: list(delivery.measures),
            **{name: list(titles) for name, titles in delivery.dimensions.items()},
            REGION: list(delivery.regions),
            PERIOD: list(delivery.periods),
        }
        self.reasons = ["", NOT_THERE, *dict.fromkeys(statline.reasons.values())]
        self.columns: dict[str, Numbers] = {}
        self.values: NDArray[np.float64] = np.zeros(0)
        self.why: Numbers = np.zeros(0, dtype=np.int64)
        self.left_out: Counter[str] = Counter()
        self.unknown: dict[str, set[str]] = defaultdict(set)
        self.no_numbers: set[str] = set()
        self.doubled: dict[str, float] = {}
        self.unexplained: Counter[str] = Counter()

    def fault(self, found: str, meant: str = "") -> None:
        self.faults.append(Fault(self.delivery.file, table=self.table.id, found=found, meant=meant))

    def _fault_rows(self) -> None:
        """One sentence for each thing that is wrong with rows, however many have it."""
        for name, codes in self.unknown.items():
            stands = "staat de code" if len(codes) == 1 else "staan de codes"
            self.fault(f"in de kolom {name} {stands} {_list_some(codes)}", f"bedoeld: een code uit {name}Codes")
        if self.no_numbers:
            self.fault(
                f"als cijfer staat er {_list_some(self.no_numbers)}", "bedoeld: een getal, of leeg met een reden"
            )
        for reason, value in self.doubled.items():
            self.fault(f"het cijfer {value:g} heeft ook een reden: {quote_value(reason)}", "bedoeld: een van beide")
        for said, count in self.unexplained.items():
            found = f"de reden {quote_value(said)}" if said else "geen reden"
            known = f"bekend: {', '.join(self.statline.reasons)}"
            self.fault(f"bij {count} lege cijfers staat {found}", _say_new(known, f"in {_MAPPING} bij reasons"))

    def read(self) -> None:
        """All rows, and what is wrong with any of them."""
        frames = [self._read_frame(frame) for frame in self.delivery.rows()]
        if not frames:
            return self.fault("er staan geen cijfers in", "bedoeld: een tabel met cijfers")
        columns, values, why = zip(*frames, strict=True)
        self.columns = {name: np.concatenate([each[name] for each in columns]) for name in self.lists}
        self.values, self.why = np.concatenate(values), np.concatenate(why)
        self._fault_rows()
        if not self.faults:
            self._check_duplicates()
            self._check_periods()
            self._check_places()
            self._check_names()
        return None

    def _read_frame(self, frame: pd.DataFrame) -> tuple[dict[str, Numbers], NDArray[np.float64], Numbers]:
        columns = {name: self._find_codes(name, frame[name]) for name in self.lists}
        values = self._read_values(frame[VALUE], self._find_counts()[columns[MEASURE]])
        return columns, values, self._read_reasons(frame, values)

    def _find_codes(self, name: str, column: pd.Series) -> Numbers:
        kinds = column.astype("category").cat
        codes = [str(code).strip() for code in kinds.categories]
        known = {code: n for n, code in enumerate(self.lists[name])}
        if unknown := set(codes) - known.keys():
            self.unknown[name] |= unknown
        positions = np.array([known.get(code, 0) for code in codes], dtype=np.int64)
        return positions[kinds.codes.to_numpy()] if len(codes) else np.zeros(len(column), dtype=np.int64)

    def _find_counts(self) -> NDArray[np.bool_]:
        """Of each measure whether it counts."""
        return np.array(
            [normalise(measure.unit) == "aantal" for measure in self.delivery.measures.values()], dtype=bool
        )

    def _read_values(self, column: pd.Series, counts: NDArray[np.bool_]) -> NDArray[np.float64]:
        """The numbers; of counts only what is whole for certain: 1.000 may be a thousand, or one."""
        texts = column.astype(str).str.strip()
        numbers = pd.to_numeric(texts.str.replace(",", ".", regex=False), errors="coerce")
        strange = [text for text in texts.unique() if not _WHOLE.fullmatch(text)]
        wrong = (texts != "") & (numbers.isna() | (texts.isin(strange) & counts))
        self.no_numbers |= set(texts[wrong])
        found: NDArray[np.float64] = numbers.mask(wrong, 0).to_numpy(dtype=np.float64)
        return found

    def _read_reasons(self, frame: pd.DataFrame, values: NDArray[np.float64]) -> Numbers:
        """Why there is no number, by position in `reasons`; 0 where there is one."""
        attribute = frame[ATTRIBUTE].astype("category").cat
        why = np.zeros(len(frame), dtype=np.int64)
        is_empty = np.isnan(values)
        signs = frame[STRING].astype(str).str.strip().to_numpy()
        for n, name in enumerate(map(str.strip, attribute.categories)):
            mine = attribute.codes.to_numpy() == n
            for said in {name} - {"", "None"} | set(signs[mine & ~is_empty]) - {""}:
                both = mine & ~is_empty & ((signs == said) | (name == said))
                self.doubled |= {said: float(values[both][0])} if both.any() else {}
            for sign in set(signs[mine & is_empty]):
                where = mine & is_empty & (signs == sign)
                why[where] = self._find_reason(sign if name in ("", "None") else name, int(where.sum()))
        return why

    def _find_reason(self, said: str, count: int) -> int:
        if reason := self.statline.reasons.get(said):
            return self.reasons.index(reason)
        self.unexplained[said] += count
        return 0

    def check_rows(self, before: int) -> None:
        """A table that lost or gained over a fifth of its cells is not the same table, or not all of it."""
        rows = len(self.values)
        if before and self.delivery.is_whole and abs(rows - before) > before / 5:
            found = f"{rows} cellen, de vorige versie had er {before}: meer dan 20 % verschil"
            self.fault(found, "klopt het, geef dan de reden met --despite-rows")

    def _check_duplicates(self) -> None:
        keys = np.zeros(len(self.values), dtype=np.int64)
        for name, listed in self.lists.items():
            keys = keys * max(len(listed), 1) + self.columns[name]
        ordered = np.sort(keys)
        if (twice := ordered[1:][ordered[1:] == ordered[:-1]]).size:
            at = int(np.argmax(keys == twice[0]))
            named = ", ".join(self._name(name, listed[self.columns[name][at]]) for name, listed in self.lists.items())
            many = "1 cel staat" if twice.size == 1 else f"{twice.size} cellen staan"
            self.fault(f"{many} er dubbel in; de eerste is {named}", "bedoeld: elke cel een keer")

    def _name(self, column: str, code: str) -> str:
        """What a code stands for."""
        delivery = self.delivery
        if column == MEASURE:
            return delivery.measures[code].label
        titles = {**delivery.dimensions, REGION: delivery.regions}
        return titles[column][code].strip() if column in titles else delivery.periods[code].title

    def _check_periods(self) -> None:
        """Each used period is one of whole months, with a status that is known."""
        unknown: dict[str, list[str]] = defaultdict(list)
        for n in np.unique(self.columns[PERIOD]):
            code = self.lists[PERIOD][n]
            title, status = self.delivery.periods[code]
            told = self.find_status(title, status)
            if parse_code(code) is None:
                meant = "bedoeld: 2021JJ00, 2021HJ01, 2021KW01 of 2021MM01"
                self.fault(f"de periode {quote_value(code)} is onbekend", meant)
            elif (labelled := parse_label(title)) and labelled.period != parse_code(code):
                self.fault(
                    f"de periode {code} heet {quote_value(title)}",
                    "een van beide is verkeerd: haal de tabel opnieuw op",
                )
            elif normalise(told) not in self.statline.statuses:
                unknown[told].append(title)
        for status, (title, *others) in unknown.items():
            more = f" (en van nog {len(others)})" if others else ""
            found = f"van de periode {title}{more} is de status {quote_value(status)}"
            meant = f"bedoeld: {', '.join(self.statline.statuses)}"
            self.fault(found, _say_new(meant, f"in {_MAPPING} bij statuses") if status else meant)

    @staticmethod
    def find_status(title: str, status: str) -> str:
        """The status of a period: as told, or by the stars behind its label."""
        labelled = parse_label(title)
        return status or (labelled.stars if labelled else "")

    def _check_places(self) -> None:
        """Each region with a number or a secret is one that is known, or of a kind that is not taken."""
        told = ~np.isnan(self.values) | (self.why == self.reasons.index(self.statline.reasons.get(_SECRET, "")))
        with_number = np.bincount(self.columns[REGION], told, len(self.lists[REGION]))
        for code, count in zip(self.lists[REGION], with_number, strict=True):
            if count and code[:2] in ("NL", "VT", "GM") and code not in self.places:
                label = self.delivery.regions[code]
                self.fault(f"{label} ({code}) staat niet in de lijst van plaatsen", "zie data/catalogue/gemeenten.csv")

    def _check_names(self) -> None:
        """No code of a place has the name of another, as where a list was sorted without its codes."""
        codes: dict[tuple[str, str], set[str]] = defaultdict(set)
        for code, place in self.places.items():
            for name in filter(None, (place.label, place.also, *place.printed)):
                codes[place.kind, _name_bare(name)].add(code)
        for n in np.unique(self.columns[REGION]):
            code = self.lists[REGION][n]
            known, label = self.places.get(code), self.delivery.regions[code]
            if known and code not in (others := codes.get((known.kind, _name_bare(label)), {code})):
                found = f"de code {code} heet {quote_value(label)}, en dat is {' of '.join(sorted(others))}"
                self.fault(found, f"bedoeld: {known.label}; haal de tabel opnieuw op")

    def take(self) -> Cells:
        """The cells of indicators. DataError where a measure or a class is not known, or says the same twice."""
        listed = _Lists(self)
        parts = []
        for n, code in enumerate(self.lists[MEASURE]):
            mine = np.flatnonzero(self.columns[MEASURE] == n)
            if mine.size and (measure := listed.find_measure(code)):
                parts += [listed.pick(split, mine) for split in measure.splits]
        if parts:  # of a measure that is not known, no class is
            listed.check_titles()
        if self.faults:
            if self.table.is_guess:
                self.fault(
                    "de titels van deze tabel zijn hier nog nooit gezien", f"wat er staat in {_MAPPING}, is geraden"
                )
            raise DataError(self.faults)
        return listed.make(parts)


class _Lists:
    """What the codes of a delivery mean: measures, classes, places and periods."""

    def __init__(self, reading: _Reading) -> None:
        self.reading, self.table = reading, reading.table
        self.indicators = sorted(self.table.indicators)
        self.categories = [""]
        self.heading: dict[str, str] = {}
        self.known: dict[str, set[str]] = {name: set() for name in reading.delivery.dimensions}
        self.titles = {
            name: [normalise(title) for title in titles.values()]
            for name, titles in reading.delivery.dimensions.items()
        }
        codes, self.places = reading.lists[REGION], [place.id for place in reading.places.values()]
        at = {code: n for n, code in enumerate(reading.places)}
        self.place_of = np.array([at.get(code, -1) for code in codes], dtype=np.int64)
        self.periods = [parse_code(code) or Period(0, 0) for code in reading.lists[PERIOD]]

    def find_measure(self, code: str) -> MeasureMap | None:
        """What is known of a measure; a fault where that is nothing, or its unit is another."""
        measure = self.reading.delivery.measures[code]
        mapped = self.table.find_measure(measure.titles)
        if mapped is None:
            known = [each.title for each in self.table.measures]
            where = f"in {_MAPPING} bij measures van {self.table.id}, of bij also van het onderwerp dat nu zo heet"
            self.reading.fault(
                f"het onderwerp {quote_value(measure.label)} is onbekend",
                _say_new(did_you_mean(measure.label, known), where),
            )
        elif normalise(measure.unit) != normalise(mapped.unit):
            said = f"het onderwerp {quote_value(measure.label)} is in {quote_value(measure.unit)}"
            change = f"is de eenheid veranderd, pas dan in {_MAPPING} de unit bij {self.table.id} aan"
            self.reading.fault(said, f"bedoeld: {mapped.unit}; {change}")
        else:
            self.heading |= {
                split.indicator: _name_split(mapped.title.rpartition(" | ")[2], split) for split in mapped.splits
            }
            return mapped
        return None

    def pick(self, split: Split, mine: Numbers) -> tuple[int, Numbers, Numbers]:
        """Which rows of a measure an indicator is, and the class of each."""
        category = np.full(len(mine), 0, dtype=np.int64)
        for name, titles in self.titles.items():
            column = self.reading.columns[name][mine]
            if name in split.where:
                wanted = normalise(split.where[name])
                self.known[name].add(wanted)
                found = np.array([0 if title == wanted else -1 for title in titles], dtype=np.int64)
            else:
                found = self._find_classes(split, name)
            is_none = (category < 0) | (found[column] < 0)
            category = np.where(is_none, -1, np.maximum(category, found[column]))
        if split.category:
            category[category >= 0] = self._add_category(split.category)
        is_taken = (category >= 0) & (self.place_of[self.reading.columns[REGION][mine]] >= 0)
        return self.indicators.index(split.indicator), mine[is_taken], category[is_taken]

    def _find_classes(self, split: Split, name: str) -> Numbers:
        """The class that each title is, 0 for the total; -1 for none of these."""
        by_title = {normalise(split.total or ""): 0}
        for member in self.reading.catalogue.categories.get(split.classes or "", ()):
            by_title |= {normalise(text): self._add_category(member.id) for text in (member.label, *member.printed)}
        self.known[name] |= set(by_title)
        return np.array([by_title.get(title, -1) for title in self.titles[name]], dtype=np.int64)

    def _add_category(self, id_: str) -> int:
        if id_ not in self.categories:
            self.categories.append(id_)
        return self.categories.index(id_)

    def check_titles(self) -> None:
        """A fault for each used class that no indicator has, and that is not named as left out."""
        skipped = {normalise(title) for title in self.table.skip}
        for name, titles in self.titles.items():
            known = self.known[name] | skipped
            given = list(self.reading.delivery.dimensions[name].values())
            unknown = [given[n] for n in np.unique(self.reading.columns[name]) if titles[n] not in known]
            for title in unknown[:MOST_TOLD]:
                self.reading.fault(
                    f"{name} heeft de onbekende klasse {quote_value(title)}",
                    _say_new(did_you_mean(title, known), self._say_where(name)),
                )
            if others := unknown[MOST_TOLD:]:
                self.reading.fault(f"{name} heeft ook de onbekende klassen {', '.join(map(quote_value, others))}")

    def _say_where(self, name: str) -> str:
        """Where a title of a dimension is added, by what it turns out to be."""
        splits = [split for measure in self.table.measures for split in measure.splits]
        limits = any(name in split.where for split in splits)
        where = ", bij where als een cijfer alleen daarover gaat" if limits else ""
        return (
            f"{_CLASSES}, of in {_MAPPING} bij {self.table.id}: bij total als het een totaal is{where}, bij skip als "
            "het niet mee hoeft"
        )

    def make(self, parts: Sequence[tuple[int, Numbers, Numbers]]) -> Cells:
        """The cells of all indicators together."""
        reading, delivery = self.reading, self.reading.delivery
        at = np.concatenate([rows for _, rows, _ in parts]) if parts else np.zeros(0, dtype=np.int64)
        columns = {
            "indicator": np.concatenate([np.full(len(rows), n) for n, rows, _ in parts]) if parts else at,
            "category": np.concatenate([classes for _, _, classes in parts]) if parts else at,
            "place": self.place_of[reading.columns[REGION][at]],
            "period": reading.columns[PERIOD][at],
        }
        values = reading.values[at]
        columns["reason"] = np.where(
            np.isnan(values) & self._find_absent()[columns["place"], columns["period"]], 1, reading.why[at]
        )
        self._check_same(columns)
        statuses = (reading.find_status(*period) for period in delivery.periods.values())
        return Cells(
            self.table,
            delivery.version,
            len(reading.values),
            self.indicators,
            self.places,
            [period.id for period in self.periods],
            self.categories,
            reading.reasons,
            [reading.statline.statuses.get(normalise(status), True) for status in statuses],
            columns,
            values,
            self.heading,
            {"niet opgenomen": len(reading.values) - len(np.unique(at))},
        )

    def _find_absent(self) -> NDArray[np.bool_]:
        """By place and period whether the place was not there for any of it."""
        places = list(self.reading.places.values())
        return np.array([[_is_absent(place, period) for period in self.periods] for place in places], dtype=bool)

    def _check_same(self, columns: Mapping[str, Numbers]) -> None:
        keys = np.zeros(len(columns["place"]), dtype=np.int64)
        for name, size in (("indicator", self.indicators), ("place", self.places), ("period", self.periods)):
            keys = keys * len(size) + columns[name]
        keys = keys * len(self.categories) + columns["category"]
        found, first, many = np.unique(keys, return_index=True, return_counts=True)
        if len(found) < len(keys):
            at = first[many > 1][0]
            id_, place = self.categories[columns["category"][at]], self.places[columns["place"][at]]
            about = f"{self.indicators[columns['indicator'][at]]} ({id_ or 'totaal'}) van {place}"
            where = f"kijk in de codelijst welke titel dubbel is, of in {_MAPPING} bij {self.table.id}"
            refuse(self.reading.delivery.file, f"twee codes hebben dezelfde betekenis: {about}", where)


def _name_bare(label: str) -> str:
    return normalise(strip_suffix(label)[0])


def _list_some(texts: Collection[str]) -> str:
    """The first few of these, and how many more there are."""
    more = f" en nog {len(texts) - MOST_TOLD}" if len(texts) > MOST_TOLD else ""
    return ", ".join(map(quote_value, sorted(texts)[:MOST_TOLD])) + more


def _say_new(meant: str, where: str) -> str:
    """What may be meant, or where a title is added that is new."""
    new = f"is het nieuw, zet het dan {where}"
    return f"{meant} {new[0].upper()}{new[1:]}" if meant.endswith("?") else f"{meant}; {new}".removeprefix("; ")


def _name_split(measure: str, split: Split) -> str:
    """A measure with what else the split is limited to: Ontvangen meldingen, Overdracht."""
    titles = (*split.where.values(), split.total or "totaal")
    return ", ".join((measure, *(title for title in titles if normalise(title) != "totaal")))


def _is_absent(place: Place, period: Period) -> bool:
    first = place.since.year * 12 + place.since.month - 1 if place.since else 0
    last = place.gone.year * 12 + place.gone.month - 1 if place.gone else period.end
    return period.end <= first or last <= period.start
