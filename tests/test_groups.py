"""Reporters in groups: each melding counts once, also where a report divides them twice."""

from pathlib import Path

from worlds import add_report, edit, opened

from vt.build.build import ensure
from vt.figures.answers import Dataset
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection

BY_PROFESSION = """
naar_beroep:
  label: Beroep
  unit: aantal
  noun: {one: melding, many: meldingen}
  counts: meldingen
  topic: melders
  definition: Wie meldt, naar beroep.
  classification: beroep
"""
PROFESSIONS = """
  beroep:
    label: Beroep
    members:
      - {id: buren, label: Buren, group: directbetrokkenen}
"""
MELDERS = """
{number: "1", heading: Melders, indicator: naar_melder, rows: category, place: stad, period: 2030,
 cells: {Politie/OM: [40], Buurtbewoner: [60]}}
"""
ONCE_MORE = """
{number: "2", heading: Beroep, indicator: naar_beroep, rows: category, place: stad, period: 2030, cells: {Buren: [60]}}
"""


def test_two_divisions_that_share_a_group_are_not_added(world: Path) -> None:
    with (world / "catalogue/indicators.yaml").open("a") as file:
        file.write(BY_PROFESSION)
    with (world / "catalogue/categories.yaml").open("a") as file:
        file.write(PROFESSIONS)
    edit(world / "catalogue/categories.yaml", "printed: [Politie/OM]}", "printed: [Politie/OM], group: politie}")
    edit(world / "catalogue/categories.yaml", "groups:\n", "groups:\n  politie: {label: Politie}\n")
    head = "report: {title: T, publisher: P, region: polder, period: 2030, licence: O}\ntables:\n"
    add_report(world, MELDERS, ONCE_MORE, head=head)
    asked = FigureRequest("groups", ("naar_beroep", "naar_melder"), "Melders")
    with opened(ensure(world, world / "vt.db")) as dataset:
        (figure,) = build_figures(dataset, asked, Selection(gemeenten=("stad",)))
    assert figure.table.rows[-1][:2] == ("Totaal", 100)


def test_a_part_of_a_number_of_a_gemeente_is_said_as_such_with_where_both_stand(dataset: Dataset) -> None:
    asked = FigureRequest("categories", ("meldingen_particulieren",))
    (figure,) = build_figures(dataset, asked, Selection(gemeenten=("deventer",)))
    assert figure.title == "93 van de 506 meldingen in Deventer komen van particulieren (18%)"
    assert figure.sentences == (
        "Volwassen directbetrokkenen en buurtbewoners: elk 30 van de 93 meldingen van particulieren in Deventer.",
    )
    assert {source.number for source in figure.sources} == {"1.B", "1.1"}
    (zwolle,) = build_figures(dataset, asked, Selection(gemeenten=("zwolle",)))
    of_years = FigureRequest("categories", ("meldingen_professionals_functie",))
    (figure,) = build_figures(dataset, of_years, Selection(gemeenten=("zwolle",)))
    assert "in Zwolle in 2020 en 2021 samen komen van politieagenten" in figure.title
    assert zwolle.sentences[0].startswith("Drie op de tien meldingen van particulieren in Zwolle komen van")
    (region,) = build_figures(dataset, asked, Selection(region="ijsselland"))
    assert "2.378" not in region.title
