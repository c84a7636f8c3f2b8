"""Every text that the app can say, over a grid of all that a visitor can choose: to read and to search.

    uv run python -m tests.sentences [FILE] [--all]

One line a text: how often, which kind of text, the text, and where it stands first. Without --all the grid is thinned:
of each figure in each place a few of all combinations of period, geweld, measure and shielding, others in the next.
The grid is so many slices (SLICES); the first is what is read and tested when nothing is said.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import fields
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from vt.build.build import ensure
from vt.figures import collection, flags
from vt.figures.answers import Dataset
from vt.figures.chart import Point, Role
from vt.figures.figure import Figure, cite
from vt.figures.headlines import Headline, make_headlines
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import GEWELD_CHOICES, LATEST, Selection, describe_contradictions, list_choices
from vt.figures.stories import describe_filters, fill_story, make_deck
from vt.model.borders import Border
from vt.model.catalogue import Indicator
from vt.model.figure_kinds import FIGURE_KINDS
from vt.model.geweld import GEWELD
from vt.model.hidden import Shielding
from vt.model.measures import Measure
from vt.model.period import Period
from vt.render.vega.forms import rows
from vt.store.connection import connect
from vt.store.reference import Metadata, read_metadata, read_population_sources
from vt.store.verdicts import read_verdicts

FLOW = (
    *("meldingen", "triagebesluiten", "voorwaarden_en_vervolg", "onderzoeken", "directe_overdrachten"),
    *("onderzoek_uitkomst", "overdrachten", "overdrachtspartijen_na_triage", "overdrachtspartijen_na_dienst"),
)
SLICES = 919  # of the 540 and more views of a figure in a place: a prime, so that neighbours take other ones


class Shown(NamedTuple):
    """A figure, and what was asked for."""

    asked: FigureRequest
    selection: Selection
    figure: Figure

    @property
    def where(self) -> str:
        """What was asked, on one line."""
        return f"{self.asked.form} {'+'.join(self.asked.indicators)} {_name_view(self.selection)}"


class Card(NamedTuple):
    """A headline number, and what was asked for."""

    indicator: Indicator
    selection: Selection
    headline: Headline


class Text(NamedTuple):
    """Something that a visitor reads: title, notice, caveat."""

    kind: str
    text: str


def show_figures(dataset: Dataset, number: int = 0) -> Iterator[Shown]:
    """The figures of a slice of the grid: every request in every place, of its views one in so many."""
    views = list(product(_list_periods(dataset.metadata), GEWELD_CHOICES, Measure, Shielding))
    requests, places = list_requests(dataset.metadata), _list_places(dataset.metadata)
    for (n, asked), (m, where) in product(enumerate(requests), enumerate(places)):
        for view in views[(n * 7 + m * 3 + number) % SLICES :: SLICES]:
            selection = _select(where, *view)
            for figure in build_figures(dataset, asked, selection):
                yield Shown(asked, selection, figure)


def show_cards(dataset: Dataset, number: int = 0) -> Iterator[Card]:
    """The headline numbers of every place, each in some of its views."""
    known = dataset.metadata
    views = list(product(_list_periods(known), GEWELD_CHOICES, Measure, Shielding))
    for (n, indicator), (m, place) in product(
        enumerate(known.indicators.values()), enumerate(known.places_with_data())
    ):
        for view in views[(n * 7 + m * 3 + number) % SLICES :: SLICES]:
            selection = _select(Selection(), *view)
            for headline in make_headlines(dataset, [indicator], selection, place.id):
                yield Card(indicator, selection, headline)


def list_requests(metadata: Metadata) -> list[FigureRequest]:
    """Every figure that a page can ask for."""
    known, has_groups = metadata.indicators.values(), metadata.grouped.__contains__
    alone = [
        FigureRequest(kind.name, (indicator.id,), region="ijsselland" if kind.name == "tiles" else "")
        for indicator in known
        for kind in FIGURE_KINDS.values()
        if not kind.is_joint and kind.find_misfit(indicator, has_groups) is None
    ]
    alone.append(FigureRequest("flow", FLOW, "Van melding tot uitkomst"))
    for topic in metadata.topics.values():
        shares = tuple(each.id for each in topic.indicators if each.unit == "procent")
        grouped = [each for each in topic.indicators if FIGURE_KINDS["groups"].find_misfit(each, has_groups) is None]
        whole = tuple(each.id for each in grouped if not each.grouped_as)
        alone += [FigureRequest("norms", shares, f"{topic.label} op tijd")] if shares else []
        alone += [FigureRequest("groups", whole, topic.label)] if whole else []
        alone += [FigureRequest("groups", (each.id,), each.grouped_as) for each in grouped if each.grouped_as]
    return alone


def list_figure_texts(figure: Figure) -> Iterator[Text]:
    """All that a figure says, on screen and in files."""
    yield Text("titel", figure.title)
    yield Text("samenvatting", figure.summary)
    yield Text("alt", figure.alt)
    yield Text("alt", figure.name)
    yield Text("onderschrift", figure.subtitle)
    yield from (Text("melding", text) for text in figure.notice_texts)
    yield from (Text("kanttekening", text) for text in (*figure.beneath, *figure.caveats))
    yield from (Text("controle", text) for text in figure.flag_texts)
    yield from (Text("legenda", text) for _, text in figure.legend)
    yield from (Text("kolomkop", heading.label) for heading in figure.table.headings)
    yield from (Text("rij", str(row[0])) for row in figure.table.rows)
    yield from (Text("grafiek", text) for text in _list_chart_texts(figure))
    yield from (Text("aanwijzer", row["tip"]) for row in rows(figure.chart) if row.get("tip"))
    yield from (Text("bron", text) for text in cite(figure.sources))


def list_other_texts(dataset: Dataset, number: int = 0) -> Iterator[tuple[Text, str]]:
    """What stands outside figures: presentations, filters, accounts, the catalogue.

    The shieldings take turns over the places, and the places over the slices: the first slices have them all.
    """
    known = dataset.metadata
    for n, where in [*enumerate(_list_places(known))][number % 2 :: 2]:
        selection = _select(where, None, "Alle", Measure.AANTAL, [*Shielding][(n + number) % len(Shielding)])
        yield Text("filters", describe_filters(selection, known)), _name_view(selection)
        yield from ((Text("keuze", text), _name_view(selection)) for text in describe_contradictions(selection, known))
        for story in known.stories:
            filled = fill_story(dataset, story, selection)
            deck = make_deck(filled, story.title, selection, known, "", date(2026, 1, 1))
            yield Text("gemaakt", deck.made), story.id
            yield from ((Text("verhaal", text), f"{story.id} {_name_view(selection)}") for text in deck.left_out)
    verdicts = read_verdicts(dataset.db)
    yield from ((Text("controle", flags.describe_verdict(each)), flags.name_spot(each)) for each in verdicts)
    yield from ((Text("regio", text), "overzicht") for text in collection.describe_partial_regions(known))
    for label, text in (*collection.MEASURES, *collection.SIGNS):
        yield Text("begrip", f"{label}: {text}"), "begrippen"
    yield from ((Text("begrip", f"{each.term.term}: {each.term.definition}"), "begrippen") for each in known.glossary)
    for _, definitions in collection.list_definitions(known):
        yield from ((Text("definitie", f"{label}: {text}"), "begrippen") for label, text in definitions)
    for label, text in collection.list_population_sources(read_population_sources(dataset.db)):
        yield Text("bron", f"{label}: {text}"), "bronnen"


def gather(dataset: Dataset, slices: Iterable[int] = (0,)) -> dict[Text, tuple[int, str]]:
    """Every text once, with how often it is said and where first."""
    found: dict[Text, tuple[int, str]] = {}

    def add(text: Text, where: str) -> None:
        if text.text:
            count, first = found.get(text, (0, where))
            found[text] = count + 1, first

    for number in slices:
        for shown in show_figures(dataset, number):
            for text in list_figure_texts(shown.figure):
                add(text, shown.where)
        for card in show_cards(dataset, number):
            headline = card.headline
            said = f"{headline.label}: {headline.value} {headline.unit}, {headline.note}"
            add(Text("kaart", said), f"kaart {card.indicator.id} {_name_view(card.selection)}")
        for text, where in list_other_texts(dataset, number) if number < 2 * len(Shielding) else ():
            add(text, where)
    return found


def _list_periods(metadata: Metadata) -> list[str | None]:
    """The latest, and every period that a filter offers."""
    labels = list_choices(metadata, list(metadata.indicators)).periods
    return [None if label == LATEST else Period.parse(label).id for label in labels]


def _list_places(metadata: Metadata) -> list[Selection]:
    """Nothing chosen, each region, each place alone, and some together: two, of which one a rest group, three, all."""
    places = metadata.places_with_data()
    inside = [place.id for place in places if place.kind in ("gemeente", "rest")]
    regions = [place.id for place in metadata.places.values() if place.id in metadata.regions_covered]
    ends = [inside[0], inside[-1]]
    several = (inside[:2], ends, [*inside[1:3], inside[-2]], inside)
    return [
        Selection(),
        *(Selection(region=id_) for id_ in sorted({*regions, "nederland"} & set(metadata.places))),
        *(Selection(gemeenten=(id_,)) for id_ in inside),
        *(Selection(gemeenten=tuple(ids)) for ids in several),
    ]


def _select(where: Selection, period: str | None, geweld: str, measure: Measure, shielding: Shielding) -> Selection:
    kind = next(kind.id for kind in GEWELD.values() if kind.label == geweld)
    return Selection(where.region, where.gemeenten, period, kind, measure, shielding)


def _name_view(selection: Selection) -> str:
    places = "+".join(selection.gemeenten[:3]) or selection.region or "alles"
    more = f"+{len(selection.gemeenten) - 3}" if len(selection.gemeenten) > 3 else ""
    period, hidden = selection.period or "nieuwste", f"afgeschermd: {selection.shielding.lower()}"
    return f"{places}{more} {period} {selection.geweld} {selection.measure.name} {hidden}"


def _list_chart_texts(figure: Figure) -> Iterator[str]:
    """All that is said in a chart, whatever its form."""
    chart = figure.chart
    for field in fields(chart):
        yield from _list_words(getattr(chart, field.name))


def _list_words(value: Any) -> Iterator[str]:
    """The texts in a part of a chart, but for ids, outlines and what it says when it is pointed at."""
    if isinstance(value, Role | Border):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, Point):
        yield from (value.name, value.text)
    elif hasattr(value, "_asdict"):
        for name, part in value._asdict().items():
            if name not in ("place", "tip"):
                yield from _list_words(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _list_words(part)


def main(arguments: Sequence[str]) -> None:
    """Write the file; the number of texts goes to the screen."""
    names = [text for text in arguments if not text.startswith("-")]
    path = Path(names[0] if names else "sentences.txt")
    data = Path(__file__).parent.parent / "data"
    with closing(connect(ensure(data, data / "vt.db"))) as db:
        found = gather(Dataset(db, read_metadata(db)), range(SLICES if "--all" in arguments else 1))
    order = sorted(found.items(), key=lambda item: (item[0].kind, item[0].text))
    path.write_text("".join(f"{n}\t{kind}\t{text}\t{where}\n" for (kind, text), (n, where) in order), encoding="utf-8")
    print(f"{len(found)} texts in {path}")


if __name__ == "__main__":
    main(sys.argv[1:])
