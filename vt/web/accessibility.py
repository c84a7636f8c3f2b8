"""The page Toegankelijkheid: a statement in the order of the Dutch model, and what does not comply yet, as data.

Each Shortcoming is shown to be there in tests/browser/test_access.py; when it no longer is, that test fails and both
go. UPDATED goes along.
"""

from html import escape
from typing import NamedTuple

from vt.render import html as markup

UPDATED = "22 november 2026"
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
    ("De knoppen bij een grafiek worden zichtbaar als u ze met de tabtoets bereikt.", ""),
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
    ("Presenteren", "Pijl-rechts en pijl-links wisselen van dia, Home en End gaan naar de eerste en de laatste."),
    ("Sluiten", "De Escape-toets sluit een menu, een vergrote grafiek, de waarde bij een staaf en de presentatie."),
)


def statement(contact: str = "") -> str:
    """The whole statement; `contact` is the operator's address (VT_CONTACT), "" where none is set."""
    parts = [
        _scope(),
        "<h2>Wat is getest</h2><p>Bij elke wijziging test een programma in een echte browser:</p>",
        _listed(TESTED),
        "<p>Nog niet getest:</p>",
        _listed(NOT_TESTED),
        shortcomings(SHORTCOMINGS),
        "<h2>Wat we om Streamlit heen hebben opgelost</h2>",
        "<p>Streamlit is het programma waarmee deze website is gemaakt. Dit voldeed daarin niet, en hier wel:</p>",
        f"<ul>{''.join(f'<li>{escape(what)} {_thread(link)}</li>' for what, link in MENDED)}</ul>",
        f"<h2>Bedienen met het toetsenbord</h2>{markup.pairs(KEYS)}",
        _report(contact),
    ]
    return f'<div class="vt-tekst">{"".join(parts)}</div>'


def _scope() -> str:
    facts = (
        ("Waarvoor", "Alle pagina’s van deze website en de bestanden die u er kunt ophalen."),
        ("Norm", "EN 301 549, met WCAG 2.1 niveau A en AA. Waar het kon ook WCAG 2.2."),
        ("Status", "D: voldoet niet. Er is nog geen volledig onderzoek door een onafhankelijke partij gedaan."),
        ("Bijgewerkt", UPDATED),
    )
    return (
        "<p>Iedereen moet deze cijfers kunnen lezen, ook met een schermlezer, met alleen het toetsenbord of sterk "
        "vergroot. Overheden zijn daartoe verplicht door het Besluit digitale toegankelijkheid overheid.</p>"
        f"<h2>Status</h2>{markup.pairs(facts)}"
        "<p>De status volgt uit de regels, niet uit het aantal fouten: zonder volledig onderzoek is hij D, en C "
        "zodra de organisatie die deze website aanbiedt zo’n onderzoek binnen zes maanden heeft gepland. Zij legt de "
        "verklaring zelf vast in het register. "
        f"{_link('De regels voor de status', 'https://www.digitoegankelijk.nl/toegankelijkheidsverklaring/status')}</p>"
    )


def shortcomings(known: tuple[Shortcoming, ...]) -> str:
    """What does not comply, one by one; where nothing is known, that, and that it is no proof."""
    if not known:
        return (
            "<h2>Wat nog niet voldoet</h2><p>In de tests zijn nu geen fouten bekend. Dat bewijst niet dat alles "
            "voldoet: een deel is nog niet getest, en er is nog geen volledig onderzoek gedaan.</p>"
        )
    return f"<h2>Wat nog niet voldoet ({len(known)})</h2>{''.join(map(_shortcoming, known))}"


def _shortcoming(found: Shortcoming) -> str:
    facts = (("Gevolg", found.what), ("Oorzaak", found.why), ("Wat u kunt doen", found.instead))
    return f"<h3>{escape(found.criterion)}</h3>{markup.pairs(facts)}<p>{_thread(found.thread)}</p>"


def _report(contact: str) -> str:
    where = _contact(contact) if contact else "de beheerder van deze website: de organisatie die u het adres ervan gaf"
    return (
        "<h2>Loopt u ergens tegenaan?</h2>"
        f"<p>Meld het aan {where}. Zeg op welke pagina het was, wat u wilde doen en welk hulpmiddel u gebruikt. "
        "Kunt u een cijfer niet lezen, vraag dan om het in een andere vorm.</p>"
        "<p>Komt u er samen niet uit, dien dan een klacht in bij die organisatie. Is dat een overheid en helpt ook dat "
        "niet, dan kunt u naar de Nationale ombudsman.</p>"
    )


def _contact(text: str) -> str:
    if text.startswith(("https://", "http://")):
        return _link(text, text)
    if "@" in text and " " not in text:
        return f'<a href="mailto:{escape(text)}">{escape(text)}</a>'
    return escape(text)


def _listed(texts: tuple[str, ...]) -> str:
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"


def _thread(address: str) -> str:
    """The thread with the makers; most of what is wrong is known there."""
    if not address:
        return "Bij de makers is hierover nog geen melding gevonden."
    owner, number = address.split("/")[3], address.rpartition("/")[2]
    return _link(f"Melding {number} bij {owner.capitalize()}", address)


def _link(text: str, address: str) -> str:
    return f'<a href="{escape(address)}" target="_blank" rel="noopener">{escape(text)}</a> (nieuw tabblad)'
