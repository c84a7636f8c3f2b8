"""What the tests of files ask for and put in a deck: real figures, and one made up of a few numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from vt.figures.answers import Dataset
from vt.figures.chart import BarChart, Role
from vt.figures.deck import Deck, Question, Slide
from vt.figures.figure import Figure, Source, Subject
from vt.figures.notices import Notice, Reason
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.figures.table import Heading, Table, Value
from vt.model.measures import Measure
from vt.model.period import Period

ZWOLLE, DORDRECHT = Selection(gemeenten=("zwolle",)), Selection(gemeenten=("dordrecht",))
NORMS = ("vv_tijdig", "vv_tijdig_met_wachtlijst", "onderzoeken_tijdig", "onderzoeken_tijdig_met_wachtlijst")
BARS_COLUMNS_TILES = (
    (FigureRequest("categories", ("meldingen_professionals",)), ZWOLLE),
    (FigureRequest("series", ("meldingen",)), DORDRECHT),
    (FigureRequest("tiles", ("meldingen",), region="ijsselland"), ZWOLLE),
)
LINE = (FigureRequest("series", ("meldingen",)), Selection(region="nederland"))
LIVE = "https://vt.example.org/melders?gemeente=Zwolle"


def firsts(dataset: Dataset, asked: Iterable[tuple[FigureRequest, Selection]]) -> list[Figure]:
    """The first figure of each that is asked."""
    return [build_figures(dataset, each, selection)[0] for each, selection in asked]


def whole_deck(figures: Sequence[Figure]) -> Deck:
    """A deck that has all that a deck can have."""
    first, *others = figures
    return Deck(
        title="Meldingen in beeld",
        subtitle="Zwolle en Dordrecht",
        slides=(Slide(first, own_title="Wie er meldt", spoken="De politie meldt het meest."), *map(Slide, others)),
        filters="Zwolle en Dordrecht · nieuwste periode · aantal",
        link=LIVE,
        data_version="0a1b2c3d",
        made_on=date(2026, 3, 1),
        left_out=("Dordrecht: geen cijfers over 2020.",),
        questions=(Question("Waarom minder dan in 2020?", "https://vt.example.org/melders?vraag=1"),),
    )


def figure_of(
    *rows: tuple[Value, ...], headings: tuple[Heading, ...] | None = None, label: str = "Meldingen"
) -> Figure:
    """A figure of which the numbers stand in its table alone."""
    counted = headings or (
        Heading("Plaats"),
        Heading("Aantal", Measure.AANTAL),
        Heading("Aandeel", Measure.AANDEEL_PLAATS),
    )
    return Figure(
        id="meldingen.places.12",
        title="Zwolle: 646 meldingen in 2021",
        subject=Subject(label, ("Zwolle",), (Period.parse("2021"),), "aantal"),
        chart=BarChart(()),
        legend=(),
        alt="",
        table=Table(counted, rows),
        sources=(Source("r/1", "Rapportage 2021", "Veilig Thuis IJsselland", "1.1", "Meldingen", False),),
        caveats=("Geteld zijn meldingen; geen personen.",),
        notices=(Notice(Reason.NOT_SPLIT, ("Zwolle",), asked="KM"),),
        selection=Selection(),
    )


def reworded(figure: Figure, text: str) -> Figure:
    """The figure with this text wherever it has words of its own, but in its chart."""
    return replace(
        figure,
        title=text,
        subject=Subject(text),
        alt=text,
        notices=(Notice(Reason.ABSENT, (text,)),),
        caveats=(text,),
        legend=((Role.THIS, text),),
        table=replace(figure.table, rows=((text, *figure.table.rows[0][1:]),)),
    )
