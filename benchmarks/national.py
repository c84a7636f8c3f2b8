"""Made-up StatLine tables of the whole country, in the shape of the zips of CBS: to measure with, never to read.

    uv run benchmarks/national.py /tmp/national [--tables 84847NED 84851NED] [--import-into DATA]

Gemeenten, regions, periods and titles are real; codes and every number are invented, the same at every run. As CBS
does: half years and years of 2019-2025, rounded to five, below ten secret, and nothing of a region that did not
exist. With --import-into the zips are taken into a copy of data/ at that place: then build and serve it with VT_DATA.
"""

import argparse
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vt.ingest.catalogue import load_catalogue
from vt.ingest.gemeenten import load_gemeenten
from vt.ingest.statline.bring import bring_in
from vt.ingest.statline.bulk import write_bulk
from vt.ingest.statline.delivery import Delivery, MeasureCode, PeriodCode
from vt.ingest.statline.keys import write_code
from vt.ingest.statline.mapping import StatLine, TableMap, load_statline
from vt.model.catalogue import Catalogue, Category, Place
from vt.model.period import Period
from vt.store.connection import data_folder

YEARS = range(2019, 2026)
SECRET_BELOW = 10
VERSION = "2026-06-30"
RATES = {"adviezen": 4.2, "casussen": 2.8, "meldingen": 3.6, "onderzoek": 0.2, "voorwaarden": 0.18, "overdracht": 2.1}
NOT_OF_CBS = ("aard/overige", "triagebesluit/lokaal_maatwerk", "overdrachtspartij/leeg")
PROVISIONAL = {2024: "Voorlopig", 2025: "Voorlopig"}
LANDSDELEN = {f"LD{n:02}": f"{name}-Nederland (LD)" for n, name in enumerate(("Noord", "Oost", "West", "Zuid"), 1)}
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Region:
    """A region of a table: code, label, and which gemeenten it sums."""

    code: str
    label: str
    members: NDArray[np.bool_]
    place: Place | None


def list_periods() -> list[Period]:
    """Half years, each year after its halves."""
    return [Period(year * 12 + start, months) for year in YEARS for start, months in ((0, 6), (6, 6), (0, 12))]


def list_regions(catalogue: Catalogue, gemeenten: list[Place], *, with_gemeenten: bool) -> list[Region]:
    """The country, its landsdelen, provinces, regions of Veilig Thuis, and gemeenten."""
    regions = [place for place in catalogue.places.values() if place.kind == "region"]
    province = {place.id: place.province or "" for place in regions}
    provinces = sorted(set(province.values()))
    everyone = np.ones(len(gemeenten), dtype=bool)

    def among(test: list[bool]) -> NDArray[np.bool_]:
        return np.array(test, dtype=bool)

    made = [Region("NL01", "Nederland", everyone, None)]
    made += [
        Region(code, label, among([provinces.index(province[g.region or ""]) % 4 == n for g in gemeenten]), None)
        for n, (code, label) in enumerate(LANDSDELEN.items())
    ]
    made += [
        Region(f"PV{20 + n}", f"{name} (PV)", among([province[g.region or ""] == name for g in gemeenten]), None)
        for n, name in enumerate(provinces)
    ]
    halves = {"brabant-noordoost": 0, "zuidoost-brabant": 1}  # who lay in which is not in data/: made up
    for place in regions:
        if place.id in halves:
            mine = [g.region == "oost-brabant" and n % 2 == halves[place.id] for n, g in enumerate(gemeenten)]
        else:
            mine = [g.region == place.id for g in gemeenten]
        made.append(Region(place.code or "", f"{place.label} (VT)", among(mine), place))
    if with_gemeenten:
        own = np.eye(len(gemeenten), dtype=bool)
        made += [Region(g.code or "", g.label, own[n], g) for n, g in enumerate(gemeenten)]
    return made


def make_counts(gemeenten: list[Place], rate: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """How many there are by gemeente and half year; none where the gemeente was not there."""
    own = rng.lognormal(0, 0.25, len(gemeenten))
    counts = np.zeros((len(gemeenten), len(YEARS) * 2))
    for n, place in enumerate(gemeenten):
        for half in range(len(YEARS) * 2):
            year = YEARS[half // 2]
            if place.is_there(date(year, 1 + half % 2 * 6, 1)) and (people := place.inhabitants.get(year)):
                counts[n, half] = people[0] * rate / 1000 * own[n] * (1 + 0.02 * half)
    return rng.poisson(counts)


def split(counts: NDArray[np.int64], parts: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Counts over classes, the last axis, that add up to them."""
    shares = np.sort(rng.dirichlet(np.full(parts, 0.8)))[::-1]
    found: NDArray[np.int64] = rng.multinomial(counts, shares)
    return found


def add_up(counts: NDArray[np.int64], regions: list[Region]) -> Array:
    """By region and period: halves and years, of what lies in it."""
    members = np.array([region.members for region in regions], dtype=np.float64)
    halves = members @ counts.astype(np.float64)
    years = halves.reshape(len(regions), len(YEARS), 2)
    made: Array = np.concatenate([years, years.sum(axis=2, keepdims=True)], axis=2).reshape(len(regions), -1)
    return made


@dataclass(frozen=True)
class Classes:
    """Titles of a dimension that divide all there is, or what one title among those before them has (`of`)."""

    titles: tuple[str, ...]
    of: str = ""


def list_classes(table: TableMap, catalogue: Catalogue) -> dict[str, tuple[str, list[Classes]]]:
    """By dimension the title of the total, and the classes by classification."""
    splits = [split for measure in table.measures for split in measure.splits]
    found = {}
    for name in table.dimensions:
        limits = {split.where[name] for split in splits if name in split.where}
        own = {split.classes: split.total or "" for split in splits if split.classes and name not in split.where}
        listed = [_list_titles(catalogue.categories[id_], limits) for id_ in own]
        total = next(text for text in [*own.values(), "Totaal"] if text.startswith("Totaal"))
        known = {title for titles in listed for title in titles} | {total}
        parents = [text if text in known - {total} else "" for text in own.values()]
        groups = [Classes(titles, of) for titles, of in zip(listed, parents, strict=True)]
        rest = tuple(sorted(limits - known))
        found[name] = (total, [*groups, *([Classes(rest)] if rest else [])])
    return found


def _list_titles(members: Sequence[Category], limits: set[str]) -> tuple[str, ...]:
    """Under which titles StatLine has classes: ones that a split is limited to, or the last that are printed."""
    named = [(member.label, *member.printed) for member in members if member.id not in NOT_OF_CBS]
    return tuple(next((title for title in titles if title in limits), titles[-1]) for titles in named)


def make_table(table: TableMap, catalogue: Catalogue, gemeenten: list[Place]) -> Delivery:
    """A table of made-up numbers."""
    rng = np.random.default_rng(int(table.id[:5]))
    regions = list_regions(catalogue, gemeenten, with_gemeenten=table.title.endswith(", regio"))
    periods, classes = list_periods(), list_classes(table, catalogue)
    measures = {f"M{n:06}": MeasureCode(tuple(m.title.split(" | ")), m.unit) for n, m in enumerate(table.measures, 1)}
    titles = {
        name: {f"A{n:06}": title for n, title in enumerate([total, *(t for each in groups for t in each.titles)], 1)}
        for name, (total, groups) in classes.items()
    }
    return Delivery(
        f"{table.id}.zip",
        table.id,
        VERSION,
        measures,
        titles,
        {region.code: region.label for region in regions},
        {write_code(p): PeriodCode(_name(p), PROVISIONAL.get(p.year, "Definitief")) for p in periods},
        lambda: _make_rows(measures, classes, titles, regions, periods, gemeenten, rng),
    )


def _name(period: Period) -> str:
    return f"{period.year}" if period.months == 12 else f"{period.year} {1 + period.start % 12 // 6}e halfjaar"


def _make_rows(
    measures: Mapping[str, MeasureCode],
    classes: Mapping[str, tuple[str, list[Classes]]],
    titles: Mapping[str, Mapping[str, str]],
    regions: list[Region],
    periods: list[Period],
    gemeenten: list[Place],
    rng: np.random.Generator,
) -> Iterator[pd.DataFrame]:
    absent = np.array([[_is_absent(region.place, period) for period in periods] for region in regions])
    codes = {name: {title: code for code, title in own.items()} for name, own in titles.items()}
    for code, measure in measures.items():
        words = measure.titles[-1].lower()
        rate = next((value for word, value in RATES.items() if word in words), 0.5)
        is_share = measure.unit == "%"
        same = np.random.default_rng(crc32(measure.titles[-1].encode()))  # in every table
        counts = make_counts(gemeenten, rate, same)
        for keys, own in _divide(counts, list(classes.items()), rng):
            numbers = add_up(own, regions)
            if is_share:
                numbers = numbers % 100
            named = {name: codes[name][title] for name, title in keys.items()}
            yield _frame(code, named, regions, periods, numbers, absent, is_share=is_share)


def _divide(
    counts: NDArray[np.int64], classes: list[tuple[str, tuple[str, list[Classes]]]], rng: np.random.Generator
) -> Iterator[tuple[dict[str, str], NDArray[np.int64]]]:
    """Each combination of titles of at most two dimensions with its counts: parts add up to their wholes."""
    if not classes:
        yield {}, counts
        return
    (name, own), *rest = classes
    known = dict(_divide_one(counts, own, rng))
    if not rest:
        yield from (({name: title}, part) for title, part in known.items())
        return
    other, (total, groups) = rest[0]
    first = own[1][0].titles
    crossed = [dict(_divide_one(known[title], (total, groups), rng)) for title in first]
    for title, part in known.items():
        inside = crossed[first.index(title)] if title in first else dict(_divide_one(part, (total, groups), rng))
        if title == own[0]:
            inside = {each: sum(one[each] for one in crossed) for each in inside}  # type: ignore[misc]
        yield from (({name: title, other: each}, found) for each, found in inside.items())


def _divide_one(
    counts: NDArray[np.int64], own: tuple[str, list[Classes]], rng: np.random.Generator
) -> Iterator[tuple[str, NDArray[np.int64]]]:
    total, groups = own
    known = {total: counts}
    for group in groups:
        parts = split(known[group.of or total], len(group.titles), rng)
        known |= {title: parts[..., n] for n, title in enumerate(group.titles)}
    yield from known.items()


def _frame(
    measure: str,
    named: Mapping[str, str],
    regions: list[Region],
    periods: list[Period],
    numbers: Array,
    absent: NDArray[np.bool_],
    *,
    is_share: bool,
) -> pd.DataFrame:
    size = (len(regions), len(periods))
    rounded = np.round(numbers, 1) if is_share else np.round(numbers / 5) * 5
    secret = (numbers < SECRET_BELOW) & (numbers > 0) & ~absent
    texts = np.char.replace(rounded.astype(str), ".", ",") if is_share else rounded.astype(np.int64).astype(str)
    frame = pd.DataFrame({"Measure": np.full(size, measure).ravel()})
    for name, code in named.items():
        frame[name] = code
    frame["RegioS"] = np.repeat([f"{region.code:6}" for region in regions], len(periods))
    frame["Perioden"] = np.tile([write_code(period) for period in periods], len(regions))
    frame["Value"] = np.where(secret | absent, "", texts).ravel()
    frame["StringValue"] = ""
    frame["ValueAttribute"] = np.where(absent, "Impossible", np.where(secret, "Confidential", "None")).ravel()
    return frame


def _is_absent(place: Place | None, period: Period) -> bool:
    if place is None:
        return False
    first = place.since.year * 12 + place.since.month - 1 if place.since else 0
    last = place.gone.year * 12 + place.gone.month - 1 if place.gone else period.end
    return period.end <= first or last <= period.start


def write_tables(folder: Path, tables: list[str]) -> list[Path]:
    """The zips of these tables, or of all; their paths."""
    data = data_folder()
    catalogue = load_catalogue(data / "catalogue")
    gemeenten = list(load_gemeenten(data / "catalogue/gemeenten.csv", catalogue))
    statline = load_statline(data / "catalogue/statline.yaml", catalogue)
    assert isinstance(statline, StatLine)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for id_, table in statline.tables.items():
        if not tables or id_ in tables:
            paths.append(folder / f"{id_}.zip")
            write_bulk(paths[-1], make_table(table, catalogue, gemeenten))
    return paths


def main() -> None:
    """Make the zips, and take them in."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tables", nargs="*", default=[])
    parser.add_argument("--import-into", type=Path)
    asked = parser.parse_args()
    paths = write_tables(asked.folder, asked.tables)
    print(*paths, sep="\n")
    if into := asked.import_into:
        shutil.copytree(data_folder(), into, dirs_exist_ok=True, ignore=shutil.ignore_patterns("vt.db*", "statline"))
        for line in bring_in(into, paths):
            print(line)


if __name__ == "__main__":
    main()
