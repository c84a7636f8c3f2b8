"""Stories and picks: filled from what the sources have, for any place; what cannot be filled is said."""

import random
import re
from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest
from combined import by_turns
from decks import DORDRECHT, ZWOLLE

from vt.figures.answers import Dataset
from vt.figures.chart import AreaMap
from vt.figures.deck import Question
from vt.figures.picks import (
    MOST_IN_REMARK,
    MOST_IN_TITLE,
    MOST_PICKS,
    Pick,
    move_pick,
    parse_question,
    read_picks,
    recognise_pick,
    reorder_picks,
    write_question,
)
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.figures.signs import write_footnote
from vt.figures.stories import (
    Filled,
    can_fill,
    describe_filters,
    explain_unoffered,
    fill_picks,
    fill_story,
    make_deck,
)
from vt.model.catalogue import lower_first
from vt.model.figure_kinds import FIGURE_KINDS
from vt.model.hidden import Shielding
from vt.model.measures import Measure
from vt.model.stories import Story, StoryFigure, StorySlide

IJSSELLAND = (
    *("dalfsen", "deventer", "hardenberg", "kampen", "olst-wijhe", "ommen"),
    *("raalte", "staphorst", "steenwijkerland", "zwartewaterland", "zwolle"),
)
SELECTIONS = {
    **{place: Selection(gemeenten=(place,)) for place in ("dordrecht", *IJSSELLAND, "ijsselland-overig")},
    **{region: Selection(region=region) for region in ("ijsselland", "zuid-holland-zuid", "nederland")},
    "alle": Selection(),
    "samen": Selection(gemeenten=("dordrecht", "zwolle", "staphorst")),
}
VIEWS = [
    *({"period": period} for period in ("2020", "2021-H1", "2021-Q1", "2020/2021", "1999")),
    *({"geweld": geweld} for geweld in ("km", "hg", "om")),
    *({"measure": measure} for measure in Measure),
]
STORIES = (
    "gemeente-in-cijfers",
    "stijgt-het",
    "naast-de-regio",
    "wie-meldt",
    "waar-terecht",
    "op-tijd",
    "uit-onderzoek",
    "jaaroverzicht-regio",
)
MELDINGEN = Pick(FigureRequest("places", ("meldingen",)))


def of(dataset: Dataset, name: str, selection: Selection) -> Filled:
    return fill_story(dataset, next(story for story in dataset.metadata.stories if story.id == name), selection)


def story(*slides: StorySlide) -> Story:
    return Story("proef", "Proef", "Wat?", "alle", slides)


def slide(*figures: StoryFigure, measure: str | None = None) -> StorySlide:
    return StorySlide("Gezegd.", figures, measure)


def check(found: Filled) -> None:
    """What must hold for every story and every pick."""
    for each in found.slides:
        assert each.figure.title
        assert each.figure.sources
        assert each.title
    ids = [each.figure.id for each in found.slides]
    assert len(ids) == len(set(ids))
    assert len(found.left_out) == len(set(found.left_out))
    for sentence in found.left_out:
        assert re.fullmatch(r"(“.+(heeft|is)|De bronnen geven voor|Voor|Over) .+\.", sentence), sentence
        assert not re.search(r"[{}]|None|\bvan\b\W*[.;]", sentence), sentence


# --- stories on the real data ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", SELECTIONS)
@pytest.mark.parametrize("name", STORIES)
def test_every_story_can_be_told_everywhere(dataset: Dataset, name: str, place: str) -> None:
    found = of(dataset, name, SELECTIONS[place])
    check(found)
    assert all(each.spoken for each in found.slides)
    assert found.slides or found.left_out


@pytest.mark.parametrize(("name", "view"), by_turns(STORIES, VIEWS, 2), ids=str)
def test_every_story_can_be_told_in_every_view(dataset: Dataset, name: str, view: dict[str, str]) -> None:
    for place in ("dordrecht", "staphorst", "ijsselland", "nederland", "alle"):
        check(of(dataset, name, replace(SELECTIONS[place], **view)))


@pytest.mark.parametrize(("name", "place"), by_turns(STORIES, SELECTIONS, 2))
def test_a_slide_that_is_not_there_is_in_a_sentence(dataset: Dataset, name: str, place: str) -> None:
    made = next(story for story in dataset.metadata.stories if story.id == name)
    for each in made.slides:
        found = fill_story(dataset, replace(made, slides=(each,)), SELECTIONS[place])
        assert found.slides or len(found.left_out) >= 1, each
        if not found.slides:
            names = [f.label or dataset.metadata.indicators[f.indicators[0]].label for f in each.figures]
            assert any(lower_first(name) in sentence for name in names for sentence in found.left_out)


def test_dordrecht_gets_the_chapters_of_its_half_year_report(dataset: Dataset) -> None:
    found = of(dataset, "gemeente-in-cijfers", DORDRECHT)
    assert [each.figure.id.split(".")[0] for each in found.slides] == [
        "meldingen",
        "meldingen_naar_vorm",
        "ondersteuning",
        "meldingen_naar_melder",
        "meldingen_naar_melder",
        "adviezen_naar_adviesvrager",
        "adviezen_naar_adviesvrager",
        "gemelde_slachtoffers",
        "besproken_kinderen",
        "triagebesluiten",
        "voorwaarden_en_vervolg",
        "onderzoeken",
        "directe_overdrachten",
        "overdrachtspartijen_na_triage",
        "overdrachtspartijen_na_dienst",
        "onderzoek_uitkomst",
    ]
    assert all("dordrecht" in each.figure.sources[0].address for each in found.slides)


@pytest.mark.parametrize("place", IJSSELLAND)
def test_every_gemeente_of_ijsselland_gets_its_own_numbers_in_cijfers(dataset: Dataset, place: str) -> None:
    found = of(dataset, "gemeente-in-cijfers", SELECTIONS[place])
    label = dataset.metadata.places[place].label
    own = [each for each in found.slides if label in each.figure.subtitle]
    assert len(found.slides) == 14
    assert len(own) >= 9
    for each in found.slides:
        if each not in own:
            assert any(notice.startswith(f"Voor {label} ") for notice in each.figure.notice_texts), each.figure.id


def test_what_only_dordrecht_has_is_said_for_zwolle(dataset: Dataset) -> None:
    (sentence,) = of(dataset, "gemeente-in-cijfers", ZWOLLE).left_out
    assert sentence == (
        "De bronnen geven voor Zwolle geen cijfers over gemelde slachtoffers van huiselijk geweld, kinderen "
        "besproken in adviezen, overdrachtspartijen na een dienst en uitkomsten van onderzoek, wel voor Dordrecht."
    )


def test_a_few_places_that_have_it_are_named_and_many_are_counted(dataset: Dataset) -> None:
    (sentence,) = of(dataset, "jaaroverzicht-regio", DORDRECHT).left_out
    assert sentence == (
        "De bronnen geven voor Dordrecht geen cijfers over crisissituaties en huisverboden, wel voor IJsselland, "
        "Dalfsen en 10 andere plaatsen."
    )


def test_the_year_of_a_region_follows_how_its_report_opens(dataset: Dataset) -> None:
    found = of(dataset, "jaaroverzicht-regio", SELECTIONS["ijsselland"])
    assert [each.figure.id.split(".")[0] for each in found.slides] == [
        "adviezen",
        "meldingen",
        "overdrachten",
        "meldingen_particulieren",
        "crisissituaties",
        "huisverboden",
    ]
    assert found.left_out == ()


def test_several_places_each_get_what_their_own_sources_have(dataset: Dataset) -> None:
    found = of(dataset, "waar-terecht", Selection(gemeenten=("dordrecht", "zwolle")))
    ids = [each.figure.id for each in found.slides]
    assert "directe_overdrachten.places.6" in ids
    assert "overdrachten.places.12" in ids
    assert found.left_out == (
        "De bronnen geven voor Zwolle geen cijfers over overdrachtspartijen na een dienst, wel voor Dordrecht.",
    )


def test_notices_in_a_figure_stay(dataset: Dataset) -> None:
    found = of(dataset, "op-tijd", ZWOLLE)
    assert found.slides[0].figure.notice_texts == (
        "Voor Zwolle zijn hierover geen cijfers gepubliceerd; hier staat IJsselland als geheel.",
    )


def test_a_story_chooses_the_measure_only_where_the_visitor_did_not(dataset: Dataset) -> None:
    rates = of(dataset, "naast-de-regio", ZWOLLE).slides
    assert all("per 1.000 inwoners" in each.figure.subtitle for each in rates)
    months = of(dataset, "naast-de-regio", replace(ZWOLLE, measure=Measure.PER_MAAND)).slides
    places = [each.figure for each in months if ".places." in each.figure.id]
    assert places
    assert all("gemiddeld per maand" in figure.subtitle for figure in places)


def test_the_map_is_of_the_region_of_each_chosen_place(dataset: Dataset) -> None:
    found = of(dataset, "naast-de-regio", Selection(gemeenten=("dordrecht", "zwolle")))
    assert [each.figure.id for each in found.slides if isinstance(each.figure.chart, AreaMap)] == [
        "meldingen.tiles.ijsselland"
    ]
    assert "Voor een kaart bij Dordrecht zijn er te weinig gemeenten met cijfers over meldingen." in found.left_out


def test_others_are_not_ranked_without_the_chosen_gemeente(dataset: Dataset) -> None:
    found = of(dataset, "naast-de-regio", DORDRECHT)
    ids = ["meldingen.places.6", "meldingen.places.6.2"]
    assert [each.figure.id for each in found.slides] == ids
    assert any("voor Dordrecht geen cijfers over adviezen" in sentence for sentence in found.left_out)


SHIELDED = Selection(gemeenten=("ommen",), shielding=Shielding.ALL)


def test_where_every_number_of_a_division_is_hidden_the_next_is_shown(dataset: Dataset) -> None:
    _, by_group, _ = of(dataset, "wie-meldt", SHIELDED).slides
    assert by_group.title.endswith("komen van politie en justitie: minstens 60 van de 88 in 2020 en 2021 samen")
    assert of(dataset, "wie-meldt", ZWOLLE).slides[1].figure.id == "meldingen_professionals_functie.categories.24"


def test_bounds_that_say_nothing_are_told_and_not_drawn(dataset: Dataset) -> None:
    (figure,) = build_figures(dataset, FigureRequest("categories", ("meldingen_professionals_functie",)), SHIELDED)
    assert not figure.chart.roles
    assert figure.sentences[:3] == (
        "Van geen enkele groep is een getal te tonen.",
        "Afgeschermd: politieagenten, sociaal werkers en intern begeleiders, leerlingbegeleiders en zorgcoördinatoren.",
        "0-6: directeuren in het onderwijs.",
    )
    assert sum("0 tot en met 4" in sentence for sentence in figure.sentences) == 1


def test_what_is_left_out_does_not_contradict_the_slides(dataset: Dataset) -> None:
    elsewhere = "wel voor IJsselland, Dalfsen en 10 andere plaatsen"
    assert of(dataset, "wie-meldt", DORDRECHT).left_out == (
        f"De bronnen geven voor Dordrecht geen verdeling van meldingen van particulieren, {elsewhere}; "
        "voor Dordrecht wel van meldingen naar melder.",
    )
    (said, *_) = of(dataset, "stijgt-het", DORDRECHT).left_out
    assert said.startswith("De bronnen geven voor Dordrecht geen cijfers over adviezen, wel voor Nederland, ")
    assert said.endswith("; voor Dordrecht wel over advies, consult en ondersteuning.")


def test_a_story_of_a_rise_says_both_periods_and_that_two_do_not_tell(dataset: Dataset) -> None:
    (slide_,) = of(dataset, "stijgt-het", DORDRECHT).slides
    assert slide_.title == "Dordrecht: 308 meldingen in het tweede kwartaal van 2021, in het eerste kwartaal 242"
    assert slide_.figure.beneath == ("Twee perioden zeggen niet of het stijgt: van een jaar eerder is er geen cijfer.",)


def test_filters_say_in_which_units_the_slides_are(dataset: Dataset) -> None:
    told = of(dataset, "naast-de-regio", ZWOLLE)
    made = make_deck(told, "Naast de regio", ZWOLLE, dataset.metadata, "", date(2026, 1, 1))
    assert made.filters == "Zwolle · Nieuwste periode · Alle soorten geweld samen · Per 1.000 inwoners per jaar"


@pytest.mark.parametrize("place", SELECTIONS)
def test_a_story_is_offered_where_it_has_a_figure(dataset: Dataset, place: str) -> None:
    asked, metadata = SELECTIONS[place], dataset.metadata
    without = [made.id for made in metadata.stories if not can_fill(made, asked, metadata)]
    assert without == [made.id for made in metadata.stories if not fill_story(dataset, made, asked).slides]
    assert len(explain_unoffered(metadata.stories, asked, metadata)) == bool(without)


# --- a small world ---------------------------------------------------------------------------------------------------


def test_the_first_figure_that_the_sources_fill_is_used(small: Dataset) -> None:
    first, second = StoryFigure("categories", ("naar_aard",)), StoryFigure("categories", ("naar_melder",))
    stad = Selection(gemeenten=("stad",))
    ids = [each.figure.id for each in fill_story(small, story(slide(first, second)), stad).slides]
    assert ids == ["naar_aard.categories.12"]
    ids = [each.figure.id for each in fill_story(small, story(slide(second, first)), stad).slides]
    assert ids == ["naar_melder.categories.6"]


@pytest.mark.parametrize(
    ("figure", "selection", "sentence"),
    [
        (
            StoryFigure("series", ("meldingen",)),
            Selection(gemeenten=("dorp",)),
            "Voor Dorp is er over meldingen geen reeks van meer dan twee jaren.",
        ),
        (
            StoryFigure("places", ("meldingen",)),
            Selection(region="nederland"),
            "De bronnen geven voor Nederland geen cijfers over meldingen, wel voor Polder, Dorp en Stad.",
        ),
        (
            StoryFigure("ranking", ("tijdig",)),
            Selection(gemeenten=("dorp", "stad")),
            "Over op tijd zijn er voor Dorp en Stad geen cijfers per gemeente.",
        ),
        (
            StoryFigure("tiles", ("meldingen",)),
            Selection(region="nederland"),
            "De bronnen geven voor Nederland geen cijfers over meldingen, wel voor Polder, Dorp en Stad.",
        ),
        (
            StoryFigure("norms", ("tijdig",), "Besluiten op tijd"),
            Selection(region="nederland"),
            "De bronnen geven voor Nederland geen cijfers over besluiten op tijd, wel voor Polder.",
        ),
    ],
)
def test_a_sentence_says_why_a_slide_is_left_out(
    small: Dataset, figure: StoryFigure, selection: Selection, sentence: str
) -> None:
    assert fill_story(small, story(slide(figure)), selection) == Filled((), (sentence,))


def test_a_figure_that_fills_two_slides_is_shown_once(small: Dataset) -> None:
    twice = slide(StoryFigure("places", ("meldingen",)))
    told = fill_story(small, story(twice, twice), Selection(region="polder"))
    assert told == fill_story(small, story(twice), Selection(region="polder"))
    assert len(told.slides) == 1


def test_a_story_without_slides_tells_nothing(small: Dataset) -> None:
    assert fill_story(small, story(), Selection()) == Filled((), ())


# --- picks in a link -------------------------------------------------------------------------------------------------

HOSTILE = (
    "",
    "~",
    "~~~~~~",
    "~~~~~~~~~~~~~~~~~~~~~~~~~~~",
    "places",
    "places~0~~~~",
    "places~0~~~~~",
    "places~-1~~~~~meldingen",
    "places~1e3~~~~~meldingen",
    "places~٣~~~~~meldingen",
    "places~999999999999999999999~~~~~meldingen",
    "places~~~~~~meldingen",
    "PLACES~0~~~~~meldingen",
    "places~0~~~~~meldingen.00",
    "places~0~~~~~'; DROP TABLE story;--",
    "places~0~~<script>~~~meldingen",
    "places~0~~../../etc~~~meldingen",
    "places\x00~0~~~~~meldingen",
    "places~0~~~~~" + "a" * 61,
    "places~0~~~~" + "~meldingen" * 13,
    "x" * 1_000_000,
    "~" * 1_000_000,
    "\ud800~0~~~~~\udfff",
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:30]))
def test_a_text_that_names_no_pick_is_none(text: str) -> None:
    assert Pick.parse(text) is None


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("gewoon", "gewoon"),
        ("  twee\n\tregels  ", "twee regels"),
        ("nul\x00teken\x1b[31m", "nul teken [31m"),
        ("rechts\u202enaar links", "rechts naar links"),
        ("half \ud800 teken", "half teken"),
        ("<b>&amp;\"'`~.%20+_-/?#", "<b>&amp;\"'`~.%20+_-/?#"),
        ("crème brûlée — 漢字 🙂", "crème brûlée — 漢字 🙂"),
        ("{what} %s {0}", "{what} %s {0}"),
    ],
)
def test_words_are_cleaned_and_come_back_as_they_are(words: str, kept: str) -> None:
    pick = Pick(FigureRequest("groups", ("meldingen_naar_melder",), words), 3, words, words)
    assert (pick.title, pick.remark, pick.asked.label) == (kept, kept, kept)
    assert Pick.parse(pick.text) == pick


def test_words_are_cut_where_there_is_no_more_room() -> None:
    pick = Pick(FigureRequest("places", ("meldingen",)), title="t" * 10_000, remark="🙂" * 10_000)
    assert (len(pick.title), len(pick.remark)) == (MOST_IN_TITLE, MOST_IN_REMARK) == (120, 600)
    assert Pick.parse(pick.text) == pick
    forged = "places~0~~~" + "t" * 5000 + "~" + "r" * 5000 + "~meldingen"
    read_back = Pick.parse(forged)
    assert read_back is not None
    assert (len(read_back.title), len(read_back.remark)) == (120, 600)


def test_a_pick_is_text_that_a_link_need_not_escape() -> None:
    pick = Pick(FigureRequest("tiles", ("meldingen",), region="ijsselland"), 2, "Op de kaart: 100%", "Zie ook ~ punt.")
    assert quote(pick.text, safe="") == pick.text
    assert MELDINGEN.text == "places~0~~~~~meldingen"
    assert Pick.parse(pick.text) == pick


def test_any_pick_comes_back_from_its_text() -> None:
    dice = random.Random(6)
    signs = [chr(n) for n in (*range(32, 127), 0xE9, 0x2026, 0x1F642, 0, 10, 0x202E)]
    for _ in range(500):
        label, title, remark = ("".join(dice.choices(signs, k=dice.randrange(200))) for _ in range(3))
        names = tuple(dice.choices(("meldingen", "vv_tijdig", "a-1"), k=dice.randrange(1, 8)))
        pick = Pick(
            FigureRequest("norms", names, label, dice.choice(("", "ijsselland"))), dice.randrange(100), title, remark
        )
        assert Pick.parse(pick.text) == pick


def test_forged_texts_never_break() -> None:
    dice = random.Random(7)
    signs = "~.%aA0_-é\x00{}" + "meldingen"
    for _ in range(2000):
        found = Pick.parse("places~0~" + "".join(dice.choices(signs, k=dice.randrange(60))))
        assert found is None or Pick.parse(found.text) == found


def test_a_number_stays_within_what_a_link_can_say() -> None:
    assert Pick(MELDINGEN.asked, -4).number == 0
    assert Pick.parse(Pick(MELDINGEN.asked, 10**9).text) == Pick(MELDINGEN.asked, 99)


@pytest.mark.parametrize(
    "asked",
    [
        FigureRequest("pasta", ("meldingen",)),
        FigureRequest("places", ("meldinge",)),
        FigureRequest("places", ()),
        FigureRequest("places", ("meldingen", "adviezen")),
        FigureRequest("categories", ("meldingen",)),
        FigureRequest("groups", ("meldingen_naar_melder", "meldingen"), "Melders"),
        FigureRequest("groups", ("overdrachtspartijen",), "Partijen"),
        FigureRequest("norms", ("meldingen",), "Op tijd"),
        FigureRequest("tiles", ("meldingen",), region="atlantis"),
        FigureRequest("tiles", ("meldingen",), region="zwolle"),
        FigureRequest("places", ("meldingen",), region="ijsselland"),
    ],
)
def test_what_the_data_do_not_know_is_no_pick_but_never_an_error(dataset: Dataset, asked: FigureRequest) -> None:
    pick = Pick(asked, title="Mijn dia")
    assert recognise_pick(pick, dataset.metadata) is None
    found = fill_picks(dataset, [pick, MELDINGEN], ZWOLLE)
    assert found.left_out == ("“Mijn dia” is in deze gegevens niet bekend.",)
    assert [each.figure.id for each in found.slides] == ["meldingen.places.12"]


def test_a_link_with_faults_gives_the_rest_and_a_sentence(dataset: Dataset) -> None:
    bad = Pick(FigureRequest("places", ("niets",)))
    assert read_picks([MELDINGEN.text], dataset.metadata) == ((MELDINGEN,), ())
    picks, problems = read_picks(["onzin", MELDINGEN.text, bad.text], dataset.metadata)
    assert picks == (MELDINGEN,)
    assert problems == ("2 dia’s uit de link zijn niet herkend en niet getoond.",)
    assert read_picks(["onzin"], dataset.metadata)[1] == ("1 dia uit de link is niet herkend en niet getoond.",)
    numbered = [replace(MELDINGEN, number=number).text for number in range(100)]
    many, problems = read_picks(numbered * 100, dataset.metadata)
    assert len(many) == MOST_PICKS
    assert problems == ("In een presentatie passen 50 dia’s; de andere uit de link zijn niet getoond.",)


def test_a_parked_question_comes_back_with_its_view_and_no_other_address() -> None:
    asked = Question("Hoe zit dat? ~ <b>", "https://x.example/presenteren?gemeente=Zwolle&scherm=2")
    assert parse_question(write_question(asked)) == Question(asked.text, "gemeente=Zwolle&scherm=2")
    for wrong in ("", "~", "~a", "Hoe", "a~b~c"):
        assert parse_question(wrong) is None


# --- picks as slides -------------------------------------------------------------------------------------------------


def test_a_pick_is_the_figure_with_the_words_of_the_visitor(dataset: Dataset) -> None:
    pick = replace(MELDINGEN, title="Onze gemeente", remark="Dit weten we al.")
    [found] = fill_picks(dataset, [pick], ZWOLLE).slides
    assert found.figure == build_figures(dataset, pick.asked, ZWOLLE)[0]
    assert found.title == "Onze gemeente"
    assert found.subtitle.startswith(
        "Eigen titel van de maker van deze presentatie. De bevinding: Zwolle: 646 meldingen"
    )
    assert found.spoken == "Opmerking van de maker van deze presentatie: Dit weten we al."
    [bare] = fill_picks(dataset, [MELDINGEN], ZWOLLE).slides
    assert (bare.title, bare.subtitle, bare.spoken) == (bare.figure.title, bare.figure.subtitle, "")


def test_a_link_gives_no_figure_a_name_of_its_own(dataset: Dataset) -> None:
    asked = FigureRequest("groups", ("meldingen_professionals_functie",), "Meldingen per beroepsgroep")
    assert recognise_pick(Pick(asked), dataset.metadata)
    assert recognise_pick(Pick(asked._replace(label="Wethouder faalt")), dataset.metadata) is None


def test_a_pick_names_one_of_the_figures(dataset: Dataset) -> None:
    both = Selection(gemeenten=("dordrecht", "zwolle"))
    picks = [MELDINGEN, replace(MELDINGEN, number=1)]
    assert [each.figure.id for each in fill_picks(dataset, picks, both).slides] == [
        "meldingen.places.6",
        "meldingen.places.12",
    ]
    found = fill_picks(dataset, picks, ZWOLLE)
    assert len(found.slides) == 1
    assert found.left_out == ("“Meldingen” heeft bij deze keuze 1 grafiek; de 2e is er niet.",)


def test_a_pick_that_the_sources_cannot_fill_is_left_out_with_its_reason(dataset: Dataset) -> None:
    pick = Pick(FigureRequest("categories", ("onderzoek_uitkomst",)))
    found = fill_picks(dataset, [pick], ZWOLLE)
    assert found == Filled(
        (), ("De bronnen geven voor Zwolle geen cijfers over uitkomsten van onderzoek, wel voor Dordrecht.",)
    )


def test_every_slide_of_a_region_says_for_which_place_it_stands(dataset: Dataset) -> None:
    said = "hier staat IJsselland als geheel"
    regional = [slide.figure for slide in of(dataset, "op-tijd", ZWOLLE).slides]
    assert [figure.subject.places[0] for figure in regional] == ["Veilig Thuis IJsselland"] * 3
    assert all(said in " ".join(figure.notice_texts) for figure in regional)
    assert all(said in write_footnote(figure, (), 0) for figure in regional), "on stage, in HTML and in a picture too"


def test_what_a_chart_leaves_out_stands_under_its_slide(dataset: Dataset) -> None:
    ommen = Selection(gemeenten=("ommen",))
    (figure,) = build_figures(dataset, FigureRequest("categories", ("meldingen_particulieren",)), ommen)
    assert write_footnote(figure, (), 0).startswith("Niet getekend: buurtbewoners, vrijwilligers, ")
    long = replace(figure, beneath=(*figure.beneath, "Lang. " * 80))
    assert "nog 1 opmerking: zie het bestand" in write_footnote(long, (), 0)


def test_no_two_slides_have_one_title(dataset: Dataset) -> None:
    titles = [slide.title for slide in of(dataset, "gemeente-in-cijfers", DORDRECHT).slides]
    assert len(titles) == len(set(titles))
    assert any(title.endswith("komen van politie en justitie (melders in gedeelde groepen)") for title in titles)


def test_a_slide_holds_by_itself(dataset: Dataset) -> None:
    three = Selection(gemeenten=("zwolle", "deventer", "dordrecht"))
    for slide in of(dataset, "wie-meldt", three).slides[:2]:
        said, shown = " ".join(slide.figure.notice_texts), slide.figure.subject.places
        assert ("hier staat IJsselland als geheel" in said) == (shown == ("IJsselland",))
    rates = of(dataset, "naast-de-regio", three).slides
    assert rates[0].title == (
        "Zwolle: 5,0 meldingen per 1.000 inwoners in 2021; Deventer 5,0, IJsselland 4,4 en Nederland 6,8"
    )
    assert ("Nederland",) not in [slide.figure.subject.places for slide in rates]
    reasons = rates[1].figure.notice_texts
    assert [text.startswith("Niet in deze grafiek: Nederland (2021), want ") for text in reasons] == [False, True]
    assert reasons[1].endswith("het CBS telt ook andere problematiek dan geweld.")


def test_the_same_figure_twice_is_one(dataset: Dataset) -> None:
    other = replace(MELDINGEN, title="Nog eens")
    assert read_picks([MELDINGEN.text, other.text, MELDINGEN.text], dataset.metadata) == ((MELDINGEN,), ())


@pytest.mark.parametrize("place", SELECTIONS)
def test_every_figure_can_be_picked_everywhere(dataset: Dataset, place: str) -> None:
    picks = [
        Pick(FigureRequest(form, (name,), "Samen")) for name in dataset.metadata.indicators for form in FIGURE_KINDS
    ]
    check(fill_picks(dataset, [pick for pick in picks if recognise_pick(pick, dataset.metadata)], SELECTIONS[place]))


def test_order_is_changed_without_losing_any() -> None:
    a, b, c = (Pick(FigureRequest("places", (name,))) for name in "abc")
    assert reorder_picks((a, b, c), "2,0,1") == (c, a, b)
    for wrong in ("", "0", "0,1,1", "0,1,3", "0,1,2,3", "x,y,z"):
        assert reorder_picks((a, b, c), wrong) == (a, b, c)
    assert move_pick((a, b, c), 0, 1) == (b, a, c)
    assert move_pick((a, b, c), 2, -2) == (c, a, b)
    assert move_pick((a, b, c), 1, 99) == (a, c, b)
    assert move_pick((a, b, c), 1, -99) == (b, a, c)
    assert move_pick((a, b, c), 1, 0) == (a, b, c)
    assert move_pick((a, b, c), 3, -1) == move_pick((a, b, c), -1, 1) == (a, b, c)
    assert move_pick((), 0, 1) == ()


# --- the deck --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selection", "words"),
    [
        (DORDRECHT, "Dordrecht · Nieuwste periode · Alle soorten geweld samen · Aantal"),
        (Selection(), "Alle regio's · Nieuwste periode · Alle soorten geweld samen · Aantal"),
        (
            Selection(region="ijsselland", period="2021-H1", geweld="om", measure=Measure.PER_1000),
            "IJsselland · 1e halfjaar 2021 · Alleen ouderenmishandeling · Per 1.000 inwoners per jaar",
        ),
        (
            Selection("ijsselland", ("zwolle", "ijsselland-overig"), "2021", "km", Measure.AANDEEL_REGIO),
            "Zwolle en Overige gemeente (IJsselland) · 2021 · Alleen kindermishandeling · Aandeel van de regio",
        ),
    ],
)
def test_every_filter_is_said_in_words(dataset: Dataset, selection: Selection, words: str) -> None:
    assert describe_filters(selection, dataset.metadata) == words


def test_a_deck_holds_all_that_must_go_with_it(dataset: Dataset) -> None:
    found = of(dataset, "uit-onderzoek", ZWOLLE)
    asked = Question("Waarom zo weinig?", "?gemeente=Zwolle")
    made = make_deck(found, "Uit onderzoek", ZWOLLE, dataset.metadata, "?x=1", date(2026, 11, 22), [asked])
    assert (made.title, made.subtitle, made.link) == ("Uit onderzoek", "Zwolle", "?x=1")
    assert (made.slides, made.left_out, made.questions) == (found.slides, found.left_out, (asked,))
    assert made.filters == describe_filters(ZWOLLE, dataset.metadata)
    assert (made.data_version, made.made_on) == (dataset.metadata.data_version, date(2026, 11, 22))
    assert made.sources == list(dict.fromkeys(made.sources)) != []
    assert all("IJsselland" in source for source in made.sources)


def test_what_comes_of_an_investigation_is_its_outcome_where_a_source_has_that(dataset: Dataset) -> None:
    assert "bevestigd" in of(dataset, "uit-onderzoek", DORDRECHT).slides[0].title
    assert "onderzoeken" in of(dataset, "uit-onderzoek", ZWOLLE).slides[0].title


def test_a_region_that_is_partly_in_the_collection_is_named_by_its_places(dataset: Dataset) -> None:
    selection = Selection(region="zuid-holland-zuid")
    made = make_deck(Filled((), ()), "Leeg", selection, dataset.metadata, "", date(2026, 1, 1))
    assert made.subtitle == "Dordrecht"
    assert made.filters.startswith("Zuid-Holland Zuid · ")
