"""A deck as one HTML file that needs no network: live charts, tables, sources, and pictures where no script runs."""

import json
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin

import vl_convert

from vt.figures.deck import Deck
from vt.render import image, theme
from vt.render.house import recolour
from vt.render.html import SOURCES_PAGE, fill_template
from vt.render.vega.forms import form_of, rows

_PICTURE_WIDTH = 720
_LICENCE = "/* Vega, Vega-Lite and Vega-Embed, (c) University of Washington Interactive Data Lab, BSD-3-Clause */\n"


def write_html(deck: Deck) -> bytes:
    """The deck as an HTML page, UTF-8; every word from outside is escaped."""
    scripts = (load_bundle(), Path(__file__).with_suffix(".js").read_text(encoding="utf-8"))
    charts = [image.draw_chart_svg(slide.figure, _PICTURE_WIDTH) for slide in deck.slides]
    page = urljoin(deck.link, SOURCES_PAGE) if deck.link.startswith(("https://", "http://")) else ""
    made = fill_template(
        "offline", "document", deck, page, charts, _write_policy(scripts), _read_style(), _write_data(deck), scripts
    )
    return f"{recolour(made)}\n".encode()


def _write_policy(scripts: Iterable[str]) -> str:
    """Nothing is fetched, and no script runs but these."""
    hashes = " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _read_style() -> str:
    return f"{theme.css_variables()}\n{Path(__file__).with_suffix('.css').read_text(encoding='utf-8')}"


def _write_data(deck: Deck) -> str:
    """The specs once per form and the rows per figure as JSON that cannot end its script."""
    charts = [slide.figure.chart for slide in deck.slides]
    specs = {form.name: form.spec() for form in map(form_of, charts)}
    figures = [{"form": form_of(chart).name, "rows": rows(chart)} for chart in charts]
    return json.dumps({"specs": specs, "figures": figures}, ensure_ascii=False).replace("<", "\\u003c")


@cache
def load_bundle() -> str:
    """Vega with all that it needs, as a script that sets window.vegaEmbed."""
    made = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return _LICENCE + made.replace("</script", "<\\/script").replace("<!--", "<\\!--")
