import pytest

from vt.model.period import Period


@pytest.mark.parametrize(
    ("text", "id_", "label", "months"),
    [
        ("2021", "2021", "2021", 12),
        ("2021-H1", "2021-H1", "1e halfjaar 2021", 6),
        ("2021-H2", "2021-H2", "2e halfjaar 2021", 6),
        ("2021-Q1", "2021-Q1", "1e kwartaal 2021", 3),
        ("2021-Q4", "2021-Q4", "4e kwartaal 2021", 3),
        ("2020/2021", "2020/2021", "2020 t/m 2021", 24),
        ("2021-04", "2021-04", "april 2021", 1),
        (" 2021-Q2 ", "2021-Q2", "2e kwartaal 2021", 3),
        (2021, "2021", "2021", 12),
    ],
)
def test_a_period_is_read_from_its_id_and_from_its_label(text, id_, label, months):
    period = Period.parse(text)
    assert (period.id, period.label, period.months) == (id_, label, months)
    assert Period.parse(label) == Period.parse(id_) == period


@pytest.mark.parametrize(
    "text",
    [
        *("", "21", "2021-H3", "2021-Q5", "2021-Q0", "2021-h1", "2021-01-01", "2021/2020", "2021/2021", "voorjaar"),
        *(None, True, 2021.0, [2021], {"jaar": 2021}),
    ],
)
def test_anything_else_is_refused_in_dutch_with_what_was_found(text):
    with pytest.raises(ValueError, match="is geen periode") as refusal:
        Period.parse(text)
    assert str(text) in str(refusal.value)


def test_periods_sort_by_their_beginning_and_then_by_length():
    ids = ["2021-H1", "2020", "2021", "2021-Q2", "2021-Q1", "2020/2021", "2020-H2"]
    ordered = [period.id for period in sorted(map(Period.parse, ids))]
    assert ordered == ["2020", "2020/2021", "2020-H2", "2021-Q1", "2021-H1", "2021", "2021-Q2"]


@pytest.mark.parametrize(
    ("text", "before"),
    [("2021", "2020"), ("2021-H2", "2020-H2"), ("2021-Q1", "2020-Q1"), ("2020/2021", "2019/2020")],
)
def test_the_year_before_is_the_same_stretch(text, before):
    assert Period.parse(text).year_before == Period.parse(before)


@pytest.mark.parametrize(
    ("text", "containers"),
    [
        ("2021-Q1", ["2021-H1", "2021"]),
        ("2021-Q3", ["2021-H2", "2021"]),
        ("2021-12", ["2021-H2", "2021"]),
        ("2021-H2", ["2021"]),
        ("2021", []),
        ("2020/2021", []),
    ],
)
def test_containers_are_the_longer_periods_around_it(text, containers):
    assert [period.id for period in Period.parse(text).containers()] == containers


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["2021-Q1"], "2021-Q1"),
        (["2021-Q1", "2021-Q2"], "2021-H1"),
        (["2021-Q2", "2021-Q3"], "2021"),
        (["2021-H1", "2021-Q1"], "2021-H1"),
        (["2020", "2021"], "2020/2021"),
        (["2020-Q4", "2021-Q1"], "2020/2021"),
        (["2023", "2019-H1"], "2019/2023"),
    ],
)
def test_a_span_is_the_shortest_period_that_covers_all(parts, whole):
    assert Period.span([Period.parse(part) for part in parts]).id == whole


def test_end_is_the_first_month_after_it():
    assert Period.parse("2021-Q4").end == Period.parse("2022").start
    assert Period.parse("2021-Q4").year == 2021
