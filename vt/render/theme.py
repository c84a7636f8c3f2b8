"""Colours, type and Dutch numbers for charts. One colour has one meaning, on every page.

A fill is at least 3:1 against white, but for the steps of a scale and for ground, which have their number or an edge;
segments that touch are parted by a white line.
"""

from typing import Any

from vt.figures.chart import Role

INK = "#1B2733"
QUIET = "#4A5867"
LINE = "#D5DBE2"
PAPER = "#FFFFFF"
ACCENT = "#154273"
EDGE = "#7A8794"  # of a swatch, a button, the head of a table
TINT = "#F3F6F9"  # behind what is said beside a figure
DOUBT, DOUBT_TINT = "#8A5A00", "#FDF6E7"  # what the checks found
MARKED = "#FFE08A"  # the cell that was asked for
COLOURS = {
    Role.THIS: ACCENT,
    Role.OTHERS: "#7F94AB",
    Role.YEAR_BEFORE: "#7F94AB",
    Role.REGION: "#4F7A9E",
    Role.NATION: "#5C6268",
    Role.PEERS: "#8C4F74",
    Role.KM: "#00736B",
    Role.HG: "#B8500C",
    Role.OM: "#6A4C93",
    Role.NONE: "#38424C",
    Role.UNKNOWN: "#868E98",
    Role.UNCERTAIN: "#8795A5",
    Role.NORM: INK,
    Role.PLACE_1: ACCENT,
    Role.PLACE_2: "#B0437B",
    Role.PLACE_3: "#5A8A00",
    Role.PLACE_4: "#4D3519",
    Role.PLACE_5: "#1A8CC8",
    Role.PLACE_6: "#6F42C8",
    Role.STEP_1: "#DCE7F1",
    Role.STEP_2: "#B3CBE0",
    Role.STEP_3: "#7FA6C9",
    Role.STEP_4: "#4478A8",
    Role.STEP_5: ACCENT,
    Role.NO_DATA: "#F1F3F5",
    Role.CHANCE: "#E3E8EE",
    Role.APART: "#9A8A5A",
    Role.ELSEWHERE: "#E6E9ED",
    Role.LOST: "#868E98",
}
FONT = "Source Sans, Source Sans Pro, sans-serif"
NUMBER_LOCALE = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["€ ", ""]}


def ink_on(fill: str) -> str:
    """The text colour, dark or white, that stands out most on a fill."""
    return max(PAPER, INK, key=lambda ink: contrast(ink, fill))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def css_variables() -> str:
    """The colours of a style sheet, as variables of the root: --vt-ink and so on."""
    colours = {"ink": INK, "quiet": QUIET, "line": LINE, "paper": PAPER, "accent": ACCENT, "edge": EDGE}
    colours |= {"tint": TINT, "doubt": DOUBT, "doubt-tint": DOUBT_TINT, "marked": MARKED}
    colours |= {"others": COLOURS[Role.OTHERS], "region": COLOURS[Role.REGION], "peers": COLOURS[Role.PEERS]}
    return f":root{{{''.join(f'--vt-{name}:{colour};' for name, colour in colours.items())}}}"


def config(size: int | dict[str, str] = 14) -> dict[str, Any]:
    """The Vega-Lite config of every chart; `size` is that of its text."""
    text = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": size, "titleFontSize": size, "labelColor": INK}
    return {
        "font": FONT,
        "background": PAPER,
        "view": {"stroke": None},
        "axis": {**text, "domainColor": LINE, "tickColor": LINE, "gridColor": LINE, "titleColor": QUIET},
        "text": {"font": FONT, "fontSize": size, "color": INK},
        "bar": {"stroke": PAPER, "strokeWidth": 1},
        "locale": {"number": NUMBER_LOCALE},
    }


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
