"""A deck as one HTML file that needs no network: live charts, tables, sources, and pictures where no script runs."""

import json
import re
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from vt.figures import wording
from vt.figures.deck import Deck, Question, Slide
from vt.figures.figure import Figure, Flag
from vt.render import html as markup
from vt.render import image, theme
from vt.render.vega import chart_spec

_PICTURE_WIDTH = 720
_LICENCE = "/* Vega, Vega-Lite and Vega-Embed, (c) University of Washington Interactive Data Lab, BSD-3-Clause */\n"
_TABLE_LINK = re.compile(r'<a href="bronnen\?([^"]*)" target="_self">(.*?)</a>')


def to_html(deck: Deck) -> bytes:
    """The deck as an HTML page, UTF-8; every word from outside is escaped."""
    figures = [_figure(number, slide, deck.link) for number, slide in enumerate(deck.slides, 1)]
    closing = _closing(deck)
    body = (
        '<a class="vt-sla-over" href="#inhoud">Naar de inhoud</a>'
        f'<div class="vt-blad"><header>{_opening(deck)}</header>{_contents(deck, closing)}'
        f'<main id="inhoud" tabindex="-1">{"".join(figures)}{"".join(_section(*each) for each in closing)}</main>'
        "</div>"
    )
    scripts = (_bundle(), Path(__file__).with_suffix(".js").read_text(encoding="utf-8"))
    data = f'<script type="application/json" id="vt-gegevens">{_data(deck)}</script>'
    tags = "".join(f"<script>{script}</script>" for script in scripts)
    return (
        f'<!DOCTYPE html>\n<html lang="nl">{_head(deck.title, scripts)}<body>{body}{data}{tags}</body></html>\n'
    ).encode()


def _head(title: str, scripts: Iterable[str]) -> str:
    hashes = " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)
    policy = (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        f'<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_style()}</style></head>"
    )


def _style() -> str:
    colours = {"ink": theme.INK, "quiet": theme.QUIET, "line": theme.LINE, "paper": theme.PAPER}
    named = "".join(f"--{name}:{colour};" for name, colour in (colours | {"accent": theme.THIS_PLACE}).items())
    return f":root{{{named}}}\n{Path(__file__).with_suffix('.css').read_text(encoding='utf-8')}"


def _opening(deck: Deck) -> str:
    facts = [("Filters", escape(deck.filters)), ("Gemaakt op", wording.format_date(deck.made_on))]
    facts += [("Versie van de gegevens", escape(deck.data_version))]
    facts += [("Actuele weergave", _outward(deck.link))] if deck.link else []
    shown = "".join(f"<dt>{term}</dt><dd>{meaning}</dd>" for term, meaning in facts)
    subtitle = f'<p class="vt-onderschrift">{escape(deck.subtitle)}</p>' if deck.subtitle else ""
    return f'<h1>{escape(deck.title)}</h1>{subtitle}<dl class="vt-feiten">{shown}</dl>'


def _contents(deck: Deck, closing: list[tuple[str, str, str]]) -> str:
    entries = [(f"figuur-{number}", slide.title) for number, slide in enumerate(deck.slides, 1)]
    entries += [(name, title) for name, title, _ in closing]
    items = "".join(f'<li><a href="#{name}">{escape(title)}</a></li>' for name, title in entries)
    return f'<nav aria-labelledby="inhoudsopgave"><h2 id="inhoudsopgave">Inhoud</h2><ol>{items}</ol></nav>'


def _figure(number: int, slide: Slide, link: str) -> str:
    """A slide as a section: what is on screen around a chart, and a picture that a script makes live."""
    figure = slide.figure
    spoken = f'<p class="vt-gezegd">{escape(slide.spoken)}</p>' if slide.spoken else ""
    around = (
        f'<h2 id="figuur-{number}">{escape(slide.title)}</h2><p class="vt-onderschrift">{escape(figure.subtitle)}</p>'
        f"{spoken}{_doubts(figure.flags, link)}{markup.notices(figure.notices)}{markup.legend(figure.legend)}"
    )
    chart = (
        f'<div class="vt-grafiek" id="grafiek-{number}" role="img" aria-label="{escape(figure.alt)}">'
        f"{image.chart_svg(figure, _PICTURE_WIDTH)}</div>"
    )
    below = f"{_numbers(figure)}{markup.sources(figure.sources)}{markup.caveats(figure.caveats)}"
    return f'<section class="vt-figuur">{around}{chart}{_linked(below, link)}</section>'


def _numbers(figure: Figure) -> str:
    count = len(figure.table.rows)
    opened = " open" if count <= markup.OPEN_UP_TO else ""
    return (
        f"<details{opened}><summary>Tabel ({count} {'rij' if count == 1 else 'rijen'})</summary>"
        f"{markup.table(figure.table, figure.subtitle, figure.doubted)}</details>"
    )


def _doubts(found: tuple[Flag, ...], link: str) -> str:
    """The doubts with links to their tables; the sentences alone where a link would lead nowhere."""
    shown = markup.flags(found)
    return _linked(shown, link) if _is_absolute(link) else _TABLE_LINK.sub("", shown)


def _closing(deck: Deck) -> list[tuple[str, str, str]]:
    """The last sections that have something to say, as (id, title, items)."""
    sections = [
        ("bronnen", "Bronnen", map(escape, deck.sources)),
        ("niet-te-vullen", "Wat de bronnen niet kunnen vullen", map(escape, deck.left_out)),
        ("vragen", "Geparkeerde vragen", map(_question, deck.questions)),
    ]
    listed = [(name, title, "".join(f"<li>{item}</li>" for item in items)) for name, title, items in sections]
    return [section for section in listed if section[2]]


def _section(name: str, title: str, items: str) -> str:
    return f'<section class="vt-slot"><h2 id="{name}">{title}</h2><ul>{items}</ul></section>'


def _question(question: Question) -> str:
    return f"{escape(question.text)}<br>{_outward(question.link)}" if question.link else escape(question.text)


def _outward(address: str) -> str:
    """A link to the live app; its address alone where it says no host."""
    shown = escape(address)
    return f'<a href="{shown}" rel="noreferrer">{shown}</a>' if _is_absolute(address) else shown


def _linked(html: str, link: str) -> str:
    """The links to printed tables made absolute; their text alone where that cannot be."""
    if not _is_absolute(link):
        return _TABLE_LINK.sub(r"\2", html)
    page = escape(urljoin(link, "bronnen"))
    return _TABLE_LINK.sub(lambda found: f'<a href="{page}?{found[1]}" rel="noreferrer">{found[2]}</a>', html)


def _is_absolute(link: str) -> bool:
    return link.startswith(("https://", "http://"))


def _data(deck: Deck) -> str:
    """The specs once per form and the rows per figure as JSON that cannot end its script."""
    figures = [slide.figure for slide in deck.slides]
    specs = {form: chart_spec(form) for form in sorted({figure.form for figure in figures})}
    rows = [{"form": figure.form, "rows": [mark._asdict() for mark in figure.marks]} for figure in figures]
    return json.dumps({"specs": specs, "figures": rows}, ensure_ascii=False).replace("<", "\\u003c")


@cache
def _bundle() -> str:
    """Vega with all that it needs, as a script that sets window.vegaEmbed."""
    import vl_convert

    made = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return _LICENCE + made.replace("</script", "<\\/script").replace("<!--", "<\\!--")
