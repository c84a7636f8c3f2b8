"""Places and classes as a heat map: what part each class is in each place."""

from collections.abc import Iterable, Sequence
from math import ceil

from vt.figures import common, tips
from vt.figures.breakdown_data import WHOLE, ClassCount, PlaceBreakdown
from vt.figures.chart import STEP_ROLES, HeatCell, HeatMap, HeatRow, Legend, Role
from vt.figures.metric import Metric
from vt.figures.table import SMALL_PART, Bounds, Heading, Value
from vt.model.hidden import Suppression
from vt.model.measures import Measure, NotMeasurableError

MOST_COLUMNS = 8  # places beside each other
TOO_SMALL = "–"
_SHORT: dict[object, str] = {Suppression.RECOVERED: "0-4", Suppression.WITHHELD: "×"}
_MEANINGS = {
    SMALL_PART: "deel onder de 5",
    TOO_SMALL: "geheel te klein, of geen cijfer",
    "<5": "1 tot en met 4",
    "0-4": "0 tot en met 4",
    "×": "afgeschermd",
}


def choose_heat(metric: Metric, parts: Sequence[PlaceBreakdown]) -> Metric:
    """What is drawn of several places: a rate where that is asked, else the part of each place; counts where no place
    is large enough for that."""
    if metric.measure is Measure.PER_1000:
        return metric
    share = Metric(metric.indicator, Measure.AANDEEL_PLAATS)
    return share if any(_measure(part, part.total_class, share) is not None for part in parts) else metric


def make_heat_map(
    parts: Sequence[PlaceBreakdown], drawn: Sequence[ClassCount], metric: Metric
) -> tuple[HeatMap, Legend]:
    """A row per class and a column per place, or the other way round where places are many; and what the steps are."""
    values = {(n, class_.id): _measure(part, class_, metric) for n, part in enumerate(parts) for class_ in drawn}
    size = _find_step(values.values())
    answers = [part.answer for part in parts]
    places = tuple(common.name_place(item, answers) for item in answers)
    cells = [
        tuple(_make_cell(part, class_, values[n, class_.id], size, metric) for class_ in drawn)
        for n, part in enumerate(parts)
    ]
    classes = tuple(class_.label for class_ in drawn)
    if len(parts) > MOST_COLUMNS:
        chart = HeatMap(classes, tuple(map(HeatRow, places, cells)))
    else:
        chart = HeatMap(places, tuple(map(HeatRow, classes, zip(*cells, strict=True))))
    texts = {cell.text for row in chart.rows for cell in row.cells if cell.role is Role.NO_DATA}
    signs = "; ".join(f"{sign} {meaning}" for sign, meaning in _MEANINGS.items() if sign in texts)
    steps = tuple((role, f"tot {metric.format((n + 1) * size)}") for n, role in enumerate(STEP_ROLES))
    return chart, (*steps, *([(Role.NO_DATA, signs)] if signs else []))


def _find_step(values: Iterable[Value]) -> float:
    """A fifth of the highest, as a round number where it is large."""
    shown = [high for value in values if (high := _read_high(value)) is not None]
    fifth = max(shown, default=0) / len(STEP_ROLES)
    return ceil(fifth + 1e-9) if fifth >= 1 else fifth or 1


def _read_high(value: Value) -> float | None:
    if isinstance(value, Bounds):
        return value.high
    return value if isinstance(value, int | float) else None


def _measure(part: PlaceBreakdown, class_: ClassCount, metric: Metric) -> Value:
    """A class in the measure of the picture; None where its whole is too small, or is not known."""
    try:
        return part.value(class_ if class_.id == "" else part.classes.get(class_.id), metric.measure)
    except NotMeasurableError:
        return None


def _make_cell(part: PlaceBreakdown, class_: ClassCount, value: Value, size: float, metric: Metric) -> HeatCell:
    noun, when = metric.indicator.name_counted(part.answer.geweld), tips.name_when(part.answer, metric)
    id_, name = part.answer.place.id, f"{part.answer.place.said}, {class_.said}"
    if value is None:
        return HeatCell(id_, Role.NO_DATA, TOO_SMALL, f"{name}: geen aandeel, te klein of geen cijfer ({when})")
    tip, high = tips.tell_value(name, value, metric, noun, when, part.base, part.answer.least_whole), _read_high(value)
    if high is None:
        return HeatCell(id_, Role.NO_DATA, _SHORT.get(value, str(value)), tip)
    step = min(len(STEP_ROLES) - 1, int(high / size))
    text = Heading("", metric.measure, metric.indicator.unit).format(value)
    links = part.links if class_.id == "" else part.classes[class_.id].links
    return common.mark_contested(HeatCell(id_, STEP_ROLES[step], text.replace("%", ""), tip), links.get(WHOLE, ()))
