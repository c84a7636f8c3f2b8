import pytest
from worlds import edit

from vt.errors import DataError
from vt.ingest.catalogue import load_catalogue
from vt.model.catalogue import PopulationSource


def test_an_indicator_has_its_words_unit_and_classification(catalogue):
    melders = catalogue.indicators["naar_melder"]
    assert (melders.label, melders.unit, melders.topic) == ("Melders", "aantal", "melders")
    assert (melders.classification, melders.split, melders.norm) == ("melder", None, None)
    assert catalogue.indicators["meldingen"].split == "naar_aard"


def test_a_norm_has_a_level_and_a_source(catalogue):
    norm = catalogue.indicators["tijdig"].norm
    assert (norm.value, norm.label, norm.source) == (80, "norm 80%", "Het rapport")


def test_a_category_is_found_by_its_label_and_by_how_it_is_printed(catalogue):
    printed = catalogue.find_category("melder", "Politie/OM")
    assert printed == catalogue.find_category("melder", "Politie en OM")
    assert printed.id == "melder/politie"
    assert catalogue.find_category("melder", "Partnergeweld") is None


def test_a_category_tells_its_geweld_group_and_whether_it_is_a_rest(catalogue):
    buurt, anders = catalogue.categories["melder"][1:]
    assert (buurt.group, buurt.rest, buurt.short) == ("particulieren", False, "Buurtbewoner")
    assert anders.rest
    assert [c.geweld for c in catalogue.categories["aard"]] == ["hg", "km", None]
    assert catalogue.groups["directbetrokkenen"].parent == "particulieren"


def test_a_place_is_found_by_label_id_and_printed_spelling_within_its_region(catalogue):
    for label in ("Stad", "stad", "De Stad"):
        assert catalogue.find_place(label, "polder").id == "stad"
    assert catalogue.find_place("Stad", "bergen") is None
    assert catalogue.find_place("Polder", "polder").kind == "region"


def test_a_gemeente_goes_before_the_region_of_the_same_name(world):
    places = world / "catalogue/places.yaml"
    edit(places, "dorp: {label: Dorp,", "dorp: {label: Polder,")
    assert load_catalogue(world / "catalogue").find_place("Polder", "polder").id == "dorp"


def test_inhabitants_are_a_number_or_a_range(catalogue):
    assert catalogue.places["dorp"].inhabitants == {2020: (990, 990), 2021: (1000, 1004)}
    assert catalogue.places["polder"].inhabitants == {}


def test_terms_and_sources_are_in_the_order_of_the_file(catalogue):
    assert [(term.term, term.abbreviation) for term in catalogue.terms] == [
        ("Melding", None),
        ("Huiselijk geweld", "HG"),
    ]
    assert catalogue.sources == (PopulationSource("Het CBS", "Inwoners op 1 januari."),)


@pytest.mark.parametrize(
    ("file", "old", "new", "found", "meant"),
    [
        ("indicators", "unit: procent", "unit: percent", "unit van tijdig is “percent”", "“procent”"),
        ("indicators", "topic: triage", "topic: triaje", "topic van tijdig is “triaje”", "“triage”"),
        ("topics", "label: Triage", "label: [1]", "label van onderwerp triage is “[1]”", "tekst"),
        ("topics", "triage: {label: Triage}", "triage: Triage", "onderwerp triage is “Triage”", "sleutels"),
        ("topics", "[Meldingen, Gevaar]", "Gevaar", "sections van onderwerp instroom is “Gevaar”", "een lijst"),
        ("topics", "[Meldingen, Gevaar]", "[1]", "sections van onderwerp instroom noemt “1”", "tekst"),
        ("topics", "[Meldingen, Gevaar]", "[Gevaar, Gevaar]", "“Gevaar” komt 2 keer voor", "een keer"),
        ("indicators", "split: naar_aard", "about: incdent", "about van meldingen is “incdent”", "“incident”"),
        ("indicators", "split: naar_aard", "section: Gevar", "section van meldingen is “Gevar”", "“Gevaar”"),
        ("indicators", "classification: aard", "classification: aart", "is “aart”", "“aard”"),
        ("indicators", "split: naar_aard", "split: naar_art", "split van meldingen is “naar_art”", "“naar_aard”"),
        ("indicators", "value: 80", "value: tachtig", "value van norm van tijdig is “tachtig”", "een getal"),
        ("indicators", "label: Op tijd", "label: Op tijd\n  caveet: x", "onbekende sleutel “caveet”", "“caveat”"),
        ("indicators", "  noun: {one: besluit, many: besluiten}\n", "", "ontbreekt de sleutel “noun”", "noun"),
        ("indicators", "{one: besluit, many", "{many", "in noun van tijdig ontbreekt de sleutel “one”", "one: …"),
        ("indicators", "{one: besluit, many: besluiten}", "besluiten", "noun van tijdig is “besluiten”", "sleutels"),
        ("indicators", "  unit: procent\n", "  unit: aantal\n", "tijdig ontbreekt de sleutel “counts”", "meldingen"),
        ("indicators", "definition: Deel op tijd.", "definition: 3", "definition van indicator tijdig is “3”", "tekst"),
        ("categories", "group: particulieren", "group: particulier", "is “particulier”", "“particulieren”"),
        ("categories", "parent: particulieren", "parent: vrienden", "is “vrienden”", "“particulieren”"),
        ("categories", "geweld: hg", "geweld: gh", "geweld van Partnergeweld is “gh”", "“hg”"),
        ("categories", "geweld: hg", "geweld: alle", "geweld van Partnergeweld is “alle”", "“hg”"),
        ("categories", "rest: true", "rest: ja", "rest van het lid “Anders” van melder is “ja”", "true of false"),
        ("categories", "printed: [Politie/OM]", "printed: Politie", "printed van het lid “Politie en OM” van", "lijst"),
        ("categories", "id: anders", "id: buurt", "het id “buurt” komt 2 keer voor", "een keer"),
        ("categories", "[Politie/OM]", "[Anders]", "de naam “Anders” komt 2 keer voor", "een keer"),
        ("places", "dorp: {label: Dorp, region: polder", "dorp: {label: Dorp, region: poldr", "“poldr”", "“polder”"),
        ("places", "code: GM0002", "code: GM0001", "de code “GM0001” komt 2 keer voor", "een keer"),
        ("places", "[1000, 1004]", "[1004, 1000]", "inwoners van dorp in 2021: “[1004, 1000]”", "[laagste, hoogste]"),
        ("places", "{2021: 9000}", "{2021: veel}", "inwoners van stad in 2021: “veel”", "een getal"),
        ("places", "{2021: 9000}", "9000", "inhabitants van stad is “9000”", "{2021: aantal}"),
        ("places", "polder-overig:", "dorp:", "de plaats “dorp” komt 2 keer voor", "een keer"),
        ("glossary", "{term: Melding,", "{term: Huiselijk geweld,", "“Huiselijk geweld” komt 2 keer voor", "een keer"),
        ("glossary", "[meldingen, naar_melder]", "[meldngen]", "“meldngen”", "“meldingen”"),
        ("glossary", "abbreviation: HG", "afkorting: HG", "onbekende sleutel “afkorting”", "“abbreviation”"),
    ],
)
def test_what_the_catalogue_does_not_know_is_refused(world, file, old, new, found, meant):
    edit(world / f"catalogue/{file}.yaml", old, new)
    with pytest.raises(DataError) as refusal:
        load_catalogue(world / "catalogue")
    [fault] = refusal.value.faults
    assert fault.file == f"{file}.yaml"
    assert found in fault.found
    assert meant in fault.meant


def test_a_broken_file_is_not_blamed_on_the_files_that_refer_to_it(world):
    (world / "catalogue/categories.yaml").write_text("groups: [")
    with pytest.raises(DataError) as refusal:
        load_catalogue(world / "catalogue")
    assert {fault.file for fault in refusal.value.faults} == {"categories.yaml"}


@pytest.mark.parametrize(
    ("file", "content", "found"),
    [
        ("categories", "groups: {}\nclassifications: {}\n", "classification van naar_melder is “melder”"),
        ("topics", "{}\n", "topic van meldingen is “instroom”"),
    ],
)
def test_what_an_empty_file_does_not_name_is_refused_where_it_is_asked_for(world, file, content, found):
    (world / f"catalogue/{file}.yaml").write_text(content)
    with pytest.raises(DataError) as refusal:
        load_catalogue(world / "catalogue")
    told = [fault for fault in refusal.value.faults if found in fault.found]
    assert [(fault.file, fault.line > 1) for fault in told] == [("indicators.yaml", True)]
