"""The grammar of a report: what each form of the YAML means."""

from datetime import date
from pathlib import Path

import pytest
from worlds import edit, opened

from vt.build.build import ensure
from vt.errors import DataError
from vt.figures import collection
from vt.ingest.catalogue import load_catalogue
from vt.ingest.reports import load_reports
from vt.model.report import Key, Proofreading
from vt.store.printed import read_reports
from vt.store.reference import read_population_sources

PER_GEMEENTE = """
number: "1"
heading: Meldingen
indicator: meldingen
rows: place
columns: {period: [2020, 2021]}
cells:
  Dorp: [1, 2]
  De Stad: [3, 4]
"""


def grid(table):
    """The cells by what they are about, as (place, period, geweld, category) without what is absent."""
    return {tuple(part for part in vars(cell.key).values() if part): cell.value for cell in table.cells}


def printed(table):
    """The printed totals by what they are about; what is summed over is left out."""
    return {
        tuple(f"{name}={part}" for name, part in vars(total.key).items() if part): total.value for total in table.totals
    }


def test_a_report_has_its_head_and_the_name_of_its_file(world, catalogue):
    polder, stad = load_reports(world / "reports", catalogue)
    assert (polder.id, polder.title, polder.publisher) == ("polder_2021", "Rapportage 2021", "Veilig Thuis Polder")
    assert (polder.region, polder.place, polder.period, polder.licence) == ("polder", "polder", "2021", "Openbaar")
    assert (polder.url, polder.note) == (None, "Verzonnen getallen.")
    assert (stad.id, stad.region, stad.place, stad.period) == ("stad_2022-H1", "polder", "stad", "2022-H1")
    assert [table.number for table in polder.tables] == ["1.1", "1.2", "2.1", "3.A"]


def test_when_a_report_was_fetched_and_who_read_it_again_is_kept_and_shown(world):
    proofread = "  accessed: 2022-02-03\n  checked_by: {name: A. Lezer, date: 2022-03-04}\n  note: Verzonnen getallen."
    edit(world / "reports/polder_2021.yaml", "  note: Verzonnen getallen.", proofread)
    edit(world / "catalogue/places.yaml", "note: Inwoners op 1 januari.}", "note: Op 1 januari., accessed: 2022-02-01}")
    polder, stad = load_reports(world / "reports", load_catalogue(world / "catalogue"))
    assert (polder.accessed, polder.checked_by) == (date(2022, 2, 3), Proofreading("A. Lezer", date(2022, 3, 4)))
    assert (stad.accessed, stad.checked_by) == (None, None)
    with opened(ensure(world, world / "vt.db")) as dataset:
        facts = [dict(collection.list_report_facts(report)) for report in read_reports(dataset.db)]
        sources = collection.list_population_sources(read_population_sources(dataset.db))
    assert (facts[0]["Opgehaald op"], facts[0]["Nagelezen door"]) == ("3 februari 2022", "A. Lezer, 4 maart 2022")
    assert list(facts[1]) == ["Uitgever", "Periode", "Gebruik"]
    assert sources == [("Het CBS", "Op 1 januari. Opgehaald op 1 februari 2022.")]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("accessed: vorige week", "accessed van report is “vorige week”"),
        ("accessed: 2022-02-03 10:00:00", "accessed van report is “2022-02-03 10:00:00”"),
        ("checked_by: A. Lezer", "checked_by is “A. Lezer”"),
        ("checked_by: {name: A. Lezer}", "in checked_by ontbreekt de sleutel “date”"),
        ("checked_by: {date: 2022-03-04}", "in checked_by ontbreekt de sleutel “name”"),
    ],
)
def test_a_day_is_a_day_and_a_reader_has_a_name(world: Path, catalogue, line: str, found: str):
    edit(world / "reports/polder_2021.yaml", "  note: Verzonnen getallen.", f"  {line}")
    with pytest.raises(DataError) as refusal:
        load_reports(world / "reports", catalogue)
    assert [fault.found for fault in refusal.value.faults] == [found]


DERIVED = (
    PER_GEMEENTE
    + """\
derived:
  columns:
    - {heading: Verschil, change: [2020, 2021], explanations: {De Stad: Zo gedrukt.}}
    - {heading: Verhouding, share: 2020}
  cells:
    Dorp:    [100, 25]
    De Stad: [-33, null]
"""
)


def test_columns_that_follow_from_others_stand_beside_their_table(read_table):
    change, share = read_table(DERIVED).derived
    assert (change.name, change.change, change.share) == ("Verschil 2020-2021", ("2020", "2021"), None)
    assert (change.printed, change.explanations) == ({0: 100, 1: -33}, {1: "Zo gedrukt."})
    assert (share.name, share.change, share.share) == ("Verhouding 2020", None, "2020")
    assert (share.printed, share.explanations) == ({0: 25}, {})
    assert read_table(PER_GEMEENTE).derived == ()


@pytest.mark.parametrize(
    ("old", "new", "row", "found", "meant"),
    [
        ("  cells:\n", "  celen:\n", "", "onbekende sleutel “celen” in derived", "“cells”"),
        ("- {heading: Verhouding, share", "- {kop: Verhouding, share", "", "onbekende sleutel “kop”", "“heading”"),
        ("    Dorp:    [100, 25]", "    Drop:    [100, 25]", "", "onbekende rij “Drop”", "“Dorp”"),
        ("[100, 25]", "[100]", "Dorp", "aantal getallen in derived: 1, aantal kolommen: 2", "null"),
        ("[100, 25]", "[100, 25, 3]", "Dorp", "aantal getallen in derived: 3, aantal kolommen: 2", "null"),
        ("[100, 25]", "100", "", "de rij van derived is “100”", "een lijst"),
        ("[100, 25]", "[x, 25]", "Dorp", "“x” is geen getal", "een getal"),
        ("[100, 25]", "[true, 25]", "Dorp", "“True” is geen getal", "een getal"),
        ("[100, 25]", "[.nan, 25]", "Dorp", "“nan” is geen getal", "een getal"),
        ("[100, 25]", "[-.inf, 25]", "Dorp", "“-inf” is geen getal", "een getal"),
        ("[100, 25]", "[[2], 25]", "Dorp", "“[2]” is geen getal", "een getal"),
        ("[100, 25]", "[1" + "0" * 400 + ", 25]", "Dorp", "“1000", "een getal"),
        (", share: 2020", "", "", "geen verschil en geen verhouding", "change: [2020, 2021] of share: 2020"),
        ("change: [2020, 2021]", "change: [2021]", "", "geen verschil en geen verhouding", "of share: 2020"),
        ("change: [2020, 2021]", "change: 2021", "", "change is “2021”", "een lijst"),
        (", share: 2020", ", share: 2020, change: [2020, 2021]", "", "geen verschil en geen verhouding", "share"),
        ("change: [2020, 2021]", "change: [2020, x]", "", "“x” is geen periode", "2021-Q2"),
        ("change: [2020, 2021]", "change: [2020, 2022]", "", "de tabel heeft geen kolom “2022”", "“2021”"),
        ("share: 2020", "share: [2020]", "", "“[2020]” is geen periode", "2021-Q2"),
        ("{De Stad: Zo", "{Stad: Zo", "", "onbekende sleutel “Stad” in explanations", "“De Stad”"),
        ("{De Stad: Zo gedrukt.}", "[Dorp]", "", "explanations is “['Dorp']”", "sleutels met waarden"),
        ("{De Stad: Zo gedrukt.}", "{De Stad: [x]}", "", "De Stad van explanations is “['x']”", "tekst"),
    ],
)
def test_a_malformed_derived_column_is_refused(read_table, old: str, new: str, row: str, found: str, meant: str):
    assert DERIVED.count(old) == 1
    with pytest.raises(DataError) as refusal:
        read_table(DERIVED.replace(old, new))
    told = [fault for fault in refusal.value.faults if found in fault.found and meant in fault.meant]
    assert [(fault.table, fault.row) for fault in told] == [("1 (Meldingen)", row)]


def test_files_that_start_with_an_underscore_are_not_read(world, catalogue):
    (world / "reports/_template.yaml").write_text("geen rapport")
    assert [report.id for report in load_reports(world / "reports", catalogue)] == ["polder_2021", "stad_2022-H1"]


def test_rows_and_columns_name_the_members(read_table):
    table = read_table(PER_GEMEENTE)
    assert grid(table) == {
        ("dorp", "2020", "alle"): 1,
        ("dorp", "2021", "alle"): 2,
        ("stad", "2020", "alle"): 3,
        ("stad", "2021", "alle"): 4,
    }
    assert (table.rows, table.columns) == (("Dorp", "De Stad"), ("2020", "2021"))
    assert (table.place, table.period) == ("polder", "2020/2021")


def test_every_cell_knows_its_position_in_the_printed_grid(read_table):
    table = read_table(PER_GEMEENTE)
    assert [(cell.value, cell.row, cell.column) for cell in table.cells] == [(1, 0, 0), (2, 0, 1), (3, 1, 0), (4, 1, 1)]


def test_columns_are_a_cross_product_with_the_last_dimension_running_fastest(read_table):
    table = read_table("""
        number: "1"
        heading: Meldingen
        indicator: meldingen
        rows: place
        columns: {period: [2021-Q1, 2021-Q2], geweld: [KM, HG]}
        cells: {Dorp: [1, 2, 3, 4]}
    """)
    assert grid(table) == {
        ("dorp", "2021-Q1", "km"): 1,
        ("dorp", "2021-Q1", "hg"): 2,
        ("dorp", "2021-Q2", "km"): 3,
        ("dorp", "2021-Q2", "hg"): 4,
    }
    assert table.columns[1] == "1e kwartaal 2021 · HG"
    assert table.period == "2021-H1"


def test_blocks_stand_side_by_side_and_totaal_is_what_is_summed_over(world, catalogue):
    table = load_reports(world / "reports", catalogue)[1].tables[0]
    assert len(table.columns) == 10
    assert table.columns[-1] == "Totaal"
    assert grid(table)[("stad", "2022-Q2", "hg")] == 5
    assert len(table.cells) == 6
    assert printed(table) == {
        ("place=stad", "geweld=km"): 22,
        ("place=stad", "geweld=hg"): 9,
        ("place=stad", "geweld=om"): 1,
        ("place=stad",): 32,
        ("period=2022-Q1",): 15,
        (): 32,
    }


def test_totals_outside_the_grid_have_no_position(world, catalogue):
    table = load_reports(world / "reports", catalogue)[1].tables[0]
    assert [(total.row, total.column) for total in table.totals] == [(0, 6), (0, 7), (0, 8), (0, 9), (-1, -1), (-1, -1)]


def test_a_row_of_totals_is_a_total_in_every_column(world, catalogue):
    table = load_reports(world / "reports", catalogue)[0].tables[0]
    assert printed(table) == {("period=2020", "geweld=alle"): 101, ("period=2021", "geweld=alle"): 94}


def test_null_is_absent_and_zero_is_a_number(read_table):
    table = read_table(PER_GEMEENTE.replace("[1, 2]", "[0, null]"))
    assert ("dorp", "2021", "alle") not in grid(table)
    assert grid(table)[("dorp", "2020", "alle")] == 0


def test_a_table_without_columns_has_one(read_table):
    table = read_table("""
        number: "1"
        heading: Melders
        indicator: naar_melder
        rows: category
        cells: {Politie/OM: [7], Buurtbewoner: [5]}
    """)
    assert grid(table) == {
        ("polder", "2021", "alle", "melder/politie"): 7,
        ("polder", "2021", "alle", "melder/buurt"): 5,
    }
    assert table.columns == ("Aantal",)


def test_what_holds_for_the_whole_table_goes_before_what_holds_for_the_report(read_table):
    table = read_table("""
        number: "1"
        heading: Melders
        indicator: naar_melder
        place: Stad
        period: 2020/2021
        geweld: KM
        rows: category
        cells: {Anders: [7]}
    """)
    assert grid(table) == {("stad", "2020/2021", "km", "melder/anders"): 7}
    assert (table.place, table.period) == ("stad", "2020/2021")


def test_a_class_that_tells_its_geweld_gives_it_to_its_cells(read_table):
    table = read_table("""
        number: "1"
        heading: Aard
        indicator: naar_aard
        rows: category
        columns: {period: [2020, 2021, totaal]}
        cells:
          Partnergeweld: [1, 2, 3]
          Andere zorgen: [4, 5, 9]
          totaal: [5, 7, 12]
    """)
    assert grid(table)[("polder", "2020", "hg", "aard/partner")] == 1
    assert grid(table)[("polder", "2020", "alle", "aard/zorgen")] == 4
    totals = {total.key: total.value for total in table.totals}
    assert totals[Key("polder", None, "hg", "aard/partner")] == 3
    assert totals[Key("polder", "2020", None, None)] == 5


def test_geweld_that_is_printed_goes_before_that_of_the_class(read_table):
    table = read_table("""
        number: "1"
        heading: Aard
        indicator: naar_aard
        rows: category
        columns: {geweld: [KM, HG]}
        cells: {Partnergeweld: [1, 2]}
    """)
    assert set(grid(table)) == {
        ("polder", "2021", "km", "aard/partner"),
        ("polder", "2021", "hg", "aard/partner"),
    }


def test_a_sequence_counts_for_the_region_and_for_no_gemeente(world, catalogue):
    table = load_reports(world / "reports", catalogue)[0].tables[3]
    assert table.sequences == {1}
    row = [(cell.key.place, cell.value, cell.column) for cell in table.cells if cell.row == 1]
    assert row == [("polder", 5, 0), ("polder", 21, 1)]
    assert [cell.key.place for cell in table.cells if cell.row == 0] == ["dorp", "stad", "polder-overig"]


def test_a_difference_names_totals_of_the_table(world, catalogue):
    [difference] = load_reports(world / "reports", catalogue)[0].tables[0].differences
    assert difference.totals == (Key(None, "2021", "alle", None),)
    assert difference.explanation == "Gedrukt staat 94; de cellen geven 95."


def test_prose_provisional_and_caveat_are_kept(world, catalogue):
    polder, stad = load_reports(world / "reports", catalogue)
    assert [table.prose for table in polder.tables] == [False, False, True, False]
    assert [table.provisional for table in stad.tables] == [{"2022-Q2"}, set()]
    assert [table.caveat for table in stad.tables] == [None, "Een bijschrift."]


def test_rows_can_be_periods_or_geweld(read_table):
    periods = read_table(
        '{number: "1", heading: Meldingen, indicator: meldingen, rows: period, cells: {2020: [3], 2021-H1: [1]}}'
    )
    assert grid(periods) == {("polder", "2020", "alle"): 3, ("polder", "2021-H1", "alle"): 1}
    geweld = read_table(
        '{number: "1", heading: Meldingen, indicator: meldingen, rows: geweld, cells: {KM: [3], totaal: [3]}}'
    )
    assert grid(geweld) == {("polder", "2021", "km"): 3}
    assert printed(geweld) == {("place=polder", "period=2021"): 3}


def test_a_percentage_may_have_a_fraction(world, catalogue):
    table = load_reports(world / "reports", catalogue)[0].tables[2]
    assert grid(table) == {("polder", "2020", "alle"): 44.5, ("polder", "2021", "alle"): 46}


def test_the_same_number_may_be_printed_over_several_tables(world, catalogue):
    edit(world / "reports/polder_2021.yaml", 'number: "1.2"', 'number: "1.1"')
    tables = load_reports(world / "reports", catalogue)[0].tables
    assert [(table.number, table.heading) for table in tables[:2]] == [
        ("1.1", "Meldingen per gemeente"),
        ("1.1", "Aard"),
    ]
