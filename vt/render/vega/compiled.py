"""Specs in Vega, worked out of Vega-Lite once and kept beside this file: a browser did that anew for each chart.

    uv run python -m vt.render.vega.compiled

after a form was changed writes them again; a test says when.
"""

import json
import re

import vl_convert

from vt.render.vega.forms import ALONE, FORMS
from vt.render.vega.number import BARE
from vt.render.vega.parts import COMPILED, POINTED, Form, Spec

_FITS = {"type": "fit", "contains": "padding"}  # as Streamlit asks of every chart
_FITS_WIDTH = {"type": "fit-x", "contains": "padding"}
_HIGHEST = 10_000  # pixels: no bound, until vt/web/assets/js/22-print.js sets one
_TIPS = {"mark": {"tooltip": True}}  # in Vega-Lite: where a layer names none, it has none
_NO_TIPS = {"mark": {"tooltip": None}}  # Streamlit asks the same of Vega, where it would be the word "true"
# Streamlit takes a list of data sets for the data of the chart, unless the first is a geographical feature; where a
# chart can be clicked it looks for `params`. Vega passes over both.
_KEEPS_DATA = {"type": "Feature", "geometry": None}
_CAN_POINT = {"params": [{"name": POINTED, "select": {"type": "point"}}]}
_SIZES = ("width", "padding")  # said by Streamlit


def write_compiled() -> str:
    """The spec of every form on a page, in Vega, by its name."""
    made = {form.name: _compile(form) for form in (*FORMS.values(), *ALONE.values(), BARE)}
    return "{\n" + ",\n".join(f"{json.dumps(name)}:{_dump(spec)}" for name, spec in made.items()) + "\n}\n"


def _dump(spec: Spec) -> str:
    return re.sub(r"view_[0-9a-f]+_\d+", "view_1", json.dumps(spec, separators=(",", ":")))


def _compile(form: Form) -> Spec:
    lite = form.spec()
    drawn = {**lite, "width": 500, "autosize": _FITS, "config": lite["config"] | _TIPS}
    made: Spec = vl_convert.vegalite_to_vega(drawn, vl_version=re.findall(r"/v(\d+\.\d+)", lite["$schema"])[0])
    first, *others = sorted(made["data"], key=lambda data: data["name"] != "source")
    made |= {"data": [first | _KEEPS_DATA, *others], "config": made["config"] | _NO_TIPS}
    if form.on_screen:
        made |= {"autosize": _FITS_WIDTH, "signals": [*made.get("signals", ()), *_set_height(form.on_screen)]}
    if "params" in lite:
        made |= _CAN_POINT
    return {name: value for name, value in made.items() if name not in _SIZES}


def _set_height(height: str) -> list[dict[str, object]]:
    return [{"name": "highest", "value": _HIGHEST}, {"name": "height", "update": f"min(highest, {height})"}]


if __name__ == "__main__":
    COMPILED.write_text(write_compiled(), encoding="utf-8")
