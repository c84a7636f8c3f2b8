"""What all parts of a deck share: a place on a slide, what is found in its XML, and colours as places in its theme, so
that another theme recolours charts, legends and text."""

from typing import Any, NamedTuple

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml.ns import namespaces
from pptx.oxml.xmlchemy import BaseOxmlElement

from vt.figures.chart import Role
from vt.render import theme

Drawn = Any  # what python-pptx and lxml make: they have few types
FONT = "+mn-lt"  # the type of text in the theme
_NAMES = {
    MSO_THEME_COLOR.TEXT_1: "tx1",
    MSO_THEME_COLOR.BACKGROUND_1: "bg1",
    MSO_THEME_COLOR.TEXT_2: "tx2",
    MSO_THEME_COLOR.BACKGROUND_2: "bg2",
    MSO_THEME_COLOR.ACCENT_1: "accent1",
    MSO_THEME_COLOR.ACCENT_2: "accent2",
    MSO_THEME_COLOR.ACCENT_3: "accent3",
    MSO_THEME_COLOR.ACCENT_4: "accent4",
    MSO_THEME_COLOR.ACCENT_5: "accent5",
    MSO_THEME_COLOR.ACCENT_6: "accent6",
    MSO_THEME_COLOR.FOLLOWED_HYPERLINK: "folHlink",
}
# A place in the theme, and how much lighter (or darker, below zero) than what stands there.
_PLACES: dict[str, tuple[MSO_THEME_COLOR, float]] = {
    theme.INK: (MSO_THEME_COLOR.TEXT_1, 0),
    theme.PAPER: (MSO_THEME_COLOR.BACKGROUND_1, 0),
    theme.QUIET: (MSO_THEME_COLOR.TEXT_2, 0),
    theme.LINE: (MSO_THEME_COLOR.BACKGROUND_2, -0.1),
    theme.COLOURS[Role.THIS]: (MSO_THEME_COLOR.ACCENT_1, 0),
    theme.COLOURS[Role.KM]: (MSO_THEME_COLOR.ACCENT_2, 0),
    theme.COLOURS[Role.HG]: (MSO_THEME_COLOR.ACCENT_3, 0),
    theme.COLOURS[Role.OM]: (MSO_THEME_COLOR.ACCENT_4, 0),
    theme.COLOURS[Role.OTHERS]: (MSO_THEME_COLOR.ACCENT_5, 0),
    theme.COLOURS[Role.REGION]: (MSO_THEME_COLOR.ACCENT_6, 0),
    theme.COLOURS[Role.UNCERTAIN]: (MSO_THEME_COLOR.ACCENT_5, 0.1),
    theme.COLOURS[Role.NATION]: (MSO_THEME_COLOR.TEXT_2, 0.1),
    theme.COLOURS[Role.NONE]: (MSO_THEME_COLOR.TEXT_1, 0.15),
    theme.COLOURS[Role.UNKNOWN]: (MSO_THEME_COLOR.BACKGROUND_1, -0.44),
    theme.COLOURS[Role.PLACE_2]: (MSO_THEME_COLOR.FOLLOWED_HYPERLINK, 0),
    theme.COLOURS[Role.PLACE_3]: (MSO_THEME_COLOR.ACCENT_2, 0.1),
    theme.COLOURS[Role.PLACE_4]: (MSO_THEME_COLOR.ACCENT_3, -0.5),
    theme.COLOURS[Role.PLACE_5]: (MSO_THEME_COLOR.ACCENT_6, 0.25),
    theme.COLOURS[Role.PLACE_6]: (MSO_THEME_COLOR.ACCENT_4, 0.25),
    theme.COLOURS[Role.PEERS]: (MSO_THEME_COLOR.FOLLOWED_HYPERLINK, -0.25),
    theme.COLOURS[Role.STEP_1]: (MSO_THEME_COLOR.ACCENT_1, 0.9),
    theme.COLOURS[Role.STEP_2]: (MSO_THEME_COLOR.ACCENT_1, 0.75),
    theme.COLOURS[Role.STEP_3]: (MSO_THEME_COLOR.ACCENT_1, 0.5),
    theme.COLOURS[Role.STEP_4]: (MSO_THEME_COLOR.ACCENT_1, 0.25),
    theme.COLOURS[Role.NO_DATA]: (MSO_THEME_COLOR.BACKGROUND_2, 0),
    theme.COLOURS[Role.CHANCE]: (MSO_THEME_COLOR.BACKGROUND_2, -0.05),
    theme.COLOURS[Role.ELSEWHERE]: (MSO_THEME_COLOR.BACKGROUND_2, -0.05),
    theme.COLOURS[Role.APART]: (MSO_THEME_COLOR.ACCENT_3, 0.4),
}


class Box(NamedTuple):
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float


def find_elements(element: Drawn, path: str) -> list[Drawn]:
    """What an XPath finds in an element of a presentation."""
    if isinstance(element, BaseOxmlElement):
        return list(element.xpath(path))
    return list(element.xpath(path, namespaces=namespaces("a", "c", "p")))


def list_places() -> dict[str, tuple[str, float]]:
    """Each of our colours with the name of its place in the theme, and how much lighter it is than that."""
    return {colour: (_NAMES[place], lighter) for colour, (place, lighter) in _PLACES.items()}


def paint(made: Drawn, colour: str) -> None:
    """Gives a colour of python-pptx the place in the theme that one of our colours has."""
    made.theme_color, made.brightness = _PLACES[colour]


def name_colour(colour: str) -> tuple[str, int, int]:
    """The same as XML writes it: the name of the place, and of its luminance how much stays and comes on top, in
    thousands of a percent."""
    place, lighter = _PLACES[colour]
    on_top = max(lighter, 0)
    return _NAMES[place], round((1 - abs(lighter)) * 100_000), round(on_top * 100_000)
