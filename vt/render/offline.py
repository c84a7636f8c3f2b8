"""A deck as one HTML file that needs no network: live charts, tables, sources, and pictures where no script runs."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin

import vl_convert

from vt.figures import wording
from vt.figures.chart import AreaMap, Chart
from vt.figures.deck import Deck, Slide
from vt.figures.signs import find_one_number, write_footnote
from vt.render import image, theme
from vt.render.house import choose_ink, find_logo, recolour
from vt.render.html import SOURCES_PAGE, fill_template
from vt.render.vega.forms import form_of, list_texts, rows, rows_for_presenter

_PICTURE_WIDTH = 720
_LICENCE = "/* Vega, Vega-Lite and Vega-Embed, (c) University of Washington Interactive Data Lab, BSD-3-Clause */\n"


def write_html(deck: Deck, advance: Callable[[int], None] | None = None) -> bytes:
    """The deck as an HTML page, UTF-8, that also shows it slide by slide; `advance` is told how many are drawn.

    Every word from outside is escaped.
    """
    charts = []
    for number, slide in enumerate(deck.slides, 1):
        charts.append(image.draw_chart_svg(slide.figure, _PICTURE_WIDTH))
        if advance:
            advance(number)
    scripts = (load_bundle(), Path(__file__).with_suffix(".js").read_text(encoding="utf-8"))
    page = urljoin(deck.link, SOURCES_PAGE) if deck.link.startswith(("https://", "http://")) else ""
    parts = (charts, list(map(_tell_room, deck.slides)), _embed_logo())
    made = fill_template(
        "offline", "document", deck, page, parts, _write_policy(scripts), _read_style(deck), _write_data(deck), scripts
    )
    return f"{recolour(made)}\n".encode()


def _tell_room(slide: Slide) -> tuple[object, ...]:
    """What stands on a slide with its chart: the one number and whether that has a line, the signs and source, and the
    places of a map."""
    figure, chart = slide.figure, slide.figure.chart
    drawn, left_out = rows_for_presenter(chart)
    places = chart.beside if isinstance(chart, AreaMap) else ()
    return find_one_number(figure), bool(drawn), write_footnote(figure, list_texts(drawn), left_out), places


def _embed_logo() -> tuple[str, str] | None:
    """The logo of the house as an address that holds it, and its words."""
    logo = find_logo()
    return (f"data:{logo.mime};base64,{b64encode(logo.content).decode()}", logo.words) if logo else None


def _write_policy(scripts: Iterable[str]) -> str:
    """Nothing is fetched, and no script runs but these."""
    hashes = " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _read_style(deck: Deck) -> str:
    """The style sheet; on paper every page has the filters, the day and its number."""
    foot = "".join(f"\\{ord(sign):06x}" for sign in wording.clean(deck.footer))
    pages = f'@page {{ @bottom-left {{ content: "{foot}"; }} }}'
    return f"{theme.css_variables()}\n{Path(__file__).with_suffix('.css').read_text(encoding='utf-8')}\n{pages}"


def _write_data(deck: Deck) -> str:
    """The specs once per form and the rows per figure, of page and stage, as JSON that cannot end its script."""
    charts = [slide.figure.chart for slide in deck.slides]
    forms = {form.name: form for form in map(form_of, charts)}
    specs = {name: form.spec() for name, form in forms.items()}
    stage = {name: form.spec_for_presenter() for name, form in forms.items()}
    data = {"specs": specs, "stage": stage, "figures": list(map(_list_rows, charts))}
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def _list_rows(chart: Chart) -> dict[str, object]:
    page, stage = (list(map(choose_ink, drawn)) for drawn in (rows(chart), rows_for_presenter(chart)[0]))
    return {"form": form_of(chart).name, "rows": page, "shown": stage}


@cache
def load_bundle() -> str:
    """Vega with all that it needs, as a script that sets window.vegaEmbed."""
    made = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return _LICENCE + made.replace("</script", "<\\/script").replace("<!--", "<\\!--")
