"""Every ready story in every format: the numbers held against those of its figures, workbooks edited, the time taken.

    uv run benchmarks/decks.py [--place zwolle] [--story wie-meldt] [--edit] [--keep FOLDER]

Places: a gemeente of each report, one that is shielded, a region, three gemeenten. `--edit` doubles a number in
the sheet behind a chart and has LibreOffice work it out again: totals and texts must follow; it says how many did.
"""

import argparse
import csv
import io
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from pptx import Presentation

from vt.build.build import ensure
from vt.figures.answers import Dataset
from vt.figures.chart import BarChart, PairChart, RankChart
from vt.figures.deck import Deck, Slide
from vt.figures.longtable import list_long_rows
from vt.figures.selection import Selection
from vt.figures.stories import fill_story, make_deck
from vt.model.hidden import Shielding
from vt.render.csv import write_csv
from vt.render.offline import write_html
from vt.render.pdf import write_pdf
from vt.render.pptx import write_pptx
from vt.render.pptx_chart import part_rows
from vt.render.xlsx import LONG, write_xlsx
from vt.store.connection import connect, data_folder, database_path
from vt.store.reference import read_metadata

PLACES = {
    "dordrecht": Selection(gemeenten=("dordrecht",)),
    "zwolle": Selection(gemeenten=("zwolle",)),
    "ommen": Selection(gemeenten=("ommen",)),
    "ommen-shielded": Selection(gemeenten=("ommen",), shielding=Shielding.ALL),
    "ijsselland": Selection(region="ijsselland"),
    "three": Selection(gemeenten=("zwolle", "deventer", "dordrecht")),
}
FOLLOWED = Counter[bool]()
LINK = "https://vt.example.org/presenteren"
Slideshow = Any  # a slide of python-pptx, which has no types
FORMATS = {"pptx": write_pptx, "pdf": write_pdf, "html": write_html, "xlsx": write_xlsx, "csv": write_csv}


def make_decks(dataset: Dataset, place: str, story: str) -> Iterator[tuple[str, Deck]]:
    for name, selection in PLACES.items():
        for each in dataset.metadata.stories:
            if place in ("", name) and story in ("", each.id):
                told = fill_story(dataset, each, selection)
                yield f"{name}-{each.id}", make_deck(told, each.title, selection, dataset.metadata, LINK, date.today())


def compare(deck: Deck, files: dict[str, bytes]) -> list[str]:
    """What is not the same in a file as in the figures."""
    rows = list(dict.fromkeys(row for slide in deck.slides for row in list_long_rows(slide.figure)))
    wanted = [row.waarde for row in rows]
    read = csv.DictReader(io.StringIO(files["csv"].decode("utf-8-sig"), newline=""), delimiter=";")
    in_csv = [float(row["waarde"].replace(",", ".")) if row["waarde"] else None for row in read]
    faults = [] if _same(wanted, in_csv) else ["csv: other values"]
    if rows:
        sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))[LONG]
        in_xlsx = [row[6] for row in sheet.iter_rows(min_row=2, values_only=True)]
        faults += [] if _same(wanted, in_xlsx) else ["xlsx: other values"]
    faults += [text for slide, page in pair_pages(deck, files["pptx"]) for text in compare_slide(slide, page)]
    page = unescape(files["html"].decode())
    for slide in deck.slides:
        table = slide.figure.table
        texts = {head.format(v) for row in table.rows for head, v in zip(table.headings, row, strict=True)}
        faults += [f"html: {text} is not there" for text in texts if text not in page]
    return faults


def _same(one: list[float | None], other: list[float | None]) -> bool:
    return len(one) == len(other) and all(
        (a is None) == (b is None) and (a is None or abs(a - (b or 0)) < 1e-6) for a, b in zip(one, other, strict=True)
    )


def pair_pages(deck: Deck, made: bytes) -> Iterator[tuple[Slide, Slideshow]]:
    """Each slide of the deck with the page of that title."""
    pages = {
        page.shapes.title.text_frame.text: page for page in Presentation(io.BytesIO(made)).slides if page.shapes.title
    }
    yield from ((slide, pages[slide.title]) for slide in deck.slides if slide.title in pages)


def compare_slide(slide: Slide, page: Slideshow) -> Iterator[str]:
    """What a native chart has otherwise than its figure: bars and reference values."""
    chart = part_rows(slide.figure)[0].chart
    charts = [shape.chart for shape in page.shapes if shape.has_chart]
    if not charts or not isinstance(chart, BarChart | PairChart | RankChart):
        return
    as_bars = chart if isinstance(chart, BarChart) else chart.as_bars
    drawn: dict[str, list[float]] = {}
    for series in (series for each in charts for plot in each.plots for series in plot.series):
        drawn.setdefault(series.name, []).extend(value for value in series.values if value is not None)
    values = [value for some in drawn.values() for value in some]
    values += [float(x) for each in charts for x in each._chartSpace.xpath("//c:xVal//c:v/text()")]  # of dots
    for bar in (bar for row in as_bars.rows for bar in row.bars):
        for segment in bar.segments:
            if segment.value is not None and not any(abs(segment.length - value) < 1e-6 for value in values):
                yield f"pptx: {slide.title}: {segment.series} {segment.value} is not there"
    for rule in chart.rules if isinstance(chart, RankChart) else as_bars.rules:
        if not drawn.get(rule.label) or any(abs(value - rule.value) > 1e-6 for value in drawn[rule.label]):
            yield f"pptx: {slide.title}: {rule.label} is {drawn.get(rule.label)}, not {rule.value}"


def edit(pages: Iterable[Slideshow], office: Path) -> Iterator[str]:
    """Double the first number of each chart and see whether totals and texts follow."""
    before = {}
    blobs = (
        shape.chart.part.chart_workbook.xlsx_part.blob for page in pages for shape in page.shapes if shape.has_chart
    )
    for n, blob in enumerate(blobs):
        book = openpyxl.load_workbook(io.BytesIO(blob))
        spot = next((cell for cell in book.active["B"][1:] if isinstance(cell.value, int | float)), None)
        if spot is not None:
            spot.value *= 2
            book.save(office / f"{n}.xlsx")
            before[office / "out" / f"{n}.xlsx"] = (book.active, spot.row, _read(blob))
    if before:
        _calculate(office)
    for path, (sheet, row, was) in before.items():
        yield from _find_stayed(sheet, row, was, _read(path.read_bytes()))


def _calculate(office: Path) -> None:
    """Has LibreOffice work out all workbooks in a folder."""
    settings = (f"-env:UserInstallation=file://{office}/profile", "--headless")
    asked = ("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(office / "out"))
    subprocess.run(["soffice", *settings, *asked, *map(str, office.glob("*.xlsx"))], check=True, capture_output=True)


def _find_stayed(sheet: Worksheet, row: int, was: list[list[Any]], now: list[list[Any]]) -> Iterator[str]:
    """Which totals and texts of a row did not follow its number."""
    heads = was[0]
    for column, head in enumerate(heads):
        is_formula = str(sheet.cell(row, column + 1).value).startswith("=")
        if is_formula and head in ("Totaal", f"Tekst bij {heads[1]}"):
            FOLLOWED[now[row - 1][column] != was[row - 1][column]] += 1
            if now[row - 1][column] == was[row - 1][column]:
                yield f"edited: {head} stays {was[row - 1][column]}"


def _read(blob: bytes) -> list[list[Any]]:
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(blob), data_only=True).active.values]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--place", default="", choices=["", *PLACES])
    parser.add_argument("--story", default="")
    parser.add_argument("--edit", action="store_true")
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    faults: list[str] = []
    with closing(connect(ensure(data_folder(), database_path()))) as db, tempfile.TemporaryDirectory() as folder:
        for name, deck in make_decks(Dataset(db, read_metadata(db)), asked.place, asked.story):
            files, took = {}, {}
            for ending, write in FORMATS.items():
                start = time.perf_counter()
                files[ending] = write(deck)
                took[ending] = time.perf_counter() - start
            found = compare(deck, files)
            if asked.edit:
                office = Path(folder) / name
                office.mkdir()
                found += edit((page for _, page in pair_pages(deck, files["pptx"])), office)
            print(
                f"{name:36} {len(deck.slides):3}",
                *(f"{ending} {took[ending]:5.2f}" for ending in FORMATS),
                *found,
                sep="  ",
            )
            faults += found
            if asked.keep:
                asked.keep.mkdir(parents=True, exist_ok=True)
                for ending, content in files.items():
                    (asked.keep / f"{name}.{ending}").write_bytes(content)
    print(f"{len(faults)} faults" + (f", {FOLLOWED[True]} cells followed" if asked.edit else ""))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
