"""Find a number: everywhere that it is printed, stated or computed, whether it is contested, and how it is typed."""

from contextlib import closing

import pytest
from real import DORDRECHT, IJSSELLAND

from vt.figures import wording
from vt.model.hidden import Shielding, Suppression
from vt.model.verdicts import Standing
from vt.store.connection import connect
from vt.store.printed import find_number, read_printed_table
from vt.store.reference import read_metadata
from vt.web import audit, search


@pytest.fixture(scope="module")
def spots(real_database):
    with closing(connect(real_database)) as db:
        yield lambda value: find_number(db, value)


@pytest.mark.parametrize(
    ("value", "report", "chapter", "what", "position", "kind", "contested"),
    [
        (187, DORDRECHT, "1", "Dordrecht, 1e kwartaal 2021 · KM", (0, 0), "printed", None),
        (646, IJSSELLAND, "1.1", "Zwolle, 2021", (11, 1), "printed", None),
        (2378, IJSSELLAND, "1.1", "totaal, 2021", (12, 1), "printed_total", None),
        (2378, IJSSELLAND, "1.5", "totaal, 2021", (7, 1), "printed_total", None),
        (2378, IJSSELLAND, "1.5", "Meldingen in 2021", (None, None), "stated", None),
        (550, DORDRECHT, "4", "los totaal", (None, None), "printed_total", None),
        (550, DORDRECHT, "1", "Dordrecht", (None, None), "computed", "wrong"),
        (494, DORDRECHT, "2", None, (None, None), "computed", "wrong"),
        (3485, IJSSELLAND, "2.4", None, (None, None), "computed", "wrong"),
        (
            231,
            DORDRECHT,
            "2",
            "Emotionele/geestelijke verwaarlozing, 1e kwartaal 2021 · KM",
            (2, 0),
            "printed",
            "disputed",
        ),
        (231, IJSSELLAND, "1.1", "Hardenberg, 2021", (2, 1), "printed", None),
        (495, DORDRECHT, "2", None, (2, 6), "printed_total", "disputed"),
        (241, DORDRECHT, "1", "Dordrecht, Totaal", (0, 9), "printed_total", "disputed"),
        (2986, IJSSELLAND, "2.4", None, (None, None), "stated", "wrong"),
        (2986, IJSSELLAND, "2.1", "totaal, 2020", (12, 0), "printed_total", None),
        (63, IJSSELLAND, "3.1", "Overdrachten als deel van de meldingen in 2020", (None, None), "stated", "cut_off"),
        (1.1, IJSSELLAND, "6", "Klachten als deel van de meldingen in 2021", (None, None), "stated", "cut_off"),
        (-13, IJSSELLAND, "1.3", "Familielid van directbetrokkene, Verschil 2020-2021", (None, None), "stated", None),
        (500, IJSSELLAND, "1.3", None, (None, None), "stated", None),
    ],
)
def test_a_number_is_found_where_it_stands(spots, value, report, chapter, what, position, kind, contested):
    found = [
        spot
        for spot in spots(value)
        if (spot.report, spot.chapter, spot.kind, (spot.row, spot.column)) == (report, chapter, kind, position)
        and what in (None, spot.what)
    ]
    assert contested in {spot.contested for spot in found}
    assert what is None or {spot.contested for spot in found} == {contested}


def test_the_contested_cell_is_marked_and_the_same_number_elsewhere_is_not(spots):
    marked = {(spot.report, spot.chapter): spot.contested for spot in spots(231) if spot.kind == "printed"}
    assert marked.pop((DORDRECHT, "2")) == "disputed"
    assert set(marked.values()) == {None}


def test_a_total_that_differs_stands_once_and_is_marked(spots):
    assert [(spot.chapter, spot.kind, spot.contested) for spot in spots(495)] == [("2", "printed_total", "disputed")]


def test_cells_come_before_totals_and_totals_before_the_text(spots):
    order = ["printed", "recovered", "printed_total", "stated", "computed"]
    for value in (12, 231, 2378, 2986):
        found = [order.index(spot.kind) for spot in spots(value)]
        assert found == sorted(found)
        assert len(set(found)) > 1


@pytest.mark.parametrize("value", [999_999, -1_000_000, 0.123, 2378.5, 1e12, 1e300])
def test_a_number_that_occurs_nowhere_is_not_found(spots, value):
    assert spots(value) == []


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("231", 231),
        ("2.378", 2378),
        ("2378", 2378),
        (" 2.378 ", 2378),
        ("1.234.567", 1_234_567),
        ("46,5", 46.5),
        ("2.378,25", 2378.25),
        ("46%", 46),
        ("46,5 %", 46.5),
        ("-13", -13),
        ("−13%", -13),
        ("0", 0),
        ("007", 7),
        ("999999999999", 999_999_999_999),
    ],
)
def test_a_number_is_read_as_a_dutch_reader_types_it(typed, value):
    assert wording.parse_number(typed) == value


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "%",
        "-",
        ",",
        ".",
        "5,",
        ",5",
        "46.5",
        "2.37",
        "2.3788",
        "2378.000",
        "1,234.5",
        "1,2,3",
        "--1",
        "+1",
        "1 2",
        "1e5",
        "0x10",
        "1_000",
        "nan",
        "inf",
        "-Infinity",
        "twee",
        "½",
        "1\x00",
        "1\n2",
        "1' OR '1'='1",
        "1; DROP TABLE report",
        "<script>1</script>",
        "9" * 13,
        "1" * 100_000,
        "1." * 50_000,
        "1" + ".000" * 200,
        "0,1234567",
        "%5",
    ],
)
def test_what_is_no_number_is_none(typed):
    assert wording.parse_number(typed) is None


def test_digits_of_another_script_are_read_as_digits():
    assert wording.parse_number("٢٣١") == wording.parse_number("２３１") == 231


def test_what_is_typed_and_found_is_what_was_printed(spots):
    typed = [wording.format_number(value) for value in (187, 646, 2378, 2986)]
    assert typed[2:] == ["2.378", "2.986"]
    assert [wording.parse_number(text) for text in typed] == [187, 646, 2378, 2986]
    assert all(spots(wording.parse_number(text)) for text in typed)


# --- what was worked out under five ----------------------------------------------------------------------------------


def find(db, value, *shielding):
    return search.render_found_number(db, read_metadata(db), value, *shielding)


def find_all(db, value, shielding):
    return "".join(find(db, value, shielding, start) for start in range(0, 1000, search.MOST_LISTED))


def test_a_small_number_that_was_worked_out_is_not_found_unless_it_is_asked_for(real_database):
    said = "Teruggerekende aantallen onder de 5 staan hier niet bij"
    with closing(connect(real_database)) as db:
        for value in (0, 3):
            usual, whole = (find_all(db, value, each) for each in (Shielding.RECOVERED, Shielding.NONE))
            assert "– teruggerekend" not in usual
            assert "– teruggerekend" in whole
            assert (said in usual, said in whole) == (True, False)
        assert find(db, 3, Shielding.ALL) == find(db, 3)
        assert find(db, 12) == find(db, 12, Shielding.NONE), "a larger one was worked out too, and is found"
        assert "– teruggerekend" in find(db, 12)
        assert said not in find(db, 2378)
        assert "101 staat op 1 plaats." in find(db, 101)


def test_words_beside_a_small_number_do_not_tell_where_it_is_hidden(real_database):
    with closing(connect(real_database)) as db:
        metadata = read_metadata(db)
        (where, *_) = (spot.what for spot in find_number(db, 4) if spot.kind == Standing.RECOVERED)
        words = wording.fold(where).replace("/", " ").replace(",", " ").split()
        said = {search.render_found_number(db, metadata, value, beside=words) for value in range(5)}
        assert said == {""}
        assert search.render_found_number(db, metadata, 4, Shielding.NONE, beside=words)


def test_a_table_as_printed_shows_no_small_number_that_was_worked_out_unless_it_is_asked_for(real_database):
    with closing(connect(real_database)) as db:
        metadata = read_metadata(db)
        hidden = 0
        for table in metadata.tables.values():
            plain, usual = (read_printed_table(db, table.id, hides_small=hides) for hides in (False, True))
            assert usual.cells == plain.cells
            for at, bounds in plain.worked.items():
                assert usual.worked[at] == (Suppression.RECOVERED if bounds[1] < 5 else bounds)
                hidden += bounds[1] < 5
        assert hidden > 800
        pages = [audit.render_report(db, metadata, IJSSELLAND, (), (), each) for each in Shielding]
        counts = [page.count(">0 tot en met 4<") for page in pages]
        assert counts == [hidden, hidden, 0]


def test_a_number_that_stands_in_many_places_is_told_a_page_at_a_time(real_database, monkeypatch):
    monkeypatch.setattr(search, "MOST_LISTED", 10)
    with closing(connect(real_database)) as db:
        first, second, beyond = (find(db, 12, Shielding.RECOVERED, start) for start in (0, 10, 100_000))
    assert "hier 1 tot en met 10" in first
    assert (first.count("<li>"), second.count("<li>")) == (10, 10)
    assert 'href="zoek?zoek=12&amp;vanaf=10"' in first
    assert 'href="zoek?zoek=12&amp;vanaf=0"' in second
    assert beyond == first


def test_the_next_page_of_a_number_beside_a_word_has_that_word_too(real_database, monkeypatch):
    monkeypatch.setattr(search, "MOST_LISTED", 1)
    with closing(connect(real_database)) as db:
        said = search.render_found_number(db, read_metadata(db), 12, beside=["zwolle"])
    assert 'href="zoek?zoek=12+zwolle&amp;vanaf=1"' in said
