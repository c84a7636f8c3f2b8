"""The template that a deck is made with: its three layouts, and where on a slide there is room for what, in points.

A template made from ours has layouts of our names; any other has them by what stands in them.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.presentation import Presentation
from pptx.slide import Slide, SlideLayout

from vt.render.pptx_theme import Box, Drawn, find_elements

SUBTITLE = 13  # the number of the place below a title, where a layout has one
_TITLES, _TEXTS = {KIND.TITLE, KIND.CENTER_TITLE}, {KIND.SUBTITLE, KIND.BODY, KIND.OBJECT}
_LEAST_WIDTH, _LEAST_HEIGHT = 600.0, 400.0
_UNDER, _FOOT, _APART = 24.0, 36.0, 4.0


class TemplateError(Exception):
    """A template that no deck can be made with; the text says why."""


@dataclass(frozen=True)
class Template:
    """A presentation without slides, its layouts for a cover, for text and for a figure, and the places in them."""

    made: Presentation
    cover: SlideLayout
    text: SlideLayout
    figure: SlideLayout

    @classmethod
    def open(cls, path: Path) -> "Template":
        """The template in a file; TemplateError where it can't be read, or has no room for a deck."""
        try:
            made = pptx.Presentation(str(path))
        except (OSError, KeyError, ValueError, pptx.exc.PythonPptxError) as error:
            raise TemplateError(f"cannot be read as a .pptx: {error}") from error
        _drop_slides(made)
        cover = _find_layout(made, "Titel", lambda kinds: len(kinds & {KIND.SUBTITLE, KIND.BODY}) == 1)
        text = _find_layout(made, "Tekst", lambda kinds: kinds in ({KIND.BODY}, {KIND.OBJECT}))
        figure = _find_layout(made, "Cijfer", lambda kinds: not kinds, {SUBTITLE})
        template = cls(made, cover, text, figure)
        if template.width < _LEAST_WIDTH or template.foot.top - template.under.top < _LEAST_HEIGHT / 2:
            raise TemplateError("leaves too little room on a slide")
        return template

    @property
    def width(self) -> float:
        """How wide a slide is."""
        return _points(self.made.slide_width)

    @cached_property
    def title(self) -> Box:
        """Where the title of a figure stands."""
        return _place(self.figure, _TITLES)

    @cached_property
    def body(self) -> Box:
        """Where text under a title stands."""
        return _place(self.text, _TEXTS)

    @cached_property
    def under(self) -> Box:
        """Where the line below the title of a figure stands."""
        held = [each for each in _held(self.figure) if each.placeholder_format.idx == SUBTITLE]
        if held:
            return _box(held[0])
        return self.body._replace(top=self.title.top + self.title.height + _APART, height=_UNDER)

    @cached_property
    def has_footer(self) -> bool:
        """Whether sources have room in the footer of a figure; else they stand above it."""
        return _place_or_none(self.figure, {KIND.FOOTER}, self.body.width / 2) is not None

    @cached_property
    def foot(self) -> Box:
        """Where the sources of a figure stand, as high as they usually are."""
        if own := _place_or_none(self.figure, {KIND.FOOTER}, self.body.width / 2):
            return own
        bars = (_place_or_none(self.figure, {kind}) for kind in (KIND.FOOTER, KIND.SLIDE_NUMBER, KIND.DATE))
        bottom = min((bar.top for bar in bars if bar), default=_points(self.made.slide_height) - _FOOT / 2)
        return self.body._replace(top=bottom - _APART - _FOOT, height=_FOOT)

    @cached_property
    def cover_title(self) -> Box:
        """Where the title of the cover stands."""
        return _place(self.cover, _TITLES)

    @cached_property
    def cover_body(self) -> Box:
        """Where the text of the cover stands."""
        return _place(self.cover, _TEXTS)


def find_text(page: Slide) -> Drawn:
    """The place for text on a cover or a slide of text."""
    return next(each for each in page.placeholders if each.placeholder_format.type in _TEXTS)


def _drop_slides(made: Presentation) -> None:
    """Takes out what slides a template has as examples, and how they are parted."""
    for each in list(made.slides._sldIdLst):
        made.part.drop_rel(each.rId)
        each.getparent().remove(each)
    for each in find_elements(made.part._element, "./p:extLst"):
        each.getparent().remove(each)


def _find_layout(
    made: Presentation, name: str, fits: Callable[[set[KIND]], bool], besides: Collection[int] = ()
) -> SlideLayout:
    """The layout of this name, or else the first that has a title and texts that fit; `besides` are places that may be
    there as well."""

    def is_fit(layout: SlideLayout) -> bool:
        held = [each for each in _held(layout) if each.placeholder_format.idx not in besides]
        kinds = {each.placeholder_format.type for each in held if each.width}
        rest = [each for each in held if each.placeholder_format.type in _TEXTS]
        others = kinds - _TITLES - {KIND.FOOTER, KIND.SLIDE_NUMBER, KIND.DATE}
        return len(kinds & _TITLES) == 1 and len(rest) <= 1 and fits(others)

    layouts = [layout for layout in made.slide_layouts if is_fit(layout)]
    found = next((layout for layout in layouts if layout.name == name), next(iter(layouts), None))
    if found is None:
        raise TemplateError(f"has no layout for what {name} is")
    return found


def _place(layout: SlideLayout, kinds: Collection[KIND]) -> Box:
    found = _place_or_none(layout, kinds)
    assert found is not None  # else the layout would not have been taken
    return found


def _place_or_none(layout: SlideLayout, kinds: Collection[KIND], least: float = 1) -> Box | None:
    """Where a layout has a placeholder of these kinds, of at least this width."""
    boxes = (_box(each) for each in _held(layout) if each.placeholder_format.type in kinds and each.width)
    return next((box for box in boxes if box.width >= least), None)


def _held(layout: SlideLayout) -> list[Drawn]:
    places: Drawn = layout.placeholders  # whose iterator its types do not know
    return list(places)


def _box(shape: Drawn) -> Box:
    return Box(*map(_points, (shape.left, shape.top, shape.width, shape.height)))


def _points(size: int | None) -> float:
    return (size or 0) / 12_700
