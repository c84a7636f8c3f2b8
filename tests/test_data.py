"""The repository's own data: complete, as printed, and every printed total that differs is explained."""

from contextlib import closing

import pytest
from real import DORDRECHT, IJSSELLAND
from totals import TOTALS

from vt.store.connection import connect


@pytest.fixture(scope="module")
def query(real_database):
    with closing(connect(real_database)) as connection:
        yield lambda sql, *values: connection.execute(sql, values).fetchall()


def test_a_printed_total_differs_if_and_only_if_it_is_explained(query):
    wrong = query(f"""{TOTALS}
        SELECT report, number, heading, k.place, k.period, geweld, category, printed, computed, explanation
        FROM total_check AS k JOIN source_table AS t ON t.id = k.source_table
        WHERE (computed IS NOT NULL AND abs(printed - computed) > 1e-9) <> (explanation IS NOT NULL)
    """)
    assert wrong == []
    assert query(f"{TOTALS} SELECT count(*) FROM total_check WHERE computed IS NOT NULL")[0][0] > 100


@pytest.mark.parametrize(
    ("report", "tables"),
    [
        (DORDRECHT, {"1": 1, "2": 1, "3": 1, "4": 1, "5": 1, "6": 2, "7": 1, "8": 3, "9": 1, "10": 1, "11": 1}),
        (
            IJSSELLAND,
            {"1.1": 1, "1.2": 1, "1.3": 1, "1.5": 1, "1.7": 1, "1.8": 1, "2.1": 1, "2.2": 1, "2.3": 1, "2.4": 1}
            | {"3.1": 1, "4.1": 3, "4.2": 3, "4.3": 3, "5": 2, "6": 4, "8": 1}
            | {"1.A": 1, "1.B": 1, "1.C": 1, "2.A": 1, "2.B": 1, "2.C": 1, "3.A": 1},
        ),
        ("cbs_nederland", {"4.1": 2, "84849NED": 2}),
    ],
)
def test_every_table_is_there_under_the_number_that_it_is_printed_under(query, report, tables):
    found = query(
        "SELECT table_number, count(DISTINCT table_heading) FROM figures WHERE report = ? GROUP BY table_number", report
    )
    assert dict(found) == tables


@pytest.mark.parametrize(
    ("report", "number", "heading", "classes"),
    [
        (DORDRECHT, "2", "Aard%", 5),
        (DORDRECHT, "4", "Melders", 22),
        (DORDRECHT, "5", "Adviesvragers", 22),
        (DORDRECHT, "7", "Besluiten%", 4),
        (DORDRECHT, "9", "%", 14),
        (DORDRECHT, "10", "%", 14),
        (DORDRECHT, "11", "%", 3),
        (IJSSELLAND, "1.5", "%", 7),
        (IJSSELLAND, "4.1", "Conclusie%", 8),
        (IJSSELLAND, "4.1", "Triagebesluiten", 4),
        (IJSSELLAND, "1.A", "%", 32),
        (IJSSELLAND, "2.A", "%", 36),
        (IJSSELLAND, "3.A", "%", 16),
    ],
)
def test_a_table_has_all_its_printed_rows(query, report, number, heading, classes):
    found = query(
        """SELECT count(DISTINCT category) FROM figures
        WHERE report = ? AND table_number = ? AND table_heading LIKE ? AND NOT is_total""",
        *(report, number, heading),
    )
    assert found == [(classes,)]


@pytest.mark.parametrize(
    ("number", "indicator", "place", "period", "geweld", "category", "value"),
    [
        ("1", "meldingen", "dordrecht", "2021-Q1", "km", None, 187),
        ("1", "meldingen", "dordrecht", "2021-Q2", "om", None, 2),
        ("2", "meldingen_naar_vorm", "dordrecht", "2021-Q1", "km", "emotionele_verwaarlozing", 231),
        ("2", "meldingen_naar_vorm", "dordrecht", "2021-Q2", "hg", "fysieke_mishandeling", 41),
        ("3", "ondersteuning", "dordrecht", "2021-H1", "alle", "consulttraject", 5),
        ("4", "meldingen_naar_melder", "dordrecht", "2021-H1", "hg", "politie_om", 83),
        ("5", "adviezen_naar_adviesvrager", "dordrecht", "2021-H1", "om", "verpleeghuis", 2),
        ("6", "gemelde_slachtoffers", "dordrecht", "2021-Q2", "hg", None, 31),
        ("6", "besproken_kinderen", "dordrecht", "2021-Q1", "alle", None, 329),
        ("7", "triagebesluiten", "dordrecht", "2021-H1", "km", "overdracht", 283),
        ("8", "directe_overdrachten", "dordrecht", "2021-H1", "hg", None, 60),
        ("9", "overdrachtspartijen_na_triage", "dordrecht", "2021-H1", "hg", "clientsysteem", 17),
        ("10", "overdrachtspartijen_na_dienst", "dordrecht", "2021-H1", "km", "sociaal_team", 14),
        ("11", "onderzoek_uitkomst", "dordrecht", "2021-H1", "km", "niet_bevestigd", 5),
        ("1.1", "meldingen", "deventer", "2020", "alle", None, 597),
        ("1.1", "meldingen", "ijsselland-overig", "2021", "alle", None, 12),
        ("1.2", "meldingen_professionals", "ijsselland", "2020", "alle", "justitie", 1444),
        ("1.3", "meldingen_particulieren", "ijsselland", "2021", "alle", "buurtbewoner", 106),
        ("1.5", "meldingen_naar_aard", "ijsselland", "2020", "km", "kindermishandeling", 606),
        ("1.5", "meldingen_naar_aard", "ijsselland", "2021", "onbekend", "overige", 8),
        ("1.7", "crisissituaties", "steenwijkerland", "2021", "alle", None, 28),
        ("1.8", "huisverboden", "ommen", "2020", "alle", None, 0),
        ("2.1", "adviezen", "zwolle", "2021", "alle", None, 976),
        ("2.4", "adviezen_naar_aard", "ijsselland", "2021", "geen", "andere_problematiek", 1430),
        ("3.1", "overdrachten", "ijsselland", "2020", "alle", None, 1732),
        ("4.1", "triagebesluiten_tijdig", "ijsselland", "2021", "alle", None, 46),
        ("4.1", "triagebesluiten", "ijsselland", "2021", "alle", "regionaal_maatwerk", 6),
        ("4.2", "voorwaarden_en_vervolg", "zwolle", "2020", "alle", None, 178),
        ("4.2", "vv_tijdig_met_wachtlijst", "ijsselland", "2021", "alle", None, 39),
        ("4.3", "onderzoeken", "olst-wijhe", "2021", "alle", None, 1),
        ("4.3", "onderzoeken_tijdig", "ijsselland", "2020", "alle", None, 67),
        ("6", "klachten", "ijsselland", "2021", "alle", None, 28),
        ("8", "formatie", "ijsselland", "2021", "alle", None, 52),
        ("1.A", "meldingen_professionals_functie", "zwolle", "2020/2021", "alle", "politieagent", 747),
        ("1.C", "meldingen_naar_aard", "kampen", "2021", "hg", "partnergeweld", 95),
        ("2.A", "adviezen_professionals_functie", "deventer", "2021", "alle", "sociaal_werker", 62),
        ("2.B", "adviezen_particulieren", "ijsselland-overig", "2021", "alle", "buurtbewoner", 138),
        ("2.C", "adviezen_naar_aard", "dalfsen", "2021", "km", "kindermishandeling", 29),
        ("3.A", "overdrachtspartijen", "ijsselland-onbekend", "onbekend", "alle", "jeugdhulp", 3),
        ("4.1", "meldingen", "nederland", "2021-H1", "alle", None, 60880),
    ],
)
def test_a_number_is_as_printed(query, number, indicator, place, period, geweld, category, value):
    found = query(
        """SELECT value, low, high, status FROM figures WHERE table_number = ? AND indicator = ? AND place = ?
        AND period = ? AND geweld = ? AND category IS ? AND NOT is_total""",
        *(number, indicator, place, period, geweld, category),
    )
    assert found == [(value, value, value, "printed")]


@pytest.mark.parametrize(
    ("number", "place", "printed", "computed"),
    [
        ("1", "dordrecht", 241, 550),
        ("2", None, 947, 946),
        ("7", None, 519, 518),
        ("4", None, 550, 550),
        ("1.1", None, 2378, 2378),
        ("4.1", None, 2372, 2372),
    ],
)
def test_a_printed_total_stands_beside_the_sum_of_its_parts(query, number, place, printed, computed):
    found = query(
        f"""{TOTALS} SELECT printed, computed FROM total_check AS k JOIN source_table AS t ON t.id = k.source_table
        WHERE number = ? AND k.place IS coalesce(?, k.place) AND printed = ?""",
        *(number, place, printed),
    )
    assert (printed, computed) in found


def test_a_row_without_certain_places_gives_no_gemeente_a_printed_number(query):
    placed = query("""
        SELECT DISTINCT o.status FROM observation AS o
        JOIN source_table AS t ON t.id = o.source_table
        JOIN source_row AS r ON r.source_table = t.id AND r.position = o.row_position
        WHERE r.is_sequence AND o.place <> t.place ORDER BY o.status
    """)
    assert placed == [("bounded",), ("recovered",)]
    assert dict(query("SELECT number, count(*) FROM source_row JOIN source_table ON id = source_table "
                      "WHERE is_sequence GROUP BY number")) == {
        "1.A": 28, "1.B": 7, "1.C": 3, "2.A": 32, "2.B": 3, "2.C": 3, "3.A": 12,
    }  # fmt: skip


@pytest.mark.parametrize(("annex", "body"), [("1.B", "1.3"), ("1.C", "1.5"), ("2.B", "2.3"), ("2.C", "2.4")])
def test_each_row_of_an_annex_holds_the_same_row_of_the_body(query, annex, body):
    rows = """SELECT category, sum(low), sum(high) FROM figures
        WHERE report = ? AND table_number = ? AND period = '2021' AND NOT is_total GROUP BY category"""
    printed = {category: low for category, low, _ in query(rows, IJSSELLAND, body)}
    assert len(printed) == 7
    assert all(low <= printed[category] <= high for category, low, high in query(rows, IJSSELLAND, annex))


@pytest.mark.parametrize("annex", ["1.A", "1.B", "1.C", "2.A", "2.B", "2.C", "3.A"])
def test_the_cells_of_a_gemeente_in_an_annex_hold_its_printed_total(query, annex):
    cells = """SELECT place, sum(low), sum(high) FROM figures WHERE report = ? AND table_number = ?
        AND NOT is_total GROUP BY place"""
    totals = dict(
        query("SELECT place, value FROM figures WHERE report = ? AND table_number = ? AND is_total", IJSSELLAND, annex)
    )
    found = query(cells, IJSSELLAND, annex)
    assert len(found) == len(totals) >= 12
    assert all(low <= totals[place] <= high for place, low, high in found)


@pytest.mark.parametrize(
    ("indicator", "period", "total"),
    [
        ("meldingen_professionals_functie", "2020/2021", 4089),
        ("adviezen_professionals_functie", "2021", 1512),
        ("overdrachtspartijen", "onbekend", 5013),
    ],
)
def test_the_region_keeps_the_sum_of_each_row_and_of_all(query, indicator, period, total):
    found = query(
        "SELECT sum(low), sum(high) FROM aggregate WHERE indicator = ? AND period = ? AND place = 'ijsselland' "
        "AND geweld = 'alle' AND category <> ''",
        indicator,
        period,
    )
    assert found == [(total, total)]


def test_the_printed_total_of_a_gemeente_in_an_annex_is_its_number(query):
    found = query("""SELECT place, value, basis FROM aggregate WHERE indicator = 'adviezen_particulieren'
        AND period = '2021' AND geweld = 'alle' AND category = '' AND place IN ('zwolle', 'ijsselland')""")
    assert found == [("ijsselland", 1973, "cells"), ("zwolle", 469, "printed total")]


def test_nothing_is_printed_for_a_quarter_that_was_not_yet_past(query):
    assert query("SELECT * FROM figures WHERE report = ? AND period IN ('2021-Q3', '2021-Q4')", DORDRECHT) == []


def test_only_the_publisher_calls_numbers_provisional(query):
    found = query("""SELECT DISTINCT report, o.period FROM observation AS o
        JOIN source_table AS t ON t.id = o.source_table WHERE is_provisional ORDER BY o.period""")
    assert found == [("cbs_nederland", "2022-H1"), ("cbs_nederland", "2023"), ("cbs_nederland", "2025-H1")]


def test_every_gemeente_and_the_country_have_inhabitants_in_the_years_of_the_reports(query):
    known = query("""
        SELECT p.kind, count(*) FROM place AS p JOIN population AS n ON n.place = p.id AND n.year IN (2020, 2021)
        WHERE p.kind IN ('gemeente', 'land') GROUP BY p.kind ORDER BY p.kind
    """)
    assert known == [("gemeente", 42), ("land", 2)]
    assert query("SELECT kind, count(*) FROM place WHERE kind <> 'rest' GROUP BY kind ORDER BY kind") == [
        ("gemeente", 21),
        ("land", 1),
        ("region", 27),
    ]


def test_every_label_for_an_axis_is_short(query):
    assert query("SELECT id, short FROM category WHERE length(short) > 40") == []


def test_the_reporters_of_both_regions_meet_in_shared_groups(query):
    ungrouped = query("""SELECT id FROM category WHERE category_group IS NULL
        AND classification IN ('melder', 'beroepsgroep', 'particulier', 'functie')""")
    assert ungrouped == []


def test_every_indicator_is_published_and_every_reference_holds(query):
    assert query("SELECT id FROM indicator WHERE id NOT IN (SELECT indicator FROM figures)") == []
    with_split = query(
        "SELECT id FROM indicator WHERE split IS NOT NULL AND split NOT IN (SELECT indicator FROM figures)"
    )
    assert with_split == []
