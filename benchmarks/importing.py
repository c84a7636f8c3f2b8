"""How much of reports that are printed again comes in, and whether anything comes in wrong: by maker and by style.

uv run benchmarks/importing.py            a table with a row for each maker and style
uv run benchmarks/importing.py typst 3    one maker, three documents of each style
"""

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import printing
from printing import MAKERS, Style

from vt.importer.drafts import Known, load_known, make_draft
from vt.importer.readers import read_document
from vt.ingest.reports import load_report
from vt.ingest.writer import write_report
from vt.store.connection import data_folder

REPORTS = ("zuid-holland-zuid_dordrecht_2021-H1", "ijsselland_2021")
GEMEENTEN = ("Zwijndrecht", "Sliedrecht", "Gorinchem", "Dordrecht")
STYLES = {
    "right": Style(),
    "right, rules": Style(rules="all"),
    "centre, lines under rows": Style(align=("center", "center"), rules="rows"),
    "left": Style(align=("left", "left")),
    "heads in the middle, numbers right": Style(align=("center", "right")),
    "heads left, numbers right, rules": Style(align=("left", "right"), rules="all"),
    "heads that wrap": Style(align=("center", "center"), width=44, padding=2),
    "heads that wrap, right, top": Style(width=40, padding=2, valign="top"),
    "small, tight": Style(size=7, padding=1.5, valign="bottom"),
    "upright page": Style(size=7, padding=2, page=(210, 297), width=26),
}


def print_one(name: str, maker: str, style: Style, dice: random.Random, target: Path) -> printing.Printed:
    """A report of another year and place, printed; rows and columns in another order half of the time."""
    place = dice.choice(GEMEENTEN) if "dordrecht" in name else ""
    content = printing.vary(printing.load(name), dice, place=place, year=dice.choice([2019, 2021, 2023]))
    later = dice.choice(["", "0"])
    printed = printing.print_report(content, dice, shuffle=dice.random() < 0.5, later=later)
    MAKERS[maker](printed, style, target)
    return printed


def list_numbers(content: printing.Content, known: Known) -> dict[object, float]:
    """Every number of a report file, by what it is about."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.yaml"
        write_report(path, content)
        report = load_report(path, "printed", known.catalogue, data_folder() / "layouts")
    return {
        (table.number, table.heading, cell.key): cell.value
        for table in report.tables
        for cell in (*table.cells, *table.totals)
    }


def score(printed: printing.Printed, path: Path, known: Known) -> Counter[str]:
    """How many numbers there are, came in right, and came in wrong."""
    truth = list_numbers(printed.content, known)
    draft = make_draft(read_document(path), known, {}, {})
    found = list_numbers(draft.content, known) if draft.readings else {}
    right = sum(truth.get(key) == value for key, value in found.items())
    return Counter(numbers=len(truth), right=right, wrong=len(found) - right)


def measure(makers: list[str], times: int, known: Known) -> Iterator[tuple[str, str, Counter[str]]]:
    for maker in makers:
        for label, style in STYLES.items():
            total = Counter[str]()
            for seed in range(times):
                for name in REPORTS:
                    with tempfile.TemporaryDirectory() as folder:
                        path = Path(folder) / "report.pdf"
                        printed = print_one(name, maker, style, random.Random(f"{maker}{label}{seed}{name}"), path)
                        total += score(printed, path, known)
            yield maker, label, total


def main() -> None:
    """Print the table, and what it adds up to."""
    makers = [sys.argv[1]] if len(sys.argv) > 1 else [*MAKERS]
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    whole = Counter[str]()
    print(f"{'maker':12} {'style':36} {'numbers':>8} {'right':>8} {'share':>7} {'wrong':>6}")
    for maker, label, total in measure(makers, times, load_known(data_folder())):
        whole += total
        share, right = total["right"] / total["numbers"], total["right"]
        print(f"{maker:12} {label:36} {total['numbers']:8} {right:8} {share:7.1%} {total['wrong']:6}", flush=True)
    print(f"{whole['right'] / whole['numbers']:.2%} of {whole['numbers']} numbers right, {whole['wrong']} wrong")


if __name__ == "__main__":
    main()
