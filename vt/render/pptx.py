"""A deck as a PowerPoint file: charts that can be edited, what must be known about a number on its slide, notes."""

import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, time
from typing import NamedTuple

from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation
from pptx.slide import Slide as Page
from pptx.util import Emu, Pt

from vt.figures import wording
from vt.figures.chart import (
    AreaMap,
    BarChart,
    FlowChart,
    HeatMap,
    Legend,
    Multiples,
    NumberChart,
    PairChart,
    WholeChart,
)
from vt.figures.deck import FEW, MOST_TOGETHER, Deck, Slide, group_slides, join_subjects, title_groups
from vt.figures.figure import Figure, Subject, cite
from vt.figures.keyfigures import tabulate_key_figures
from vt.figures.notices import Notice, Reason
from vt.figures.signs import explain_signs, find_one_number, name_contested
from vt.figures.wording import clean
from vt.model.catalogue import lower_first
from vt.render import theme
from vt.render.house import find_template, recolour, stands_out
from vt.render.html import fill_template
from vt.render.image import draw_slide_png
from vt.render.pptx_chart import (
    add_charts,
    describe_shape,
    lines_height,
    part_rows,
    plan_charts,
)
from vt.render.pptx_dots import add_dots, plan_dots
from vt.render.pptx_table import (
    GUTTER,
    add_heat_map,
    add_parts,
    add_reading,
    add_rest,
    add_table,
    count_lines,
    has_room,
)
from vt.render.pptx_template import SUBTITLE, Template, find_text
from vt.render.pptx_theme import Box, Drawn, find_elements, paint
from vt.render.text import text_width, wrap_text
from vt.render.vega.forms import list_texts, rows

LANGUAGE = "nl-NL"
AUTHOR = "Veilig Thuis-cijfers"
TEXTS = (
    "Wat met een teken of een percentage bij een balk staat, komt uit de kolommen “Tekst bij …” van het gegevensblad: "
    "een formule gaat mee met het getal, een vaste tekst wijzigt u daar."
)
KEY_FIGURES = "Van elke plaats het nieuwste getal in deze presentatie, niet omgerekend"
LEAST_CHART, LEAST_DOTS = 210.0, 480.0
LEAST_FOR_CONTENTS = 8
LEAST_KEY_FIGURES, MOST_KEY_FIGURES = 3, 12
_SMALL_TITLE, _LEAST_COVER = 46.0, 16
LARGE_TABLE = 28  # points
LEAST_SIZE = 12  # of text beside a chart, in points
_SENTENCE_SIZES = (20, 18, 16, 14, LEAST_SIZE)
_LARGEST_HIDDEN = 36
_NUMBER_SIZES = (120, 96, 72, 60, 48, 36, 28, 20)
_TITLE_SIZES = (26, 24, 22, 20, 18, 16, 14)
_SUBTITLE_SIZES = (16, 15, 14, 13, LEAST_SIZE)
_TEXT_SIZE, _TEXT_AFTER, _LEGEND = 15, 7.0, 14.0
_MOST_FOOT = 60.0
_PICTURES = (AreaMap, FlowChart, Multiples)


class Run(NamedTuple):
    """A piece of text of one look; `link` is the address that it leads to. Its colour is a place in the theme, or that
    which it has in a picture."""

    text: str
    colour: str = ""
    is_bold: bool = False
    link: str = ""
    is_of_picture: bool = False


Paragraph = tuple[Run, ...]


def write_pptx(deck: Deck, advance: Callable[[int], None] | None = None) -> bytes:
    """The deck as a .pptx; `advance` is told how many slides of the deck are done, after each."""
    template = Template.open(find_template())
    made = template.made
    _add_cover(template, deck)
    if len(deck.slides) > 1:
        _add_key_figures(template, deck)
    groups = group_slides(deck.slides)
    titles = title_groups(groups, deck.places)
    if len(groups) >= LEAST_FOR_CONTENTS:
        _add_contents(template, titles)
    starts = {"Samenvatting": 0, "Figuren": len(made.slides)}
    done = 0
    for group, title in zip(groups, titles, strict=True):
        if len(group) == 1:
            _add_figure_page(template, group[0])
        else:
            _add_group_page(template, deck, group, title)
        for _ in group:
            done += 1
            if advance:
                advance(done)
    starts["Bronnen"] = len(made.slides)
    if deck.questions:
        _add_text_pages(template, "Geparkeerde vragen", [_link_text(q.text, q.link) for q in deck.questions])
    _add_text_pages(template, "Bronnen", list(_list_closing(deck)))
    _add_sections(made, starts)
    _tell_properties(made, deck)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _tell_properties(made: Presentation, deck: Deck) -> None:
    about, day = made.core_properties, datetime.combine(deck.made_on, time(12))
    about.title, about.author, about.language = clean(deck.title)[:255], AUTHOR, LANGUAGE
    about.subject, about.last_modified_by = clean(deck.subtitle)[:255], AUTHOR
    about.comments, about.created, about.modified = clean(deck.made)[:255], day, day


def _add_sections(made: Presentation, starts: Mapping[str, int]) -> None:
    """The parts of the deck, as PowerPoint lists them beside its slides: each by its first slide."""
    ids = [slide.slide_id for slide in made.slides]
    ends = [*list(starts.values())[1:], len(ids)]
    parts = [(name, ids[start:end]) for (name, start), end in zip(starts.items(), ends, strict=True) if start < end]
    sections = parse_xml(fill_template("chart", "sections", parts))
    presentation = made.part._element
    presentation.append(sections)


# --- pages -----------------------------------------------------------------------------------------------------------


def _add_cover(template: Template, deck: Deck) -> None:
    page = template.made.slides.add_slide(template.cover)
    _put_title(page, deck.title, template.cover_title, (44, 40, 36, 32, 28, 24, 20))
    said = [deck.subtitle, deck.scope, deck.presented_by, f"Gemaakt op {wording.format_date(deck.made_on)}"]
    texts = [wording.truncate(text, 1200) for text in map(clean, said) if text]
    box, sizes = template.cover_body, (22, 20, 18, 16, 14, 12)
    fits = [n for n in sizes if _measure(texts, n, box.width) + n / 2 * len(texts) <= box.height] or [sizes[-1]]
    whole = (n for n in fits if n >= _LEAST_COVER and all(text_width(text, n) <= box.width for text in texts))
    size = next(whole, fits[0])
    _write(find_text(page).text_frame, [(Run(text),) for text in texts], size, after=size / 2)


def _add_key_figures(template: Template, deck: Deck) -> None:
    """What the deck counts, on one slide."""
    table = tabulate_key_figures(deck)
    if len(table.rows) < LEAST_KEY_FIGURES:
        return
    page = template.made.slides.add_slide(template.figure)
    _put_title(page, "Kerncijfers", template.title, _TITLE_SIZES)
    lines = [[heading.label for heading in table.headings], *([str(v) for v in row] for row in table.rows)]
    written = [text for line in lines[: MOST_KEY_FIGURES + 1] for text in line]
    foot, foot_top = _plan_foot(template, [slide.figure for slide in deck.slides], written)
    top = template.under.top + template.under.height + 12
    box = template.body._replace(top=top, height=foot_top - top - 8)
    most = min(MOST_KEY_FIGURES, count_lines(box.height) - 1)
    more = f" · de eerste {most} van {len(table.rows)}" if len(table.rows) > most else ""
    _put_subtitle(page, template, KEY_FIGURES + more)
    lines = lines[: most + 1]
    add_table(page, "Kerncijfers", lines, 3, box, LARGE_TABLE, spread=1.5)
    _put_foot(page, template, foot, foot_top)
    notes = (text for slide in deck.slides for text in (*slide.figure.flag_texts, *cite(slide.figure.sources)))
    _put_notes(page, [clean(text) for text in dict.fromkeys(notes)])


def _add_contents(template: Template, titles: Sequence[str]) -> None:
    """What is in the deck, on one slide where that can be read."""
    texts = [wording.truncate(clean(f"{n}. {title}"), 170) for n, title in enumerate(titles, 1)]
    tried, box = [(n, after) for n in (15, 14, 13, LEAST_SIZE) for after in (4.0, 1.0)], template.body
    fits = (each for each in tried if _measure(texts, each[0], box.width) + each[1] * len(texts) <= box.height)
    _add_text_pages(template, "Inhoud", [(Run(text),) for text in texts], *next(fits, tried[-1]))


def _add_figure_page(template: Template, slide: Slide) -> None:
    """Title, subtitle, legend, chart, what is shown instead, signs and source, in the order of reading; the notes."""
    body = template.body
    page = template.made.slides.add_slide(template.figure)
    is_whole = _put_title(page, slide.title, template.title, _TITLE_SIZES)
    under = body._replace(top=_put_subtitle(page, template, slide.subtitle) + 4, height=0)
    whole = _plan_page(template, slide.figure.whole, under)
    has_all = has_room(slide.figure.whole, part_rows(slide.figure.whole)[1], whole.box)
    slide = replace(slide, figure=slide.figure.whole) if has_all else slide
    figure, plan = slide.figure, whole if has_all else _plan_page(template, slide.figure, under)
    _put_legend(page, figure, under)
    _put_chart(page, figure, add_reading(page, slide, plan.box))
    _put_remarks(page, plan.remarks, plan.below)
    _put_foot(page, template, plan.foot, plan.foot_top)
    from_sheet = [TEXTS] if _has_texts_of_sheet(page.shapes) else []
    _put_notes(page, [*_list_notes(slide), *from_sheet, *([] if is_whole else [clean(slide.title)])])


class _Page(NamedTuple):
    """What stands below a chart and where: remarks, sources and signs; and what is left for the chart."""

    box: Box
    remarks: list[str]
    below: Box
    foot: list[str]
    foot_top: float


def _plan_page(template: Template, figure: Figure, under: Box) -> _Page:
    """The page of a figure, whose legend begins at the top of a box."""
    top = under.top + _measure_legend(figure, _LEGEND, under.width)
    foot, foot_top = _plan_foot(template, [figure])
    remarks = _fit_remarks([figure], under.width, foot_top - top - LEAST_CHART)
    bottom = foot_top - 6 - _measure(remarks, LEAST_SIZE, under.width)
    box = under._replace(top=top + 8, height=bottom - top - 16)
    return _Page(box, remarks, under._replace(top=bottom, height=foot_top - 6 - bottom), foot, foot_top)


def _add_group_page(template: Template, deck: Deck, group: Sequence[Slide], title: str) -> None:
    """Small figures beside each other, each with its own title, subtitle, legend and chart."""
    page = template.made.slides.add_slide(template.figure)
    _put_title(page, title, template.title, _TITLE_SIZES)
    whole = join_subjects(group, deck.places)
    top = _put_subtitle(page, template, whole.scope) + 10
    foot, foot_top = _plan_foot(template, [slide.figure for slide in group])
    is_lying = all(isinstance(slide.figure.chart, WholeChart | BarChart | PairChart) for slide in group)
    remarks = _fit_remarks([slide.figure for slide in group], template.body.width, _MOST_FOOT)
    bottom = foot_top - 6 - _measure(remarks, LEAST_SIZE, template.body.width)
    boxes = _part(template.body._replace(top=top, height=bottom - top), len(group), is_lying=is_lying)
    size = min(_fit_small(slide, box, _SUBTITLE_SIZES)[1] for slide, box in zip(group, boxes, strict=True))
    heads = [_plan_head(slide, whole, box, size) for slide, box in zip(group, boxes, strict=True)]
    for slide, box, head in zip(group, boxes, heads, strict=True):
        beside = [each for each, other in zip(heads, boxes, strict=True) if other.top == box.top]
        heights = tuple(map(max, zip(*(each.heights for each in beside), strict=True)))
        _put_small(page, slide, box, head._replace(heights=heights), size)
    _put_remarks(page, remarks, template.body._replace(top=bottom, height=foot_top - 6 - bottom))
    _put_foot(page, template, foot, foot_top)
    _put_notes(page, [text for slide in group for text in _list_notes(slide)])


def _part(box: Box, count: int, *, is_lying: bool) -> list[Box]:
    """Boxes beside each other, or two rows of two; of bars that lie three at most below each other."""
    across = 2 if count == MOST_TOGETHER else 1 if is_lying else count
    width, rows = (box.width - GUTTER * (across - 1)) / across, -(-count // across)
    height = (box.height - GUTTER * (rows - 1)) / rows
    spots = [(n % across, n // across) for n in range(count)]
    return [Box(box.left + x * (width + GUTTER), box.top + y * (height + GUTTER), width, height) for x, y in spots]


class _Head(NamedTuple):
    """What stands above a small figure: its title, what it is about, and how high both and its legend are."""

    title: str
    about: str
    heights: tuple[float, ...]


def _fit_small(slide: Slide, box: Box, sizes: Sequence[int]) -> tuple[str, int]:
    return _fit_text(clean(slide.title), box._replace(height=_SMALL_TITLE), sizes, is_bold=True)


def _plan_head(slide: Slide, whole: Subject, box: Box, size: int) -> _Head:
    """The head of a figure among others, which are about a whole together: that need not be said again."""
    title, _ = _fit_small(slide, box, (size,))
    two_lines = box._replace(height=lines_height(2, LEAST_SIZE))
    about, _ = _fit_text(clean(slide.figure.subject.tell_beside(whole)), two_lines, (LEAST_SIZE,))
    heights = _measure([title], size, box.width, is_bold=True), _measure([about], LEAST_SIZE, box.width)
    return _Head(title, about, (*heights, _measure_legend(slide.figure, LEAST_SIZE, box.width)))


def _put_small(page: Page, slide: Slide, box: Box, head: _Head, size: int) -> None:
    """A small figure in its box, below its head."""
    title, about, legend = head.heights
    _put_text(page, "Bevinding", [(Run(head.title, is_bold=True),)], size, box._replace(height=title))
    under = box._replace(top=box.top + title + 1, height=about)
    _put_text(page, "Onderwerp", [(Run(head.about, theme.QUIET),)], LEAST_SIZE, under)
    _put_legend(page, slide.figure, under._replace(top=under.top + about + 2), LEAST_SIZE)
    above = title + about + legend + 7
    left = box._replace(top=box.top + above, height=box.height - above)
    _put_chart(page, slide.figure, add_parts(page, slide.figure, left) if left.height > LEAST_CHART else left)


def _put_title(page: Page, title: str, box: Box, sizes: Sequence[int]) -> bool:
    """Fills the title; whether there was room for the whole of it."""
    whole = clean(title) or "Zonder titel"
    text, size = _fit_text(whole, box, sizes, is_bold=True)
    assert page.shapes.title is not None
    _write(page.shapes.title.text_frame, [(Run(text),)], size)
    return text == whole


def _put_subtitle(page: Page, template: Template, text: str) -> float:
    """The line below the title, or two of them; where what is below it begins."""
    box = template.under
    shown, size = _fit_text(
        clean(text), box._replace(height=max(box.height, lines_height(2, LEAST_SIZE))), _SUBTITLE_SIZES
    )
    held = [each for each in page.placeholders if each.placeholder_format.idx == SUBTITLE]
    if held:
        _write(held[0].text_frame, [(Run(shown),)], size)
    else:
        _put_text(page, "Ondertitel", [(Run(shown, theme.QUIET),)], size, box)
    return box.top + max(box.height, _measure([shown], size, box.width))


def _list_legend(figure: Figure) -> Legend:
    """What the legend on a slide lists: of what has room in the chart, and the names of lines and parts."""
    return (*part_rows(figure)[0].drawn_legend, *figure.chart.named_lines) if figure.chart.roles else ()


def _measure_legend(figure: Figure, size: float, width: float) -> float:
    words = " ".join("x" * (len(clean(text)) + 5) for _, text in _list_legend(figure))
    return lines_height(len(wrap_text(words, size, width)), size) if words else 0


def _put_legend(page: Page, figure: Figure, box: Box, size: float = _LEGEND) -> float:
    """The legend as text with coloured signs; returns where what is below it begins."""
    runs, chart = list[Run](), figure.chart
    for role, text in _list_legend(figure):
        is_other = isinstance(chart, PairChart) and len(chart.rows) > FEW and role in chart.rings
        sign = "┃\xa0" if role in chart.roles_of_lines else "◆\xa0" if is_other else "■\xa0"
        runs.append(Run(sign, theme.COLOURS[role], is_of_picture=isinstance(figure.chart, _PICTURES)))
        runs.append(Run(clean(text).replace(" ", "\xa0") + "    "))
    height = _measure_legend(figure, size, box.width)
    if runs:
        _put_text(page, "Legenda", [tuple(runs)], size, box._replace(height=height))
    return box.top + height


def _plan_foot(template: Template, figures: Sequence[Figure], written: Collection[str] = ()) -> tuple[list[str], float]:
    """The sources of figures on one slide and the signs in what is written there, or else drawn; where it begins."""
    sources = tuple(dict.fromkeys(source for figure in figures for source in figure.sources))
    signs = dict.fromkeys(sign for each in figures for sign in _tell_signs(each, written))
    box = template.foot
    foot = _shorten_foot(cite(sources), " · ".join(signs), box.width)
    return foot, box.top + box.height - max(box.height, _measure(foot, LEAST_SIZE, box.width))


def _tell_signs(figure: Figure, written: Collection[str]) -> Iterable[str]:
    """Which place ended within the period, and what the signs of a figure mean, in what is written, or else in what is
    drawn."""
    drawn = written or list_texts(rows(figure.chart))
    contested = () if written else name_contested(figure, drawn)
    return (*figure.subject.ended, *explain_signs(figure, drawn), *contested)


def _shorten_foot(sources: Sequence[str], signs: str, width: float) -> list[str]:
    """Sources and signs, each on a line; where the sources are too many, where the others stand."""
    kept = [wording.truncate(clean(f"Bron: {source}"), 350) for source in sources]
    ending = [wording.truncate(clean(signs), 350)] if clean(signs) else []
    more: list[str] = []
    while len(kept) > 1 and _measure([*kept, *more, *ending], LEAST_SIZE, width) > _MOST_FOOT:
        kept.pop()
        more = ["Meer bronnen: zie de notities en “Bronnen”."]
    return [*kept, *more, *ending]


def _put_foot(page: Page, template: Template, texts: Sequence[str], top: float) -> None:
    box = template.foot
    box = box._replace(top=top, height=box.top + box.height - top)
    if texts and template.has_footer:
        footer = _copy_placeholder(page, "ftr")
        if top < template.foot.top:
            _move(footer, box)
        _write(footer.text_frame, [(Run(text),) for text in texts], LEAST_SIZE)
    elif texts:
        _put_text(page, "Bron", [(Run(text, theme.QUIET),) for text in texts], LEAST_SIZE, box)
    _copy_placeholder(page, "sldNum")


def _fit_remarks(figures: Sequence[Figure], width: float, most: float) -> list[str]:
    """What is shown instead of what was asked; what has no room is counted."""
    texts = [wording.truncate(clean(text), 350) for text in _list_remarks(figures)]
    kept, more = len(texts), list[str]()
    while kept and _measure([*texts[:kept], *more], LEAST_SIZE, width) > most:
        kept -= 1
        left = len(texts) - kept
        more = [f"Nog {left} {'opmerking' if left == 1 else 'opmerkingen'}: zie de notities."]
    return [*texts[:kept], *more]


def _list_remarks(figures: Sequence[Figure]) -> Iterator[str]:
    """Each once, those first that are about what is shown; one that is not about all with what it is about. Why two
    figures of one thing stand apart is said at the first."""
    about: dict[Notice, list[str]] = {}
    apart: set[str] = set()
    for figure in figures:
        label = figure.subject.label
        told = [notice for notice in figure.notices if notice.reason is not Reason.APART or label not in apart]
        for notice in told:
            about.setdefault(notice, []).append(label)
        apart.update(label for notice in told if notice.reason is Reason.APART)
    for text, labels in ((each.text, about[each]) for each in sorted(about, key=lambda each: each.is_of_another)):
        yield text if len(labels) == len(figures) else f"{wording.join_words(labels)}: {lower_first(text)}"
    yield from dict.fromkeys(text for figure in figures for text in figure.beneath)


def _put_remarks(page: Page, remarks: Sequence[str], box: Box) -> None:
    if remarks:
        _put_text(page, "Opmerkingen", [(Run(text),) for text in remarks], LEAST_SIZE, box)


def _put_number(page: Page, figure: Figure, box: Box) -> bool:
    """One number by itself, as large as there is room, a hidden one no larger than a heading; whether the figure is
    that."""
    one, chart = find_one_number(figure), figure.chart
    if not one or not isinstance(chart, NumberChart) or (chart.before and chart.roles):
        return False
    text = f"{one.text}{chart.sign}"
    tall, wide = box.height * 0.8, box.width
    sizes = [n for n in _NUMBER_SIZES if n <= _LARGEST_HIDDEN] if chart.now.is_hidden else _NUMBER_SIZES
    fits = (n for n in sizes if lines_height(1, n) < tall and text_width(text, n, is_bold=True) < wide)
    size = next(fits, sizes[-1])
    _put_text(page, "Getal", [(Run(text, theme.ACCENT, is_bold=True),)], size, box)
    if one.change:
        top = lines_height(1, size) + 6
        _put_text(page, "Verschil", [(Run(one.change),)], 18, box._replace(top=box.top + top, height=box.height - top))
    return True


def _put_chart(page: Page, figure: Figure, box: Box) -> None:
    if _put_number(page, figure, box):
        return
    if not figure.chart.roles:
        texts = [clean(text) for text in figure.sentences]
        sizes = (n for n in _SENTENCE_SIZES if _measure(texts, n, box.width) + n / 2 * len(texts) <= box.height)
        size = next(sizes, LEAST_SIZE)
        _put_text(page, "Zonder grafiek", [(Run(text),) for text in texts], size, box, size / 2)
        return
    if isinstance(figure.chart, HeatMap):
        add_heat_map(page, figure.chart, figure.alt, box)
        return
    figure, rest = part_rows(figure)
    place = add_rest(page, rest, box)
    if place.width >= LEAST_DOTS and (dots := plan_dots(figure, place)):
        add_dots(page, figure, dots, place)
        return
    if made := plan_charts(figure, place.height):
        add_charts(page, figure, made, place)
        return
    picture = page.shapes.add_picture(
        io.BytesIO(draw_slide_png(figure, place.width, place.height)), Pt(place.left), Pt(place.top)
    )
    scale = min(Pt(place.width) / picture.width, Pt(place.height) / picture.height)
    picture.width, picture.height = Emu(round(picture.width * scale)), Emu(round(picture.height * scale))
    describe_shape(picture, "Grafiek", figure.alt)


def _has_texts_of_sheet(shapes: Drawn) -> bool:
    """Whether texts stand at bars, as "259 (40%)"."""
    return any(shape.has_chart and find_elements(shape.chart._chartSpace, "//c:dLbl//a:t") for shape in shapes)


def _list_notes(slide: Slide) -> list[str]:
    """The notes: what is said first, then all that goes with the numbers."""
    figure = slide.figure
    texts = [slide.spoken, figure.summary]
    texts += [*figure.caveats, *figure.beneath, *figure.notice_texts, *figure.flag_texts]
    texts += [f"Bron: {source}" for source in cite(figure.sources)]
    return [line for text in texts for line in map(clean, text.splitlines()) if line]


def _add_text_pages(
    template: Template,
    title: str,
    paragraphs: Sequence[Paragraph],
    size: float = _TEXT_SIZE,
    after: float = _TEXT_AFTER,
) -> None:
    """Paragraphs under a title, on as few slides as they can be read on."""
    parted = [
        (n, _part_pages(paragraphs, n, template.body, after)) for n in (size, *range(int(size) - 1, LEAST_SIZE - 1, -1))
    ]
    size, pages = min(parted, key=lambda each: len(each[1]))
    for n, held in enumerate(pages, 1):
        page = template.made.slides.add_slide(template.text)
        named = f"{title} ({n} van {len(pages)})" if len(pages) > 1 else title
        _put_title(page, named, template.title, (28,))
        _write(find_text(page).text_frame, held, size, after=after)
        _copy_placeholder(page, "sldNum")


def _part_pages(paragraphs: Sequence[Paragraph], size: float, box: Box, after: float) -> list[list[Paragraph]]:
    """The paragraphs on as many slides as they need, no heading at the end of one."""
    pages: list[list[Paragraph]] = [[]]
    for paragraph in paragraphs:
        if pages[-1] and _measure_page([*pages[-1], paragraph], size, box.width, after) > box.height:
            is_heading = pages[-1][-1][0].is_bold
            pages.append([pages[-1].pop()] if is_heading else [])
        pages[-1].append(paragraph)
    return pages


def _measure_page(paragraphs: Sequence[Paragraph], size: float, width: float, after: float) -> float:
    texts = ["".join(run.text for run in paragraph) for paragraph in paragraphs]
    return _measure(texts, size, width) + after * len(texts)


def _list_closing(deck: Deck) -> Iterable[Paragraph]:
    for source in deck.sources:
        yield (Run(wording.truncate(clean(source), 900)),)
    if deck.left_out:
        yield (Run("Wat er niet in staat", theme.ACCENT, is_bold=True),)
        yield from ((Run(wording.truncate(clean(text), 900)),) for text in deck.left_out)
    yield (Run("Over deze presentatie", theme.ACCENT, is_bold=True),)
    if deck.filters:
        yield (Run(wording.truncate(clean(deck.filters), 900)),)
    if deck.link:
        yield _link_text("Dezelfde weergave met de nieuwste cijfers:", deck.link)
    yield (Run(clean(f"Gegevensversie {deck.data_version}; gemaakt op {wording.format_date(deck.made_on)}.")),)


def _link_text(text: str, link: str) -> Paragraph:
    """A text and the address that it goes with: a hyperlink where it leads to the web."""
    address = clean(link)
    is_web = address.lower().startswith(("http://", "https://")) and " " not in address
    shown = Run(wording.truncate(address, 120), theme.ACCENT if is_web else "", link=address if is_web else "")
    said = wording.truncate(clean(text), 900)
    return (Run(f"{said} "), shown) if address else (Run(said),)


# --- text on a slide -------------------------------------------------------------------------------------------------


def _measure(texts: Sequence[str], size: float, width: float, is_bold: bool = False) -> float:
    return lines_height(sum(len(wrap_text(text, size, width, is_bold)) for text in texts), size)


def _fit_text(text: str, box: Box, sizes: Sequence[int], is_bold: bool = False) -> tuple[str, int]:
    """The text and the largest size at which it fits; cut with an ellipsis where none is small enough."""
    for size in sizes:
        if _measure([text], size, box.width, is_bold) <= box.height:
            return text, size
    lines = wrap_text(text, sizes[-1], box.width, is_bold)[: int(box.height / lines_height(1, sizes[-1]))]
    return f"{' '.join(lines)[:-2].rstrip()}…", sizes[-1]


def _put_text(page: Page, name: str, paragraphs: Sequence[Paragraph], size: float, box: Box, after: float = 0) -> None:
    shape = page.shapes.add_textbox(*(Pt(side) for side in box))
    shape.name = name
    _write(shape.text_frame, paragraphs, size, after)


def _write(frame: Drawn, paragraphs: Sequence[Paragraph], size: float, after: float = 0) -> None:
    """Fills a text frame: Dutch, without margins, wrapped."""
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for n, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(after)
        for run in runs:
            made = paragraph.add_run()
            made.text = run.text
            made.font.size = Pt(size)
            made._r.get_or_add_rPr().set("lang", LANGUAGE)
            if run.is_bold:
                made.font.bold = True
            if run.link:
                made.hyperlink.address = run.link
            elif run.is_of_picture:
                made.font.color.rgb = RGBColor.from_string(recolour(run.colour).lstrip("#"))
                _outline(made, run.colour)
            elif run.colour:
                paint(made.font.color, run.colour)
                _outline(made, run.colour)


def _outline(made: Drawn, colour: str) -> None:
    """Draws a line around a sign that would not stand out."""
    if not stands_out(colour):
        line = f'<a:ln {nsdecls("a")} w="6350"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill></a:ln>'
        made._r.rPr.insert(0, parse_xml(line))


def _copy_placeholder(page: Page, kind: str) -> Drawn:
    """A placeholder of the layout that python-pptx leaves behind, footer or slide number; None where it has none."""
    found = find_elements(page.slide_layout._element, f'.//p:sp[p:nvSpPr/p:nvPr/p:ph[@type="{kind}"]]')
    if not found:
        return None
    element = deepcopy(found[0])
    find_elements(element, "./p:spPr")[0].clear()
    find_elements(element, "./p:nvSpPr/p:cNvPr")[0].set("id", str(max(shape.shape_id for shape in page.shapes) + 1))
    page.shapes._spTree.append(element)
    return next(shape for shape in page.placeholders if shape._element is element)


def _put_notes(page: Page, texts: Sequence[str]) -> None:
    notes = page.notes_slide
    frame = notes.notes_text_frame
    assert frame is not None
    _write(frame, [(Run(text),) for text in texts], 12)
    for shape in list(notes.placeholders):
        if shape.placeholder_format.type is not None and "SLIDE_NUMBER" in str(shape.placeholder_format.type):
            shape._element.getparent().remove(shape._element)


def _move(shape: Drawn, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = (Pt(side) for side in box)
