"""What a renderer draws of a figure's chart, mark by mark."""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import Any

from vt.figures.chart import Chart, Role
from vt.figures.figure import Figure
from vt.model.borders import Border
from vt.render.vega.forms import form_of
from vt.render.vega.parts import Mark


def marks_of(figure: Figure) -> Sequence[Mark]:
    """The marks of a chart on a page, in the order they are drawn."""
    return form_of(figure.chart).marks(figure.chart)


def reword(chart: Chart, change: Callable[[str], str], *, numbers: bool = True) -> Chart:
    """The chart with every word in it changed, and its numbers as text where those are to be."""

    def changed(value: Any, name: str = "") -> Any:
        if isinstance(value, Role | Border) or name == "place":
            return value
        if isinstance(value, str):
            return change(value) if value and (numbers or name not in ("text", "share")) else value
        if hasattr(value, "_asdict"):
            return type(value)(**{name: changed(part, name) for name, part in value._asdict().items()})
        return tuple(map(changed, value)) if isinstance(value, tuple) else value

    return replace(chart, **{field.name: changed(getattr(chart, field.name)) for field in fields(chart)})
