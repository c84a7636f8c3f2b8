"""How sources count: what the catalogue states of it, and what two of them must share to stand in one picture."""

from contextlib import closing
from pathlib import Path

import pytest
import yaml
from worlds import edit

from vt.errors import DataError
from vt.ingest.catalogue import load_catalogue
from vt.model.counting import Aspect, Counting, Statement
from vt.store.connection import connect

REAL = Path(__file__).parent.parent / "data"
COUNTING = """
Veilig Thuis Polder:
  name: de Polder
  all:
    period: [in de periode, inleiding]
  indicators:
    meldingen:
      event: [ontvangen, tabel 1.1]
      unit: [meldingen, tabel 1.1]
    tijdig:
      period: onbekend
stad_2022-H1:
  indicators:
    meldingen:
      event: [afgeronde, tabel 1]
"""


@pytest.fixture
def counting(world):
    path = world / "catalogue/counting.yaml"
    path.write_text(COUNTING, encoding="utf-8")
    return path


def _count(source="A", **told):
    return Counting(source, {Aspect(name): Statement(value, "tabel 1") for name, value in told.items()})


# --- what the catalogue states ----------------------------------------------------------------------------------------


def test_a_report_counts_as_its_publisher_does_except_where_it_says_otherwise(world, counting):
    catalogue = load_catalogue(world / "catalogue")
    usual = catalogue.find_counting("Veilig Thuis Polder", "polder_2021", "meldingen")
    other = catalogue.find_counting("Veilig Thuis Polder", "stad_2022-H1", "meldingen")
    assert usual.source == other.source == "de Polder"
    assert [usual.value(aspect) for aspect in (Aspect.EVENT, Aspect.UNIT)] == ["ontvangen", "meldingen"]
    assert [other.value(aspect) for aspect in (Aspect.EVENT, Aspect.UNIT)] == ["afgeronde", "meldingen"]
    assert usual.stated[Aspect.PERIOD] == Statement("in de periode", "inleiding")


def test_what_holds_for_all_indicators_can_be_untold_of_one(world, counting):
    catalogue = load_catalogue(world / "catalogue")
    assert catalogue.find_counting("Veilig Thuis Polder", "polder_2021", "tijdig").value(Aspect.PERIOD) == ""
    assert catalogue.find_counting("Een ander", "polder_2021", "meldingen") == Counting("Een ander")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("    tijdig:", "    tijdg:", "een indicator van Veilig Thuis Polder is “tijdg”"),
        ("event: [ontvangen, tabel 1.1]", "event: ontvangen", "event van meldingen van Veilig Thuis Polder"),
        ("event: [ontvangen, tabel 1.1]", "event: [ontvangen]", "event van meldingen van Veilig Thuis Polder"),
        ("      unit:", "      eenheid:", "onbekende sleutel “eenheid”"),
        ("  all:", "  alles:", "onbekende sleutel “alles”"),
    ],
)
def test_what_is_not_understood_is_a_fault_with_its_line(world, counting, old, new, found):
    edit(counting, old, new)
    lines = counting.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if new in text)
    with pytest.raises(DataError) as refusal:
        load_catalogue(world / "catalogue")
    (fault,) = refusal.value.faults
    assert (fault.file, fault.line) == ("counting.yaml", line)
    assert found in fault.found


def test_every_real_source_says_what_it_counts_and_where_it_says_so(real_database):
    with closing(connect(real_database)) as db:
        tables = db.execute("SELECT DISTINCT report, indicator FROM source_table").fetchall()
        units = db.execute("SELECT report, indicator FROM counting WHERE aspect = 'unit'").fetchall()
        known = {row[0] for row in db.execute("SELECT publisher FROM report UNION SELECT id FROM report")}
        assert set(tables) == set(units)
        assert db.execute("SELECT count(*) FROM counting WHERE stated_in NOT GLOB '*[0-9a-z]*'").fetchone() == (0,)
    assert set(yaml.safe_load((REAL / "catalogue/counting.yaml").read_text(encoding="utf-8"))) <= known


# --- what two of them share -------------------------------------------------------------------------------------------


def test_two_sources_that_state_the_same_count_alike():
    assert _count("A", event="gestarte").find_difference(_count("B", event="gestarte"), [Aspect.EVENT]) is None


def test_what_both_state_goes_before_what_one_does_not_tell():
    one, other = _count("A", unit="adviezen"), _count("B", event="gestarte", unit="vragen")
    assert one.find_difference(other, Aspect) is Aspect.UNIT
    assert one.find_difference(other, [Aspect.EVENT]) is Aspect.EVENT


def test_what_neither_of_two_sources_tells_is_no_agreement():
    assert _count("A").find_difference(_count("B"), [Aspect.PLACES]) is Aspect.PLACES


def test_a_source_counts_as_it_did_unless_it_states_otherwise():
    assert _count("A").find_difference(_count("A", event="gestarte"), Aspect) is None
    assert _count("A", event="afgeronde").find_difference(_count("A", event="gestarte"), Aspect) is Aspect.EVENT
