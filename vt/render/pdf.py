"""A deck as a tagged PDF, set by typst: nothing but a Python package, no browser and no fonts of the machine."""

import json
import re
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst

from vt.figures import wording
from vt.figures.deck import Deck, Slide
from vt.figures.figure import cite
from vt.figures.table import Table
from vt.render import image, theme
from vt.render.house import find_logo, recolour
from vt.render.text import FONT, FONT_FOLDER

_CHART_WIDTH, _SMALL_HEIGHT = 700, 185
_LONGEST_WORD = 30
_FONTS = (FONT, "Libertinus Serif", "DejaVu Sans Mono")
_LABELS = {
    "contents": "Inhoud",
    "filters": "Filters",
    "made": "Gemaakt op",
    "version": "versie van de gegevens",
    "live": "Actuele weergave",
    "sources": "Bronnen",
    "left_out": "Wat de bronnen niet kunnen vullen",
    "questions": "Geparkeerde vragen",
}


def write_pdf(deck: Deck, advance: Callable[[int], None] | None = None) -> bytes:
    """The deck on A4 as PDF/UA-1; `advance` is told how many slides are drawn."""
    slides = []
    for number, slide in enumerate(deck.slides, 1):
        slides.append(_describe_slide(slide))
        if advance:
            advance(number)
    return _compile(_collect_words(deck) | {"slides": slides}, deck.made_on)


def _compile(deck: dict[str, Any], made_on: date) -> bytes:
    template = Path(__file__).with_suffix(".typ").read_bytes()
    compiler = typst.Compiler(font_paths=_load_fonts(), sys_inputs={"deck": recolour(json.dumps(deck))})
    stamp = datetime.combine(made_on, time(12), UTC)
    try:
        made = compiler.compile(template, format="pdf", pdf_standards=["ua-1"], timestamp=stamp)
    except typst.TypstError:  # the standard forbids a sign that no font has; the tags stay
        made = compiler.compile(template, format="pdf", timestamp=stamp)
    return cast(bytes, made)


def _collect_words(deck: Deck) -> dict[str, Any]:
    """All that the template writes but the slides."""
    logo = find_logo()
    return {
        "logo": {"content": list(logo.content), "words": logo.words} if logo else None,
        "footer": _allow_breaks(deck.footer),
        "title": _allow_breaks(deck.title),
        "subtitle": _allow_breaks(deck.subtitle),
        "about": _allow_breaks(" · ".join(filter(None, [deck.scope, deck.presented_by]))),
        "filters": _allow_breaks(deck.filters),
        "link": deck.link,
        "data_version": deck.data_version,
        "made_on": wording.format_date(deck.made_on),
        "sources": list(map(_allow_breaks, deck.sources)),
        "left_out": list(map(_allow_breaks, deck.left_out)),
        "questions": [{"text": _allow_breaks(asked.text), "link": asked.link} for asked in deck.questions],
        "labels": _LABELS,
        "fonts": _FONTS,
        "colours": {"ink": theme.INK, "quiet": theme.QUIET, "line": theme.LINE, "accent": theme.ACCENT}
        | {"tint": theme.TINT},
    }


def _describe_slide(slide: Slide) -> dict[str, Any]:
    """What the template writes of a slide; its chart with room, and low, for where others then fit on its page."""
    figure = slide.figure
    lowest = _SMALL_HEIGHT if slide.is_small else None
    sources = cite(figure.sources)
    label = "Bron" if len(figure.sources) == 1 else "Bronnen"
    return {
        "title": _allow_breaks(slide.title),
        "subtitle": _allow_breaks(slide.subtitle),
        "spoken": _allow_breaks(slide.spoken),
        "notices": list(map(_allow_breaks, [*figure.flag_texts, *figure.notice_texts])),
        "legend": [
            (theme.COLOURS[role], _allow_breaks(meaning), role in figure.chart.rings)
            for role, meaning in figure.drawn_legend
        ],
        "chart": image.draw_chart_svg(figure, _CHART_WIDTH),
        "low": image.draw_chart_svg(figure, _CHART_WIDTH, lowest, is_close=True),
        "alt": figure.alt,
        "sheet": _describe_table(figure.table, figure.doubted),
        "sources": _allow_breaks(f"{label}: {'; '.join(sources)}.") if sources else "",
        "beneath": list(map(_allow_breaks, figure.beneath)),
        "caveats": list(map(_allow_breaks, figure.caveats)),
    }


def _describe_table(sheet: Table, doubted: Collection[tuple[int, int]]) -> dict[str, Any]:
    """A sheet as texts; a doubted number has its mark."""
    rows = [
        [
            _allow_breaks(heading.format(value)) + (" ≠" if (number, column) in doubted and value is not None else "")
            for column, (heading, value) in enumerate(zip(sheet.headings, row, strict=True))
        ]
        for number, row in enumerate(sheet.rows)
    ]
    return {
        "headings": [_allow_breaks(heading.label) for heading in sheet.headings],
        "numeric": [heading.measure is not None for heading in sheet.headings],
        "rows": rows,
        "totals": sorted(sheet.totals),
    }


def _allow_breaks(text: str) -> str:
    """The text with room to break in a word that is longer than any Dutch one, so that it stays on the page."""
    return re.sub(rf"\S{{{_LONGEST_WORD}}}(?=\S)", "\\g<0>\u200b", text)


@cache
def _load_fonts() -> typst.Fonts:
    """Fonts that are the same on every machine: our own, and those in typst for the signs that it lacks."""
    return typst.Fonts(include_system_fonts=False, font_paths=[FONT_FOLDER])
