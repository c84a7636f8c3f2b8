"""The limit: a static page, vega-embed, all data in memory; a click only changes the data of four drawn charts."""

import gzip
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import vl_convert
from page import GEWELD, INDICATORS, TITLE, charts, rows
from vega import chart

PAGE = """<!doctype html><html lang="nl"><meta charset="utf-8"><title>{title}</title>
<style>body{{font-family:sans-serif}} #charts{{display:grid;grid-template-columns:1fr 1fr}}</style>
<h1>{title}</h1><p>{buttons}</p><div id="charts">{boxes}</div><table id="table"></table>
<script type="module">
import {{ vegaEmbed }} from "./bundle.js";
const specs = {specs};
const data = {data};
const views = await Promise.all(specs.map((spec, n) =>
  vegaEmbed(`#chart-${{n}}`, spec, {{ renderer: "svg", actions: false }}).then((made) => made.view)));
const table = document.querySelector("#table");
function show(geweld) {{
  const [charts, rows] = data[geweld];
  charts.forEach((values, n) => views[n].data("bars", values.map((bar) => ({{ ...bar }}))).run());
  const cells = (row, tag) => `<tr>${{row.map((text) => `<${{tag}}>${{text}}</${{tag}}>`).join("")}}</tr>`;
  table.innerHTML = cells(Object.keys(rows[0]), "th") + rows.map((row) => cells(Object.values(row), "td")).join("");
}}
document.querySelectorAll("input").forEach((input) =>
  input.addEventListener("change", () => show(input.value)));
show("Alle");
</script>"""


def page() -> bytes:
    """The page with every choice in it."""
    data = {}
    for geweld in GEWELD:
        found = charts(geweld)
        data[geweld] = [[[bar._asdict() for bar in each.bars] for each in found], rows(found)]
    specs = []
    for each in charts(GEWELD[0]):
        spec = chart(each).to_dict()
        spec["data"] = {"name": "bars", "values": spec["data"]["values"]}
        specs.append(spec)
    buttons = "".join(
        f'<label><input type="radio" name="geweld" value="{g}" {"checked" if g == GEWELD[0] else ""}>{g}</label>'
        for g in GEWELD
    )
    boxes = "".join(f'<div id="chart-{n}" class="peer-chart"></div>' for n in range(len(INDICATORS)))
    made = PAGE.format(title=TITLE, buttons=buttons, boxes=boxes, specs=json.dumps(specs), data=json.dumps(data))
    return made.encode()


def bundle() -> bytes:
    """vega-embed with Vega and Vega-Lite in one file."""
    return vl_convert.javascript_bundle("export { vegaEmbed };").encode()


FILES = {
    "/": ("text/html; charset=utf-8", gzip.compress(page())),
    "/bundle.js": ("text/javascript; charset=utf-8", gzip.compress(bundle())),
}


class Handler(BaseHTTPRequestHandler):
    """Two files, compressed, kept by the browser."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        kind, body = FILES.get(self.path, ("text/plain", b""))
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if body:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Cache-Control", "no-cache" if self.path == "/" else "public, immutable, max-age=31536000")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silent."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
