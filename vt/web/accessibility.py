"""The page Toegankelijkheid: a statement in the order of the Dutch model, and what does not comply yet, as data.

Each Shortcoming is shown to be there in tests/browser/test_access_names.py; when it no longer is, that test fails and
both go. UPDATED goes along.
"""

from typing import NamedTuple

from vt.render.html import fill_template
from vt.store.connection import read_contact

UPDATED = "28 november 2026"
ISSUES = "https://github.com/streamlit/streamlit/issues/"
PULLS = "https://github.com/streamlit/streamlit/pull/"


class Shortcoming(NamedTuple):
    """Something that does not comply: which criterion, what a visitor notices, why, what to do instead, the thread."""

    criterion: str
    what: str
    why: str
    instead: str
    thread: str = ""


# None is known. That is no proof: what nobody tested yet is in NOT_TESTED.
SHORTCOMINGS: tuple[Shortcoming, ...] = ()
# What Streamlit leaves and this site puts right: what, and the thread about it.
MENDED = (
    ("De taal van de pagina staat op Nederlands; Streamlit zet Engels.", f"{ISSUES}15726"),
    (
        "De vaste Engelse woorden van Streamlit zijn vertaald, ook die alleen een schermlezer voorleest.",
        f"{ISSUES}1353",
    ),
    ("Elke grafiek heeft één naam, in het Nederlands, en wordt één keer voorgelezen.", f"{ISSUES}8563"),
    ("Een gekozen gemeente heeft een rol en zegt dat de Delete-toets haar weghaalt.", f"{PULLS}16200"),
    ("De tabtoets gaat van een menu met bestanden of filters direct naar wat erin staat.", f"{ISSUES}9243"),
    (
        "De waarde die bij een staaf verschijnt, blijft staan: u kunt er met de muis naartoe, en de Escape-toets sluit "
        "haar. Dezelfde waarde staat in de tabel onder de grafiek.",
        "https://github.com/vega/vega/issues/3880",
    ),
    (
        "Met ruimere letters blijven de woorden in filters, knoppen en grafieken heel. Een grafiek wordt dan breder en "
        "is op een smal scherm te verschuiven, ook met de pijltoetsen.",
        "",
    ),
    ("De rand van de zijbalk, die alleen met de muis te verslepen was, staat nu vast.", ""),
    ("Het raster met cijfers dat een schermlezer niet kan lezen, is vervangen door een echte tabel.", f"{ISSUES}13332"),
)
TESTED = (
    "een bezoek met alleen het toetsenbord: een gemeente kiezen, een tabel lezen, presenteren, bestanden bewaren",
    "een zichtbare focus op elk onderdeel, nergens onder iets anders",
    "200% vergroot en 320 pixels breed, met ruimere letters en regels, zonder verlies van inhoud",
    "het contrast van de tekst, gemeten op de beeldpunten van het scherm",
    "de kleuren van de grafieken, nagebootst voor drie soorten kleurenblindheid",
    "minder beweging en hoog contrast, zoals ingesteld op de computer van de bezoeker",
    "de naam en de rol van elk onderdeel, en de volgorde kop, zin, grafiek, tabel",
    "alle regels van het programma axe-core, op elke pagina en met elk menu uitgeklapt",
)
NOT_TESTED = (
    "met bezoekers die een beperking hebben",
    "met de schermlezers NVDA, JAWS, VoiceOver en TalkBack, en met spraakbediening",
    "of de bestanden (pdf, PowerPoint, Excel) aan alle eisen voor documenten voldoen; de pdf heeft wel een structuur "
    "voor schermlezers, en grafieken in PowerPoint hebben een beschrijving",
)
KEYS = (
    ("Naar de inhoud", "De eerste druk op de tabtoets geeft de link “Direct naar de inhoud”."),
    ("Een gemeente kiezen", "Typ een deel van de naam, druk op pijl-omlaag en op de entertoets."),
    ("Een gemeente weghalen", "Ga met de tabtoets naar haar naam en druk op Delete."),
    (
        "Presenteren",
        "Spatie, de entertoets en de pijltoetsen wisselen van dia, Home en End gaan naar de eerste en de laatste.",
    ),
    (
        "Letters bij het presenteren",
        "B maakt het scherm zwart, F vult het, N toont de notities. De knop “Letters B, F, N” zet ze uit.",
    ),
    ("Dia’s ordenen", "Slepen kan; de knoppen Omhoog en Omlaag doen hetzelfde."),
    ("Sluiten", "De Escape-toets sluit een menu, een vergrote grafiek, de waarde bij een staaf en de presentatie."),
)


def render_statement(shortcomings: tuple[Shortcoming, ...] = SHORTCOMINGS) -> str:
    """The whole statement, with the operator's address."""
    return fill_template(
        "statement", "statement", UPDATED, TESTED, NOT_TESTED, shortcomings, MENDED, KEYS, read_contact()
    )
