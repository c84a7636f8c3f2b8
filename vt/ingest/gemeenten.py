"""data/catalogue/gemeenten.csv -> Place: every gemeente of the country since 2019, also those that are no more."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from vt.errors import DataError, Fault, did_you_mean, quote_value
from vt.model.catalogue import Catalogue, Place

COLUMNS = ("code", "label", "also", "region", "since", "gone", "into")
Row = Mapping[str, str]


def load_gemeenten(path: Path, catalogue: Catalogue) -> tuple[Place, ...]:
    """Every gemeente, by code; none where there is no file.

    DataError with every fault: a row that is none, and where the file and places.yaml do not agree.
    """
    if not path.exists():
        return ()
    gemeenten = _Gemeenten(path, catalogue)
    if gemeenten.faults:
        raise DataError(gemeenten.faults)
    return gemeenten.places


def find_region(path: Path, label: str) -> str | None:
    """The region of a gemeente that the file knows by this name; None for any other, and without a file."""
    if not path.exists():
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return next((row.get("region") for row in rows if label in (row.get("label"), row.get("also"))), None)


class _Gemeenten:
    """The places of the file, and the faults in it."""

    def __init__(self, path: Path, catalogue: Catalogue) -> None:
        self.file, self.catalogue = path.name, catalogue
        self.faults: list[Fault] = []
        self.line = 1
        self.years: tuple[int, ...] = ()
        self.places = tuple(map(self._make_place, self._read_rows(path)))
        self.line = 0
        self._hold_together()

    def _fault(self, found: str, meant: str) -> None:
        self.faults.append(Fault(self.file, self.line, found=found, meant=meant))

    def _read_rows(self, path: Path) -> Iterator[Row]:
        """The rows of as many cells as there are columns; nothing of a file that is no such CSV."""
        try:
            head, *rows = csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), strict=True)
        except (OSError, ValueError, csv.Error) as error:
            self._fault(f"geen CSV ({error})", f"bedoeld: UTF-8, met {','.join(COLUMNS)} en een kolom per jaar")
            return
        years = head[len(COLUMNS) :]
        if tuple(head[: len(COLUMNS)]) != COLUMNS or not all(year.isdecimal() for year in years):
            self._fault(f"de koppen zijn {quote_value(','.join(head))}", f"bedoeld: {','.join(COLUMNS)} en jaren")
            return
        self.years = tuple(map(int, years))
        for self.line, cells in enumerate(rows, 2):
            if len(cells) == len(head):
                yield dict(zip(head, cells, strict=True))
            else:
                self._fault(f"{len(cells)} cellen", f"bedoeld: {len(head)}, zoveel als er koppen zijn")

    def _make_place(self, row: Row) -> Place:
        regions = [place.id for place in self.catalogue.places.values() if place.kind == "region"]
        if row["region"] not in regions:
            self._fault(f"region is {quote_value(row['region'])}", did_you_mean(row["region"], regions))
        since, gone = self._read_day(row, "since"), self._read_day(row, "gone")
        place = Place(
            row["code"],
            row["label"],
            "gemeente",
            row["region"],
            row["code"],
            also=row["also"],
            since=since,
            gone=gone,
            into=tuple(row["into"].split()),
        )
        place = replace(place, inhabitants=dict(self._read_inhabitants(row, place)))
        if bool(gone) != bool(place.into):
            self._fault(
                f"gone is {quote_value(row['gone'])}, into {quote_value(row['into'])}", "bedoeld: beide of geen"
            )
        return place

    def _read_day(self, row: Row, column: str) -> date | None:
        try:
            return date.fromisoformat(row[column]) if row[column] else None
        except ValueError:
            self._fault(f"{column} is {quote_value(row[column])}", "bedoeld: een dag, zoals 2021-12-31")
            return None

    def _read_inhabitants(self, row: Row, place: Place) -> Iterator[tuple[int, tuple[float, float]]]:
        """A number for every 1 January on which the gemeente was there, and for no other."""
        for year in self.years:
            is_there, text = place.is_there(date(year, 1, 1)), row[str(year)]
            if is_there and text.isdecimal():
                yield year, (float(text), float(text))
            elif is_there or text:
                meant = "een aantal" if is_there else "leeg: die dag was de gemeente er niet"
                self._fault(f"inwoners in {year}: {quote_value(text)}", f"bedoeld: {meant}")

    def _hold_together(self) -> None:
        """Codes and names once, successors that are there, and the inhabitants that places.yaml has."""
        codes = {place.code for place in self.places}
        named = (("code", [p.code for p in self.places]), ("label", [p.label for p in self.places]))
        for column, texts in named:
            for text in (text for text, count in Counter(texts).items() if count > 1):
                self._fault(f"{column} {quote_value(text)} komt meer dan eens voor", "bedoeld: een keer")
        for place in self.places:
            for code in set(place.into) - codes:
                self._fault(f"{place.label} ging op in {quote_value(code)}", "bedoeld: een code uit deze lijst")
        known = {place.code: place.inhabitants for place in self.places}
        for place in self.catalogue.places.values():
            if place.kind == "land":
                self._compare(place, self._add_up())
            elif place.kind == "gemeente":
                self._compare(place, known.get(place.code, {}))

    def _add_up(self) -> dict[int, tuple[float, float]]:
        totals = {year: sum(place.inhabitants.get(year, (0, 0))[0] for place in self.places) for year in self.years}
        return {year: (total, total) for year, total in totals.items()}

    def _compare(self, place: Place, listed: Mapping[int, tuple[float, float]]) -> None:
        for year, (low, high) in place.inhabitants.items():
            number = listed.get(year, (-1, -1))[0]
            if not low <= number <= high:
                found = f"{number:.0f}" if number >= 0 else "niets"
                self._fault(f"inwoners van {place.label} in {year}: {found}", f"places.yaml heeft {low:.0f}")
