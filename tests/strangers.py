"""Documents as strangers print them, each with what it says: small, of one region that no layout is known of."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import docx
import openpyxl
import typst
from real import DATA

from vt.importer.drafts import TABLES, Draft, Known, make_draft
from vt.importer.form import Document
from vt.importer.left import Left, list_left
from vt.importer.numbers import is_number, list_numbers
from vt.importer.settle import list_open
from vt.ingest.reports import load_report
from vt.ingest.writer import write_report

Key = tuple[str, str, str, str]  # indicator, place, period, kind of violence
PLACES = ("Almelo", "Borne", "Enschede", "Haaksbergen", "Hengelo", "Losser", "Oldenzaal", "Wierden")
KINDS = ("km", "hg", "om")
TITLE = "Veilig Thuis Twente, jaarrapportage 2022"
ALL = "alle"


@dataclass
class Stranger:
    """A document: how it is made, what it says, and what a person would answer that its tables count."""

    suffix: str
    make: Callable[[Path], None]
    truth: dict[Key, float]
    answers: dict[str, str] = field(default_factory=dict)


class Truth(dict[Key, float]):
    """What a document says, filled as it is written; numbers of all sizes."""

    def __init__(self, seed: str) -> None:
        super().__init__()
        self.dice = random.Random(seed)

    def add(self, indicator: str, place: str, period: str = "2022", kind: str = ALL) -> int:
        value = self.dice.choice([0, 1, 3, 7, 12, 21, 48, 107, 231, 646, 1022, 2411])
        self[indicator, place.lower(), period, kind] = value
        return value

    def row(self, indicator: str, place: str, columns: Sequence[tuple[str, str]]) -> list[int]:
        return [self.add(indicator, place, period, kind) for period, kind in columns]


def dots(value: int, mark: str = ".") -> str:
    return f"{value:,}".replace(",", mark)


# --- typst -----------------------------------------------------------------------------------------------------------

PAGE = (
    '#set page(width: 210mm, height: 297mm, margin: 2cm)\n#set text(font: "Liberation Sans", size: 9pt, lang: "nl")\n'
)


def write(text: str) -> str:
    return "".join(f"\\{char}" if char in "#$*_`<>@[]\\/~=+-" else char for char in text)


def table(head: Sequence[str], rows: Sequence[Sequence[object]], more: str = "", labels: int = 1) -> str:
    """A table of typst with cells as they are."""
    cells = [f"[{write(text)}]" for text in head]
    cells += [cell if str(cell).startswith("table.") else f"[{cell}]" for row in rows for cell in row]  # type: ignore[misc]
    align = f"(x, y) => if x < {labels} {{ left }} else {{ right }}"
    return f"#table(columns: {len(head)}, align: {align}, {more} {', '.join(cells)})\n"


def pdf(body: str, path: Path, title: str = TITLE, page: str = PAGE) -> None:
    typst.compile(f"{page}{write(title)}\n\n{body}".encode(), output=path)


def name_beside(name: str, head: str, list_periods: Callable[[str], Sequence[tuple[str, str]]]) -> Stranger:
    """Counts by gemeente, named once in the middle beside its periods: (as printed, id) of each."""
    truth, rows = Truth(name), []
    for place in PLACES[:5]:
        periods = list_periods(place)
        for n, (label, period) in enumerate(periods):
            rows.append([label, *map(dots, truth.row("meldingen", place, [(period, kind) for kind in KINDS]))])
            if n == 0:
                rows[-1].insert(0, f"table.cell(rowspan: {len(periods)}, align: horizon)[{place}]")
    body = "Meldingen\n" + table(("Gemeente", head, "KM", "HG", "OM"), rows, labels=2)
    return Stranger(".pdf", partial(pdf, body), truth)


def rowspan() -> Stranger:
    """A gemeente once, in the middle beside its four quarters."""
    quarters = [(f"{n}e kwartaal", f"2022-Q{n}") for n in range(1, 5)]
    return name_beside("rowspan", "Kwartaal", lambda _: quarters)


def rotated() -> Stranger:
    """Heads that go up."""
    truth = Truth("rotated")
    columns = ("Almelo", "Borne", "Enschede", "Haaksbergen", "Hof van Twente", "Rijssen-Holten")
    rows = [
        [year, *(dots(truth.add("meldingen", place.replace(" ", "-"), str(year))) for place in columns)]
        for year in (2019, 2020, 2021, 2022)
    ]
    heads = ", ".join(f"rotate(-90deg, reflow: true)[{write(place)}]" for place in columns)
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    body = f"Meldingen\n#table(columns: 7, align: center + bottom, [Jaar], {heads}, {cells})"
    return Stranger(".pdf", partial(pdf, body), truth)


def beside() -> Stranger:
    """Two tables beside each other, each under its own heading."""
    truth = Truth("beside")
    parts = []
    for label, indicator in (("Meldingen", "meldingen"), ("Adviezen", "adviezen")):
        rows = [[p, *map(dots, truth.row(indicator, p, [("2021", ALL), ("2022", ALL)]))] for p in PLACES]
        parts.append(f"[{label}\n{table(('Gemeente', '2021', '2022'), rows)}]")
    return Stranger(".pdf", partial(pdf, f"#grid(columns: 2, gutter: 1.5cm, {', '.join(parts)})"), truth)


PROSE = (
    "In 2022 ontving Veilig Thuis 3.177 meldingen, 12,5% meer dan in 2021. Van deze 3.177 meldingen kwam 46% van de "
    "politie. Het aantal adviezen steeg van 4.018 naar 4.220. Dat komt door de campagne en door 2 nieuwe teams, "
    "die in maart begonnen. In 1 op de 10 gevallen was er direct gevaar. "
)


def around() -> Stranger:
    """Sentences in a column at the left of a table."""
    truth = Truth("around")
    rows = [[p, *map(dots, truth.row("meldingen", p, [("2021", ALL), ("2022", ALL)]))] for p in PLACES]
    inner = f"[Meldingen\n{table(('Gemeente', '2021', '2022'), rows)}]"
    body = f"#grid(columns: (7cm, auto), gutter: 1cm, par(justify: true)[{write(PROSE * 2)}], {inner})"
    return Stranger(".pdf", partial(pdf, body), truth)


def shares() -> Stranger:
    """A share in brackets behind each number."""
    truth, rows = Truth("shares"), []
    for place in PLACES:
        own = truth.row("meldingen", place, [("2022", kind) for kind in KINDS])
        whole = sum(own) or 1
        rows.append([place, *(f"{dots(n)} ({n * 100 // whole}%)" for n in own)])
    body = "Meldingen\n" + table(("Gemeente", "KM", "HG", "OM"), rows)
    return Stranger(".pdf", partial(pdf, body), truth)


def marks() -> Stranger:
    """Thousands with a blank, marks for what is not there, and footnotes that the font itself raises."""
    truth, rows = Truth("marks"), []
    for n, place in enumerate(PLACES):
        own = truth.row("meldingen", place, [("2020", ALL), ("2021", ALL), ("2022", ALL)])
        texts = [dots(value, "~") for value in own]
        if n in (1, 4):
            texts[n % 3] += "#super[1]"
        if n in (2, 5):
            del truth["meldingen", place.lower(), f"202{n % 3}", ALL]
            texts[n % 3] = "n.v.t." if n == 2 else "–"
        if n == 6:
            del truth["meldingen", place.lower(), "2020", ALL]
            texts[0] = "\\<5"
        rows.append([place, *texts])
    body = '#set text(font: "Libertinus Serif")\nMeldingen\n' + table(("Gemeente", "2020", "2021", "2022"), rows)
    return Stranger(".pdf", partial(pdf, body + "#super[1] Voorlopig cijfer."), truth)


def withheld() -> Stranger:
    """Rows of which no number is printed: the first, and one in the middle."""
    truth, rows = Truth("withheld"), []
    for n, place in enumerate(PLACES):
        own = ["\\<5", "\\<5"] if n in (0, 3) else [*map(dots, truth.row("meldingen", place, YEARS))]
        rows.append([place, *own])
    return Stranger(".pdf", partial(pdf, "Meldingen\n" + table(("Gemeente", "2021", "2022"), rows)), truth)


def years() -> Stranger:
    """Two years and their difference, with a row of totals."""
    truth, rows = Truth("years"), []
    for place in PLACES:
        old, new = truth.row("onderzoeken", place, [("2021", ALL), ("2022", ALL)])
        rows.append([place, dots(old), dots(new), f"{round((new - old) / old * 100)}%" if old else "n.v.t."])
    sums = [sum(truth["onderzoeken", p.lower(), year, ALL] for p in PLACES) for year in ("2021", "2022")]
    rows.append(["Totaal", *map(dots, map(int, sums)), f"{round((sums[1] - sums[0]) / sums[0] * 100)}%"])
    body = "Tabel 4. Gestarte onderzoeken per gemeente\n" + table(("Gemeente", "2021", "2022", "Verschil"), rows)
    return Stranger(".pdf", partial(pdf, body), truth, {"Gestarte onderzoeken": "Onderzoeken"})


def chart() -> Stranger:
    """A bar chart with its labels and numbers as text, right under a table."""
    truth = Truth("chart")
    rows = [[p, dots(truth.add("meldingen", p))] for p in PLACES[:4]]
    bars = "".join(
        f"#grid(columns: (3cm, auto, auto), gutter: 4pt, [{p}], rect(width: {10 + 9 * n}mm, height: 8pt, fill: blue), "
        f"[{17 + 6 * n}])\n"
        for n, p in enumerate(PLACES[:5])
    )
    axis = "#grid(columns: (3cm, 2cm, 2cm, 2cm), [], [0], [20], [40])\n"
    body = "Meldingen\n" + table(("Gemeente", "2022"), rows) + bars + axis
    return Stranger(".pdf", partial(pdf, body), truth)


def stacked() -> Stranger:
    """A stacked bar chart with a legend of KM, HG and OM above it, and a table further on."""
    truth = Truth("stacked")
    bars = "".join(
        f"#stack(dir: ltr, box(width: 3cm)[{p}], rect(width: {20 + n}mm, fill: red)[{31 + n}], "
        f"rect(width: {14 + n}mm, fill: green)[{12 + n}], rect(width: 9mm, fill: gray)[{3 + n}])\n"
        for n, p in enumerate(PLACES[:4])
    )
    legend = "#h(3cm) KM #h(1.5cm) HG #h(1.2cm) OM\n\n"
    rows = [[p, *map(dots, truth.row("meldingen", p, [("2022", k) for k in KINDS]))] for p in PLACES]
    body = f"Figuur 1 Soort geweld in procenten\n\n{legend}{bars}\n\nMeldingen\n"
    return Stranger(".pdf", partial(pdf, body + table(("Gemeente", "KM", "HG", "OM"), rows)), truth)


def long() -> Stranger:
    """A table over three pages with its head again, under a running title and above a page number."""
    truth, rows = Truth("long"), []
    for place in PLACES:
        for month in range(1, 13):
            own = truth.row("meldingen", place, [(f"2022-{month:02}", kind) for kind in KINDS])
            rows.append([place, f"{MONTHS[month - 1]} 2022", *map(dots, own)])
    page = PAGE.replace("margin: 2cm", 'margin: 2cm, numbering: "1 / 1", header: [Veilig Thuis Twente #h(1fr) 2022]')
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    head = "table.header([Gemeente], [Maand], [KM], [HG], [OM])"
    body = f"Meldingen\n#table(columns: 5, align: (left, left, right, right, right), {head}, {cells})"
    return Stranger(".pdf", partial(pdf, body, page=page), truth)


MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def months() -> Stranger:
    """Months across with their sum and mean."""
    truth, rows = Truth("months"), []
    for place in PLACES:
        own = truth.row("meldingen", place, [(f"2022-{n:02}", ALL) for n in range(1, 13)])
        mean = f"{sum(own) / 12:.1f}".replace(".", ",")
        rows.append([place, *map(dots, own), dots(sum(own)), mean])
    head = ("Gemeente", *MONTHS, "totaal", "Gem. p. maand")
    page = PAGE.replace("width: 210mm, height: 297mm", "width: 297mm, height: 210mm")
    return Stranger(".pdf", partial(pdf, "Meldingen\n" + table(head, rows, "inset: 3pt,"), page=page), truth)


def lying() -> Stranger:
    """A broad table that lies on an upright page."""
    truth, rows = Truth("lying"), []
    for place in PLACES:
        own = truth.row("meldingen", place, [(f"2022-{n:02}", ALL) for n in range(1, 13)])
        rows.append([place, *map(dots, own)])
    inner = f"Meldingen\n{table(('Gemeente', *MONTHS), rows, 'inset: 4pt,')}"
    body = f"#pagebreak()\n#rotate(-90deg, reflow: true)[#box(width: 24cm)[{inner}]]"
    return Stranger(".pdf", partial(pdf, body), truth)


def coloured() -> Stranger:
    """White letters on coloured heads of two levels, and stripes."""
    truth = Truth("coloured")
    rows = [
        [p, *map(dots, truth.row("meldingen", p, [(y, k) for y in ("2021", "2022") for k in KINDS]))] for p in PLACES
    ]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    white = "#text(fill: white)"
    upper = f"[], table.cell(colspan: 3)[{white}[2021]], table.cell(colspan: 3)[{white}[2022]]"
    lower = ", ".join(f"[{white}[{name}]]" for name in ("Gemeente", "KM", "HG", "OM", "KM", "HG", "OM"))
    fill = "(x, y) => if y < 2 { purple } else if calc.odd(y) { luma(230) }"
    body = f"Meldingen\n#table(columns: 7, align: center, stroke: none, fill: {fill}, {upper}, {lower}, {cells})"
    return Stranger(".pdf", partial(pdf, body), truth)


def newsletter() -> Stranger:
    """Two columns of justified sentences with numbers in them, and a table across the page."""
    truth = Truth("newsletter")
    rows = [[p, *map(dots, truth.row("meldingen", p, [("2021", ALL), ("2022", ALL)]))] for p in PLACES]
    text = f"#columns(2)[#set par(justify: true)\n{write(PROSE * 5)}]\n"
    return Stranger(".pdf", partial(pdf, text + "\nMeldingen\n" + table(("Gemeente", "2021", "2022"), rows)), truth)


def scanned() -> Stranger:
    """A page that is a picture among pages of text."""
    truth = Truth("scanned")
    rows = [[p, dots(truth.add("meldingen", p))] for p in PLACES]
    grey = 'image(bytes(range(256)), format: (encoding: "luma8", width: 16, height: 16), width: 16cm, height: 24cm)'
    body = f"Meldingen\n{table(('Gemeente', '2022'), rows)}#pagebreak()\n#{grey}"
    return Stranger(".pdf", partial(pdf, body), truth)


def board() -> Stranger:
    """A print of a dashboard: cards with large numbers, and a table with Total."""
    truth, rows = Truth("board"), []
    for place in PLACES:
        own = truth.row("meldingen", place, [("2022", kind) for kind in KINDS])
        rows.append([place, *map(dots, own), dots(sum(own))])
    cards = ", ".join(f"align(center)[#text(24pt)[{number}] \\ #text(8pt)[{label}]]" for number, label in CARDS)
    body = f"#grid(columns: (5cm, 5cm, 5cm), {cards})\n\nMeldingen\n"
    return Stranger(".pdf", partial(pdf, body + table(("Gemeente", "KM", "HG", "OM", "Total"), rows)), truth)


CARDS = (("4.561", "Meldingen"), ("36,2%", "Aandeel politie"), ("98", "Huisverboden"))


def thirds() -> Stranger:
    """Groups of three rows, named in the middle: on the line of no row, and of one row where it is alone."""
    listed = [(f"{month} 2022", f"2022-{n:02}") for n, month in enumerate(("jan", "feb", "mrt"), 1)]
    return name_beside("thirds", "Maand", lambda place: listed[:1] if place == "Borne" else listed)


def tops() -> Stranger:
    """Groups of other lengths, named at their top."""
    truth, rows = Truth("tops"), []
    for size, place in enumerate(PLACES[:5], 1):
        for n in range(1, size + 1):
            own = truth.row("meldingen", place, [(f"2022-{n:02}", kind) for kind in KINDS])
            rows.append([place if n == 1 else "", f"{MONTHS[n - 1]} 2022", *map(dots, own)])
    body = "Meldingen\n" + table(("Gemeente", "Maand", "KM", "HG", "OM"), rows, labels=2)
    return Stranger(".pdf", partial(pdf, body), truth)


def rates() -> Stranger:
    """No counts, though the heading is that of counts: per 1.000 inhabitants, and shares without their sign."""
    other = Truth("rates")
    rows = [[p, f"{n % 9},{n % 10}", str(n % 9)] for n, p in enumerate(PLACES)]
    shares = [[p, str(other.dice.randrange(100))] for p in PLACES]
    body = f"Meldingen\n\nper 1.000 inwoners\n{table(('Gemeente', '2021', '2022'), rows)}\nAdviezen\n\n"
    return Stranger(".pdf", partial(pdf, f"{body}in procenten\n{table(('Gemeente', '2022'), shares)}"), Truth("rates"))


def twice() -> Stranger:
    """Two tables under one heading: by year, and by month."""
    truth = Truth("twice")
    years_ = [[p, *map(dots, truth.row("meldingen", p, [("2020", ALL), ("2021", ALL)]))] for p in PLACES]
    months_ = [[p, *map(dots, truth.row("meldingen", p, [(f"2022-{n:02}", ALL) for n in (1, 2, 3)]))] for p in PLACES]
    body = f"Meldingen\n{table(('Gemeente', '2020', '2021'), years_)}\nMeldingen\n"
    return Stranger(".pdf", partial(pdf, body + table(("Gemeente", "jan", "feb", "mrt"), months_)), truth)


def fat() -> Stranger:
    """Letters that are printed twice to look fat."""
    truth = Truth("fat")
    rows = [[p, *map(dots, truth.row("meldingen", p, [("2021", ALL), ("2022", ALL)]))] for p in PLACES]
    double = [[f"#box[#place(dx: 0.25pt)[{text}]{text}]" for text in row] for row in rows]
    return Stranger(".pdf", partial(pdf, "Meldingen\n" + table(("Gemeente", "2021", "2022"), double)), truth)


def holes() -> Stranger:
    """Blanks, an empty column, stars behind years, and a sum before its parts."""
    truth, rows = Truth("holes"), []
    for n, place in enumerate(PLACES):
        own = truth.row("meldingen", place, [("2020", ALL), ("2021", ALL), ("2022", ALL)])
        texts = ["", *map(dots, own)]
        if n % 3 == 0:
            del truth["meldingen", place.lower(), "2021", ALL]
            texts[2] = ""
        rows.append([place, *texts])
    body = "Meldingen\n" + table(("Gemeente", "2019", "2020", "2021*", "2022**"), rows)
    return Stranger(".pdf", partial(pdf, body + "\\* voorlopige cijfers"), truth)


def three() -> Stranger:
    """Three tables beside each other, each longer than the one before."""
    truth = Truth("three")
    parts = []
    for n, name in enumerate(("meldingen", "adviezen", "onderzoeken")):
        rows = [[p, dots(truth.add(name, p))] for p in PLACES[: 4 + 2 * n]]
        parts.append(f"[{name.capitalize()}\n{table(('Gemeente', '2022'), rows)}]")
    return Stranger(".pdf", partial(pdf, f"#grid(columns: 3, gutter: 1cm, {', '.join(parts)})"), truth)


def next_page() -> Stranger:
    """A table at the end of a page, and the labels of a chart without a title at the top of the next."""
    truth = Truth("next_page")
    rows = [[p, dots(truth.add("meldingen", p))] for p in PLACES[:4]]
    bars = "".join(
        f"#grid(columns: (3cm, auto, auto), [{p}], rect(width: {10 + 9 * n}mm, height: 8pt), [{17 + 6 * n}])\n"
        for n, p in enumerate(PLACES[4:])
    )
    body = f"Meldingen\n{table(('Gemeente', '2022'), rows)}#pagebreak()\n{bars}"
    return Stranger(".pdf", partial(pdf, body), truth)


def pairs() -> Stranger:
    """Under each year a number and its share."""
    truth, rows = Truth("pairs"), []
    for place in PLACES:
        own = truth.row("meldingen", place, [("2021", ALL), ("2022", ALL)])
        rows.append([place, dots(own[0]), f"{own[0] % 100}%", dots(own[1]), str(own[1] % 100)])
    upper = "table.cell(rowspan: 2)[Gemeente], table.cell(colspan: 2)[2021], table.cell(colspan: 2)[2022]"
    cells = ", ".join(f"[{cell}]" for row in [("Aantal", "%", "Aantal", "%"), *rows] for cell in row)
    align = "align: (x, y) => if x == 0 { left } else if y == 0 { center } else { right }"
    body = f"Meldingen\n#table(columns: 5, {align}, {upper}, {cells})"
    return Stranger(".pdf", partial(pdf, body), truth)


def below() -> Stranger:
    """The heading of each table under it: the first is of no table above."""
    parts = []
    for label, indicator in (("Tabel 1 Meldingen", "meldingen"), ("Tabel 2 Adviezen", "adviezen")):
        rows = [[p, *map(dots, Truth(indicator).row(indicator, p, [("2021", ALL), ("2022", ALL)]))] for p in PLACES]
        parts.append(
            f"#figure({table(('Gemeente', '2021', '2022'), rows)[1:].strip()}, supplement: none, gap: 4pt, "
            f"numbering: none, caption: [{label}])\n#v(1cm)\n"
        )
    return Stranger(".pdf", partial(pdf, "".join(parts)), Truth("below"))


def english() -> Stranger:
    """Thousands with a comma: asked."""
    truth = Truth("english")
    rows = [[p, dots(truth.add("meldingen", p), ",")] for p in PLACES]
    return Stranger(".pdf", partial(pdf, "Meldingen\n" + table(("Gemeente", "2022"), rows)), truth)


# --- Office ----------------------------------------------------------------------------------------------------------


def book(sheets: dict[str, list[list[object]]], path: Path, hidden: Sequence[str] = (), merged: str = "") -> None:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name in hidden:
            sheet.sheet_state = "hidden"
    if merged:
        made.worksheets[0].merge_cells(merged)
    made.save(path)


def sheets() -> Stranger:
    """Tables under and beside each other on one sheet, titles right under numbers, remarks, text numbers."""
    truth = Truth("sheets")
    rows: list[list[object]] = [[TITLE], ["Tabel 1 Meldingen"], ["Gemeente", 2021, 2022]]
    rows += [[p, *map(dots, truth.row("meldingen", p, [("2021", ALL), ("2022", ALL)]))] for p in PLACES]
    rows += [["Tabel 2 Adviezen"], ["Gemeente", 2021, 2022]]
    rows += [[p, *truth.row("adviezen", p, [("2021", ALL), ("2022", ALL)])] for p in PLACES]
    rows += [["Bron: registratie, 12 januari 2023"], []]
    rows += [["Onderzoeken", None, None, None, "Huisverboden"], ["Gemeente", 2021, 2022, None, "Gemeente", 2021, 2022]]
    for p in PLACES:
        one, two = (truth.row(i, p, [("2021", ALL), ("2022", ALL)]) for i in ("onderzoeken", "huisverboden"))
        rows.append([p, *one, None, p, *two])
    old: list[list[object]] = [["Meldingen"], ["Gemeente", 2019], ["Almelo", 5], ["Borne", 6]]
    return Stranger(".xlsx", partial(book, {"Overzicht": rows, "Oud": old}, hidden=("Oud",)), truth)


def unnamed() -> Stranger:
    """A title on the first sheet alone; the others say by their name what they count, or nothing."""
    truth = Truth("unnamed")
    made: dict[str, list[list[object]]] = {}
    for name, indicator in (("Blad1", "meldingen"), ("Adviezen", "adviezen"), ("Blad3", "onderzoeken")):
        title: list[list[object]] = [[TITLE], [], ["Meldingen"]] if name == "Blad1" else []
        body = [[p, *truth.row(indicator, p, [("2021", ALL), ("2022", ALL)])] for p in PLACES]
        made[name] = [*title, ["Gemeente", 2021, 2022], *body]
    return Stranger(".xlsx", partial(book, made), truth, {"2021": "Onderzoeken", "Gemeente": "Onderzoeken"})


def merged() -> Stranger:
    """Merged years above KM, HG and OM, a column and a row of totals, and a remark in the middle."""
    truth, total = Truth("merged"), [0] * 8
    rows: list[list[object]] = [[TITLE], ["Meldingen"], [None, 2021, None, None, None, 2022]]
    rows.append(["Gemeente", *(["KM", "HG", "OM", "Totaal"] * 2)])
    for p in PLACES:
        own = []
        for year in ("2021", "2022"):
            part = truth.row("meldingen", p, [(year, kind) for kind in KINDS])
            own += [*part, sum(part)]
        rows.append([p, *own])
        total = [a + b for a, b in zip(total, own, strict=True)]
    rows += [["Totaal", *total], ["* voorlopige cijfers"]]
    return Stranger(".xlsx", partial(book, {"Blad1": rows}, merged="B3:E3"), truth)


def letter() -> Stranger:
    """A Word document in which a gemeente is merged over its quarters."""
    truth = Truth("letter")

    def make(path: Path) -> None:
        path_truth = Truth("letter")
        made = docx.Document()
        made.add_paragraph(TITLE)
        made.add_paragraph(PROSE)
        made.add_paragraph("Meldingen")
        grid = made.add_table(13, 5)
        for n, text in enumerate(("Gemeente", "Kwartaal", "KM", "HG", "OM")):
            grid.cell(0, n).text = text
        for n, place in enumerate(PLACES[:3]):
            for quarter in range(1, 5):
                row = 4 * n + quarter
                own = path_truth.row("meldingen", place, [(f"2022-Q{quarter}", kind) for kind in KINDS])
                for m, text in enumerate((f"Q{quarter}", *map(dots, own)), 1):
                    grid.cell(row, m).text = text
            grid.cell(4 * n + 1, 0).merge(grid.cell(4 * n + 4, 0)).text = place
        made.save(str(path))

    for place in PLACES[:3]:
        for quarter in range(1, 5):
            truth.row("meldingen", place, [(f"2022-Q{quarter}", kind) for kind in KINDS])
    return Stranger(".docx", make, truth)


def saved() -> Stranger:
    """A saved web page with years down, and thousands with a blank."""
    truth, rows = Truth("saved"), []
    for year in ("2019", "2020", "2021", "2022"):
        own = [truth.add("meldingen", p, year) for p in PLACES]
        rows.append("".join(f"<td>{text}</td>" for text in (year, *(dots(n, "&nbsp;") for n in own))))
    heads = "".join(f"<th>{text}</th>" for text in ("Jaar", *PLACES))
    listed = "".join(f"<tr>{row}</tr>" for row in rows)
    page = f"<meta charset=utf-8><h1>{TITLE}</h1><p>{PROSE}</p><h2>Aantal meldingen</h2><table><tr>{heads}</tr>{listed}"
    return Stranger(".html", partial(_save, page), truth)


def page(*parts: str) -> Callable[[Path], None]:
    return partial(_save, f"<meta charset=utf-8><h1>{TITLE}</h1>{''.join(parts)}")


def html_table(head: Sequence[object], rows: Sequence[Sequence[object]]) -> str:
    listed = (f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (head, *rows))
    return f"<table>{''.join(listed)}</table>"


def sections() -> Stranger:
    """A section for each gemeente, with two tables: the second is of the gemeente too, though its name stands above."""
    truth, parts = Truth("sections"), []
    for place in PLACES[:3]:
        parts.append(f"<h2>Gemeente {place}</h2><p>In {place} is veel gebeurd.</p>")
        for indicator in ("meldingen", "adviezen"):
            rows = [
                [kind.upper(), *truth.row(indicator, place, [(f"2022-Q{n}", kind) for n in (1, 2)])] for kind in KINDS
            ]
            parts.append(f"<h3>{indicator.capitalize()}</h3>{html_table(('', 'Q1 2022', 'Q2 2022'), rows)}")
    return Stranger(".html", page(*parts), truth)


def things() -> Stranger:
    """Two things that are counted, across under years, and down beside each gemeente."""
    truth = Truth("things")
    pairs = [(i, y) for y in ("2021", "2022") for i in ("onderzoeken", "huisverboden")]
    across = [[p, *(truth.add(indicator, p, year) for indicator, year in pairs)] for p in PLACES]
    head = ("Gemeente", *(f"{indicator.capitalize()} {year}" for indicator, year in pairs))
    down = [
        [*([p] if indicator == "meldingen" else [""]), indicator.capitalize(), *truth.row(indicator, p, YEARS)]
        for p in PLACES
        for indicator in ("meldingen", "adviezen")
    ]
    body = html_table(head, across) + "<h2>Instroom</h2>" + html_table(("Gemeente", "Soort", "2021", "2022"), down)
    return Stranger(".html", page("<h2>Diensten</h2>", body), truth)


YEARS = [("2021", ALL), ("2022", ALL)]


def worded() -> Stranger:
    """KM, HG and OM in words, and the total of the region by its name; months down and years across."""
    truth = Truth("worded")
    rows = [[p, *truth.row("meldingen", p, [("2022", kind) for kind in KINDS])] for p in PLACES]
    rows.append(["Twente totaal", *(sum(row[n] for row in rows) for n in (1, 2, 3))])
    head = ("Gemeente", "Kindermishandeling", "Huiselijk geweld", "Ouderenmishandeling")
    months = [
        [name, *truth.row("adviezen", "twente", [(f"{year}-{n:02}", ALL) for year in (2021, 2022)])]
        for n, name in enumerate(("Januari", "Februari", "Maart"), 1)
    ]
    body = f"<h2>Meldingen</h2>{html_table(head, rows)}<h2>Adviezen</h2>{html_table(('Maand', 2021, 2022), months)}"
    return Stranger(".html", page(body), truth)


def _save(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8")


def plain() -> Stranger:
    """Columns of blanks in letters of one width."""
    truth = Truth("plain")
    lines = [f"{'Gemeente':14}{'2021':>8}{'2022':>8}"]
    for p in PLACES:
        own = truth.row("meldingen", p, [("2021", ALL), ("2022", ALL)])
        lines.append(f"{p:14}{dots(own[0]):>8}{dots(own[1]):>8}")
    text = "\n".join(lines)
    body = f'Meldingen\n#text(font: "DejaVu Sans Mono")[#raw("{text}", block: true)]'.replace("\n", "\\n", 0)
    return Stranger(".pdf", partial(pdf, body), truth)


STRANGERS: dict[str, Callable[[], Stranger]] = {
    each.__name__: each
    for each in (
        rowspan, rotated, beside, around, shares, marks, years, chart, stacked, long, months, lying, coloured,
        newsletter, scanned, board, sheets, unnamed, merged, letter, saved, plain,
        thirds, tops, rates, twice, fat, holes, three, next_page, english, pairs, below,
        sections, things, worded, withheld,
    )
}  # fmt: skip


def list_all() -> Iterator[tuple[str, Stranger]]:
    for name, make in STRANGERS.items():
        yield name, make()


# --- what becomes of them --------------------------------------------------------------------------------------------


@dataclass
class Account:
    """What became of the numbers of a document, and those that nothing became of."""

    printed: int
    accepted: int
    asked: int
    left: int
    wrong: dict[object, float]
    silent: list[str]


def account(stranger: Stranger, document: Document, known: Known, folder: Path) -> Account:
    """What comes of a document, of which a person answers what its tables count."""
    draft = make_draft(document, known, {}, {})
    answers = {u.heading: label for u in draft.unread for name, label in stranger.answers.items() if name in u.heading}
    if answers:
        draft = make_draft(document, known, {}, {TABLES: answers})
    found = list_found(draft, known, folder)
    left = list_left(draft)
    right = {key for key, value in found.items() if stranger.truth.get(key) == value}
    return Account(
        printed=len(stranger.truth),
        accepted=len(right),
        asked=len(list_open(draft)),
        left=sum(len(each.texts) for each in left if not each.in_text),
        wrong={key: value for key, value in found.items() if key not in right},
        silent=list_silent(document, draft, left),
    )


def list_found(draft: Draft, known: Known, folder: Path) -> dict[Key, float]:
    """What a draft says, but for its totals."""
    if not draft.readings:
        return {}
    write_report(folder / "report.yaml", draft.content)
    report = load_report(folder / "report.yaml", "found", known.catalogue, DATA / "layouts")
    return {
        (table.indicator, str(cell.key.place), str(cell.key.period), str(cell.key.geweld)): cell.value
        for table in report.tables
        for cell in table.cells
    }


def list_silent(document: Document, draft: Draft, left: Sequence[Left]) -> list[str]:
    """The numbers of a document that were neither read, nor are the label of anything, nor listed as left."""
    told = Counter(word for each in left for _, texts in each.rows for text in texts for word in _list_words(text))
    cells = {id(cell): cell for table in draft.document.tables for cell in table.cells}
    seen = {id(cell) for reading in draft.readings for cell in reading.seen}
    told += Counter(w for i, c in cells.items() if i in seen or not is_number(c.text) for w in _list_words(c.text))
    printed = [phrase.text for page in document.pages for phrase in page.phrases]
    printed += [cell.text for table in document.tables for cell in table.cells]
    return list((Counter(w for text in printed for w in _list_words(text)) - told).elements())


def _list_words(text: str) -> list[str]:
    return [word for word in list_numbers(text) if word]
