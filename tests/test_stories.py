"""Ready stories: read from YAML, refused with a sentence where they cannot be told, kept whole in the database."""

from pathlib import Path

import pytest
from real import REPOSITORY
from worlds import edit, opened

from vt.build.build import ensure, hash_content
from vt.errors import DataError
from vt.figures import registry
from vt.ingest.catalogue import load_catalogue
from vt.model.catalogue import Catalogue
from vt.model.figure_kinds import FIGURE_KINDS
from vt.model.measures import Measure
from vt.model.stories import MEANT_FOR, StoryFigure, StorySlide

STORIES = """
in-het-kort:
  title: In het kort
  question: Wat is er gemeld?
  for: gemeente
  slides:
    - spoken: Dit is wat er gemeld is.
      figures:
        - {form: series, indicators: [meldingen]}
        - {form: places, indicators: [meldingen]}
    - spoken: Zo vaak was het op tijd.
      measure: PER_1000
      figures:
        - {form: norms, indicators: [tijdig], label: Besluiten op tijd}
wie:
  title: Wie meldt er?
  question: Van wie komen de meldingen?
  for: alle
  group: Raadsvragen
  slides:
    - spoken: Dit zijn de melders.
      figures:
        - {form: categories, indicators: [naar_melder]}
        - {form: groups, indicators: [naar_melder], label: Melders}
"""


@pytest.fixture
def stories(world: Path) -> Path:
    """The stories of the small world."""
    path = world / "catalogue/stories.yaml"
    path.write_text(STORIES, encoding="utf-8")
    return path


def test_a_story_has_its_words_and_its_slides_in_order(stories, world):
    short, who = load_catalogue(world / "catalogue").stories
    assert (short.id, short.title, short.question) == ("in-het-kort", "In het kort", "Wat is er gemeld?")
    assert (short.meant_for, short.group, who.meant_for, who.group) == ("gemeente", "", "alle", "Raadsvragen")
    assert short.slides == (
        StorySlide(
            "Dit is wat er gemeld is.",
            (StoryFigure("series", ("meldingen",)), StoryFigure("places", ("meldingen",))),
        ),
        StorySlide(
            "Zo vaak was het op tijd.",
            (StoryFigure("norms", ("tijdig",), "Besluiten op tijd"),),
            measure=Measure.PER_1000,
        ),
    )


def test_without_the_file_there_are_no_stories(catalogue: Catalogue, database: Path):
    assert catalogue.stories == ()
    with opened(database) as dataset:
        assert dataset.metadata.stories == ()


def test_the_database_gives_the_stories_as_the_catalogue_has_them(stories, world):
    built = ensure(world, world / "vt.db")
    with opened(built) as dataset:
        assert dataset.metadata.stories == load_catalogue(world / "catalogue").stories


def test_a_changed_story_is_a_changed_database(stories, world):
    before = hash_content(world)
    edit(stories, "Wat is er gemeld?", "Wat is er dit jaar gemeld?")
    assert hash_content(world) != before


def test_every_kind_of_figure_can_be_made():
    assert sorted(FIGURE_KINDS) == sorted((*registry._ALONE, *registry._BESIDE, *registry._TOGETHER, "tiles"))
    assert {kind.name for kind in FIGURE_KINDS.values() if kind.is_joint} == set(registry._TOGETHER)


@pytest.mark.parametrize(
    ("old", "new", "found", "meant"),
    [
        ("form: series", "form: serie", "form van figuur 1 van dia 1 van in-het-kort is “serie”", "“series”"),
        (
            "categories, indicators: [naar_melder]",
            "categories, indicators: [naar_meldr]",
            "“naar_meldr”",
            "“naar_melder”",
        ),
        ("measure: PER_1000", "measure: PER_100", "measure van dia 2 van in-het-kort is “PER_100”", "“PER_1000”"),
        ("for: alle", "for: allen", "for van wie is “allen”", "“alle”"),
        ("title: Wie meldt er?", "title: In het kort", "de titel “In het kort” komt 2 keer voor", "een keer"),
        ("  question: Van wie komen de meldingen?\n", "", "in verhaal wie ontbreekt de sleutel “question”", "question"),
        ("  group: Raadsvragen\n", "  groep: Raadsvragen\n", "onbekende sleutel “groep” in verhaal wie", "“group”"),
        (
            "    - spoken: Dit zijn de melders.\n      figures:",
            "    - figures:",
            "ontbreekt de sleutel “spoken”",
            "spoken",
        ),
        (
            "spoken: Dit zijn de melders.",
            "spoken: Dit zijn de 3 melders.",
            "spoken van dia 1 van wie noemt",
            "elk jaar",
        ),
        ("spoken: Dit zijn de melders.", "spoken: 3", "spoken van dia 1 van wie is “3”", "tekst"),
        (
            "indicators: [tijdig]",
            "indicators: []",
            "indicators van figuur 1 van dia 2 van in-het-kort",
            "ten minste één",
        ),
        ("indicators: [tijdig]", "indicators: tijdig", "dia 2 van in-het-kort is “tijdig”", "een lijst"),
        ("[tijdig], label: Besluiten op tijd", "[tijdig]", "ontbreekt de sleutel “label”", "norms samen"),
        ("norms, indicators: [tijdig]", "norms, indicators: [meldingen]", "geen percentage", "unit procent"),
        (
            "categories, indicators: [naar_melder]",
            "categories, indicators: [meldingen]",
            "geen klassen",
            "classification",
        ),
        ("groups, indicators: [naar_melder]", "groups, indicators: [naar_aard]", "geen gedeelde groepen", "categories"),
        ("series, indicators: [meldingen]", "series, indicators: [meldingen, naar_aard]", "noemt 2 cijfers", "één"),
    ],
)
def test_what_cannot_be_told_is_refused(stories, world, old, new, found, meant):
    edit(stories, old, new)
    with pytest.raises(DataError) as refusal:
        load_catalogue(world / "catalogue")
    [fault] = refusal.value.faults
    assert fault.file == "stories.yaml"
    assert found in fault.found
    assert meant in fault.meant


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- een lijst", "het bestand is"),
        ("wie: {title: A, question: B, for: alle, slides: []}", "slides van verhaal wie is een lege lijst"),
        ("wie: {title: A, question: B, for: alle, slides: [{spoken: C, figures: []}]}", "figures van dia 1 van wie"),
        ("wie: {title: A, question: B, for: alle, slides: [geen]}", "dia 1 van wie is “geen”"),
        ("wie: {title: A, question: B, for: alle, slides: {a: 1}}", "slides van verhaal wie is"),
        ("wie: [", "geen geldige YAML"),
        ("wie: 1\nwie: 2", "staat er tweemaal"),
    ],
)
def test_a_file_of_another_shape_is_refused_with_a_sentence(stories, world, text, found):
    stories.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as refusal:
        load_catalogue(world / "catalogue")
    assert any(found in fault.found for fault in refusal.value.faults)
    assert {fault.file for fault in refusal.value.faults} == {"stories.yaml"}


@pytest.mark.parametrize("name", ["indicators", "categories"])
def test_stories_are_not_blamed_for_another_file(stories, world, name):
    (world / f"catalogue/{name}.yaml").write_text("a: [")
    with pytest.raises(DataError) as refusal:
        load_catalogue(world / "catalogue")
    assert {fault.file for fault in refusal.value.faults} == {f"{name}.yaml"}


# --- the real stories ------------------------------------------------------------------------------------------------


def test_the_stories_are_there_in_the_order_in_which_they_are_offered(metadata):
    assert [(story.title, story.group) for story in metadata.stories] == [
        ("Gemeente in cijfers", ""),
        ("In vijf figuren", ""),
        ("Stijgt het bij ons?", "Raadsvragen"),
        ("Hoe staan we ten opzichte van de regio?", "Raadsvragen"),
        ("Wie meldt er, en wie niet?", "Raadsvragen"),
        ("Waar komen meldingen terecht?", "Raadsvragen"),
        ("Halen we de wettelijke termijnen?", "Raadsvragen"),
        ("Wat komt er uit onderzoek?", "Raadsvragen"),
        ("Jaaroverzicht regio", ""),
    ]
    assert {story.meant_for for story in metadata.stories} == set(MEANT_FOR)


def test_a_question_of_the_council_takes_one_to_four_slides(metadata):
    assert all(1 <= len(story.slides) <= 4 for story in metadata.stories if story.group == "Raadsvragen")


def test_what_is_said_is_one_sentence_that_is_quick_to_say(metadata):
    said = [slide.spoken for story in metadata.stories for slide in story.slides]
    assert all(text.endswith(".") and len(text) <= 130 and "\n" not in text for text in said)


def test_no_story_shows_the_same_figure_twice(metadata):
    for story in metadata.stories:
        asked_for = [figure for slide in story.slides for figure in slide.figures]
        assert len(asked_for) == len(set(asked_for)), story.id


def test_no_sentence_is_taken_from_a_report(metadata):
    folder = REPOSITORY.parent / "shared/reports"
    if not folder.exists():
        pytest.skip("the reports are not here")
    printed = " ".join(" ".join(path.read_text().split()) for path in folder.glob("*.txt")).casefold()
    for story in metadata.stories:
        for slide in story.slides:
            words = slide.spoken.casefold().rstrip(".").split()
            runs = [" ".join(words[n : n + 7]) for n in range(len(words) - 6)]
            assert not [run for run in runs if run in printed], slide.spoken
