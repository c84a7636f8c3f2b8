"""One search over everything that has a name or is a number."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from vt.figures.answers import Dataset
from vt.figures.asking import correct, list_words
from vt.figures.found import tell_numbers
from vt.figures.search import Hit, search, suggest, term_anchor
from vt.model.hidden import Shielding
from vt.store.connection import connect
from vt.store.reference import read_class_labels, read_metadata
from vt.web.audit import render_definitions
from vt.web.search import render_found


def find(dataset: Dataset, text: str) -> dict[str, list[Hit]]:
    return search(dataset.metadata, read_class_labels(dataset.db), text).groups


@pytest.mark.parametrize(
    ("text", "group", "name", "link"),
    [
        ("raalte", "Plaatsen", "Raalte", "overzicht?gemeente=Raalte"),
        ("IJsselland", "Plaatsen", "IJsselland", "overzicht?regio=IJsselland"),
        ("huisverbod", "Cijfers", "Huisverboden", "instroom?"),
        ("huisarts", "Cijfers", "Adviezen aan professionals naar functie", "adviesvragers?"),
        ("V&V", "Begrippen", "Voorwaarden en vervolg (V&V)", "begrippen?#begrip-voorwaarden-en-vervolg"),
        ("vervolg voorw", "Begrippen", "Voorwaarden en vervolg (V&V)", "begrippen?#begrip-voorwaarden-en-vervolg"),
        ("wat betekent °?", "Begrippen", "Teruggerekend cijfer (°)", "begrippen?#begrip-teruggerekend-cijfer"),
        ("≠", "Begrippen", "Omstreden cijfer (≠)", "begrippen?#begrip-omstreden-cijfer"),
        ("geheim", "Begrippen", "Geheim cijfer", "begrippen?#begrip-geheim-cijfer"),
        ("wat ontbreekt er", "Begrippen", "Geheim cijfer", "begrippen?#begrip-geheim-cijfer"),
        ("csv", "Begrippen", "Cijfers downloaden", "begrippen?#begrip-cijfers-downloaden"),
        ("alles downloaden", "Begrippen", "Cijfers downloaden", "begrippen?#begrip-cijfers-downloaden"),
        ("Halen we", "Vragen", "Halen we de wettelijke termijnen?", "presenteren?verhaal="),
    ],
)
def test_what_has_these_words_in_its_name_is_first_of_its_kind(
    dataset: Dataset, text: str, group: str, name: str, link: str
) -> None:
    first = find(dataset, text)[group][0]
    assert first.name == name
    assert first.link.startswith(link)


@pytest.mark.parametrize(
    ("text", "first", "link"),
    [
        ("deventer 2021 meldingen", "Meldingen", "instroom?gemeente=Deventer&periode=2021&figuur=meldingen.places.12"),
        (
            "meldingen 2021 in Deventer",
            "Meldingen",
            "instroom?gemeente=Deventer&periode=2021&figuur=meldingen.places.12",
        ),
        (
            "dordrecht 1e halfjaar 2021 km meldingen",
            "Meldingen",
            "instroom?gemeente=Dordrecht&periode=1e+halfjaar+2021",
        ),
        (
            "deventer 2021 ouderen meldingen",
            "Meldingen naar aard van het geweld",
            "aard?gemeente=Deventer&periode=2021",
        ),
        ("mishandeling zwolle", "Adviezen naar aard van het geweld", "aard?gemeente=Zwolle&figuur=adviezen_naar_aard"),
        ("zwolle kampen adviezen", "Adviezen", "instroom?gemeente=Zwolle&gemeente=Kampen"),
        ("klachten ijsselland", "Klachten", "organisatie?regio=IJsselland"),
        ("dordrecht klachten", "Klachten", "organisatie?gemeente=Dordrecht"),
        ("meldingen per 1000 inwoners raalte", "Meldingen", "instroom?gemeente=Raalte&weergave=Per+1.000"),
        (
            "welke beroepsgroepen vragen advies in Kampen",
            "Adviezen per beroepsgroep",
            "adviesvragers?gemeente=Kampen&figuur=adviezen_professionals_functie.groups",
        ),
        ("klachten regio IJsselland", "Klachten", "organisatie?regio=IJsselland"),
        ("gemeente raalte overdracht", "Overdrachten", "overdracht?gemeente=Raalte"),
        ("Hoeveel meldingen had Zwolle in 2021?", "Meldingen", "instroom?gemeente=Zwolle&periode=2021"),
        ("hoe vaak huisverbod Raalte", "Huisverboden", "instroom?gemeente=Raalte"),
    ],
)
def test_places_a_year_a_kind_and_words_are_one_question(dataset: Dataset, text: str, first: str, link: str) -> None:
    hit = next(iter(find(dataset, text).values()))[0]
    assert (hit.name, hit.link[: len(link)]) == (first, link)


def test_who_asks_how_two_terms_differ_finds_both_first(dataset: Dataset) -> None:
    assert [hit.name for hit in find(dataset, "verschil advies en melding")["Begrippen"][:2]] == ["Advies", "Melding"]


def test_every_word_counts(dataset: Dataset) -> None:
    assert find(dataset, "zwolle xyzzy") == {}
    assert "Cijfers" not in find(dataset, "politie klachten")
    assert {hit.about for hit in find(dataset, "politie")["Cijfers"]} >= {
        "met Politieagent",
        "met Politie en Openbaar Ministerie",
    }
    assert find(dataset, "dordrecht klachten")["Cijfers"][0].about == "niet gepubliceerd voor Dordrecht"


@pytest.mark.parametrize(
    ("text", "meant"),
    [("deventr meldingen", "deventer meldingen"), ("huisatrs zwolle", "huisarts zwolle"), ("Zwole", "zwolle")],
)
def test_a_slip_of_the_keys_is_read_as_what_it_is_nearest_to(dataset: Dataset, text: str, meant: str) -> None:
    found = search(dataset.metadata, read_class_labels(dataset.db), text)
    assert found.instead == meant
    assert found.groups


def test_of_many_words_that_are_none_nothing_is_guessed(dataset: Dataset) -> None:
    words = list_words(["deventer", "meldingen", "zwolle"])
    assert correct("deventr meldingn zwole", words) == "deventer meldingen zwolle"
    assert correct("deventr meldingn zwole deventre", words) == ""
    asked = search(dataset.metadata, {}, "qwxz raalte vbnq huisverboden plkj mnbv").asked
    assert suggest(dataset.metadata, {}, asked)[:2] == ["Raalte", "huisverboden"]


def test_where_nothing_is_found_stands_what_would_be(real_database: Path) -> None:
    with closing(connect(real_database)) as db:
        said = render_found(db, read_metadata(db), "zwolle xyzzy", Shielding.RECOVERED)
        beside = render_found(db, read_metadata(db), "550 dordrecht", Shielding.RECOVERED)
    assert 'href="zoek?zoek=Zwolle"' in said
    assert "staat op" in beside


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("zwolle", "Meldingen", "Zwolle: 646 · 2021, 112 minder dan in 2020 (758), ofwel 15%"),
        ("meldingen zwolle 2020", "Meldingen", "Zwolle: 758 · 2020"),
        ("zwolle 1e kwartaal 2020", "Meldingen", "Zwolle: niet over het eerste kwartaal van 2020, wel 758 · 2020"),
        ("huisverboden staphorst", "Huisverboden", "Staphorst: <5 · 2021"),
        ("zwolle km", "Onderzoeken", "Zwolle, alle soorten geweld samen: 19 · 2021, in 2020 waren het er 42"),
        ("overige gemeente", "Crisissituaties", "Overige gemeente (IJsselland): <5 · 2021"),
        (
            "ouderenmishandeling Dordrecht",
            "Meldingen",
            "Dordrecht (ouderenmishandeling): afgeschermd · 1e halfjaar 2021",
        ),
    ],
)
def test_who_asks_how_many_of_a_place_reads_it_in_the_list(dataset: Dataset, text: str, name: str, said: str) -> None:
    found = search(dataset.metadata, read_class_labels(dataset.db), text)
    told = tell_numbers(dataset, found, Shielding.ALL).groups["Cijfers"]
    assert [hit.about for hit in told if hit.name == name] == [said]


def test_the_number_of_a_gemeente_with_the_name_of_a_region_says_so(dataset: Dataset) -> None:
    places = dataset.metadata.places
    namesake = {"zwolle": replace(places["zwolle"], is_namesake=True)}
    renamed = replace(dataset.metadata, places={**places, **namesake})
    told = tell_numbers(replace(dataset, metadata=renamed), search(renamed, {}, "zwolle"), Shielding.ALL)
    assert told.groups["Cijfers"][0].about.startswith("gemeente Zwolle: 646 ·")


def test_only_a_whole_name_is_exact(dataset: Dataset) -> None:
    assert find(dataset, "Raalte")["Plaatsen"][0].rank == 0
    assert find(dataset, "den haag")["Plaatsen zonder cijfers"][0].rank == 0
    assert find(dataset, "raal")["Plaatsen"][0].rank > 0


@pytest.mark.parametrize(
    ("text", "name"), [("raal", "Raalte"), ("raalt 2021", "Raalte"), ("raal meldingen", ""), ("bergen", ""), ("ra", "")]
)
def test_enter_follows_the_only_place_that_was_found(dataset: Dataset, text: str, name: str) -> None:
    only = search(dataset.metadata, read_class_labels(dataset.db), text).only_place
    assert (only.name if only else "") == name


def test_a_region_that_is_not_in_yet_says_so(dataset: Dataset) -> None:
    found = find(dataset, "Amster")
    assert "Plaatsen" not in found
    assert [(hit.name, hit.about, hit.link) for hit in found["Plaatsen zonder cijfers"]] == [
        ("Amsterdam", "gemeente in Amsterdam-Amstelland", "overzicht?gemeente=Amsterdam"),
        ("Amsterdam-Amstelland", "regio als geheel", "overzicht?regio=Amsterdam-Amstelland"),
    ]


@pytest.mark.parametrize(("text", "also"), [("Utrecht", ""), ("utrecht 2021", "&periode=2021")])
def test_a_gemeente_goes_before_the_region_of_its_name(dataset: Dataset, text: str, also: str) -> None:
    found = find(dataset, text)["Plaatsen zonder cijfers"]
    links = [f"overzicht?gemeente=Utrecht{also}", f"overzicht?regio=regio+Utrecht{also}"]
    assert [hit.link for hit in found[:2]] == links


@pytest.mark.parametrize(
    ("text", "name", "about"),
    [
        ("utr", "Utrecht", "gemeente in regio Utrecht"),
        ("den h", "'s-Gravenhage (Den Haag)", "gemeente in Haaglanden"),
        ("weesp", "Weesp", "tot 24 maart 2022, nu Amsterdam"),
        ("haaren", "Haaren", "tot 1 januari 2021, nu Boxtel, Oisterwijk, Tilburg en Vught"),
    ],
)
def test_every_gemeente_is_found_by_a_few_letters(dataset: Dataset, text: str, name: str, about: str) -> None:
    assert about in [hit.about for hit in find(dataset, text)["Plaatsen zonder cijfers"] if hit.name == name]


def test_the_article_of_a_name_is_not_read_as_another_place(dataset: Dataset) -> None:
    of_one_name = {code: place for code, place in dataset.metadata.gemeenten.items() if not place.also}
    found = search(replace(dataset.metadata, gemeenten=of_one_name), {}, "den haag").groups
    assert "Den Helder" not in {hit.name for hits in found.values() for hit in hits}


@pytest.mark.parametrize("text", ["", "   ", "xyzzy", "' OR 1=1 --"])
def test_what_is_nowhere_is_not_found(dataset: Dataset, text: str) -> None:
    assert find(dataset, text) == {}


def test_a_number_is_found_where_it_stands_and_what_is_nowhere_is_said(real_database: Path) -> None:
    with closing(connect(real_database)) as db:
        metadata = read_metadata(db)
        number, nothing = (render_found(db, metadata, text, Shielding.RECOVERED) for text in ("550", "<i>xyzzy"))
    assert "550 staat op 5 plaatsen." in number
    assert "“&lt;i&gt;xyzzy” is niet gevonden" in nothing


@pytest.mark.parametrize("asked", ["45,96", "46,55", "2,378", "0,04"])
def test_a_number_that_is_nowhere_is_named_as_it_was_asked(real_database: Path, asked: str) -> None:
    with closing(connect(real_database)) as db:
        said = render_found(db, read_metadata(db), asked, Shielding.RECOVERED)
    assert f"{asked} komt in geen van de rapporten voor." in said


def test_every_term_has_a_place_of_its_own_on_begrippen(real_database: Path) -> None:
    with closing(connect(real_database)) as db:
        metadata = read_metadata(db)
        page = render_definitions(db, metadata)
    anchors = [term_anchor(entry.term.term) for entry in metadata.glossary]
    assert len(set(anchors)) == len(anchors)
    assert all(f'id="{anchor}"' in page for anchor in anchors)
