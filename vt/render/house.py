"""The house style of who runs the site: a PowerPoint template (VT_TEMPLATE) whose colours and logo every file takes.

Any that has room for a title, text and a figure will do (pptx_template.py); best is one made from `template.pptx`: the
same layouts, with a theme, a logo and type of one's own.
"""

import colorsys
import logging
import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pptx
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.shapes.picture import Picture

from vt.render import theme
from vt.render.pptx_template import Template, TemplateError
from vt.render.pptx_theme import find_elements, list_places

log = logging.getLogger("vt")

SHIPPED = Path(__file__).with_name("template.pptx")
_SHOWN = ("image/png", "image/jpeg", "image/gif")  # what every file can show
_SLOTS = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
_LEAST_CONTRAST = 3
_COLOUR = r"<a:{}>\s*<a:(?:srgbClr val|sysClr val=\"\w+\" lastClr)=\"(\w{{6}})\""


class Logo(NamedTuple):
    """A picture: its content, its media type, and its words for who does not see it."""

    content: bytes
    mime: str
    words: str


@cache
def find_template() -> Path:
    """The template that is set, where a deck can be made with it; else the one that comes along."""
    path = Path(os.environ.get("VT_TEMPLATE", "") or SHIPPED)
    try:
        Template.open(path)
    except TemplateError as error:
        log.warning("VT_TEMPLATE is not used: %s %s", path, error)
        return SHIPPED
    return path


def recolour(text: str) -> str:
    """A text in which each of our colours is the one that the template has in its place."""
    colours = _read_colours(find_template())
    if not colours:
        return text
    return re.sub("|".join(colours), lambda found: colours[found[0].upper()], text, flags=re.IGNORECASE)


def stands_out(colour: str) -> bool:
    """Whether one of our colours can be told from the ground of a slide, as the template has both."""
    drawn = _read_drawn(find_template())
    return theme.contrast(drawn.get(colour, colour), drawn[theme.PAPER]) >= _LEAST_CONTRAST


@cache
def _read_drawn(template: Path) -> Mapping[str, str]:
    """Each of our colours as a slide has it, where light and dark may have changed places."""
    known, master = _read_theme(template), pptx.Presentation(str(template)).slide_master
    (names,) = find_elements(master._element, "p:clrMap")
    places = {colour: (names.get(name, name), lighter) for colour, (name, lighter) in list_places().items()}
    return {colour: _lighten(known.get(slot, colour), lighter) for colour, (slot, lighter) in places.items()}


def choose_ink(mark: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a chart whose words are white on a fill: dark where the template has a light colour in its place."""
    if mark.get("ink") != theme.PAPER:
        return dict(mark)
    fill = recolour(mark["colour"])
    best = max(theme.PAPER, theme.INK, key=lambda ink: theme.contrast(recolour(ink), fill))
    return {**mark, "ink": best}


def find_logo() -> Logo | None:
    """The picture that stands on every slide of the template, or else on its first layout with one."""
    return _read_logo(find_template())


@cache
def _read_logo(template: Path) -> Logo | None:
    master = pptx.Presentation(str(template)).slide_master
    for shape in (shape for part in (master, *master.slide_layouts) for shape in part.shapes):
        drawn = shape._element
        if isinstance(shape, Picture) and drawn.blip_rId:
            image = shape.part.related_part(drawn.blip_rId)
            if image.content_type in _SHOWN:
                return Logo(image.blob, image.content_type, drawn.nvPicPr.cNvPr.get("descr") or "Logo")
    return None


@cache
def _read_colours(template: Path) -> Mapping[str, str]:
    """Our colours, each with that of the template, as far as they differ; paper stays white."""
    ours, theirs = _read_theme(SHIPPED), _read_theme(template)
    return {
        colour.upper(): _lighten(theirs[slot], lighter)
        for colour, (name, lighter) in list_places().items()
        if colour != theme.PAPER and theirs.get(slot := _SLOTS.get(name, name)) not in (None, ours[slot])
    }


def _read_theme(template: Path) -> dict[str, str]:
    master = pptx.Presentation(str(template)).slide_master
    scheme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob.decode()
    slots = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "folHlink")
    return {slot: f"#{found[1]}" for slot in slots if (found := re.search(_COLOUR.format(slot), scheme))}


def _lighten(colour: str, lighter: float) -> str:
    """A colour of which the luminance is brought nearer to that of white, or below zero to that of black."""
    hue, light, saturation = colorsys.rgb_to_hls(*(int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)))
    light = light * (1 - abs(lighter)) + max(lighter, 0)
    return "#" + "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))
