"""The pages of the site, in the sections of the navigation."""

from dataclasses import dataclass

import streamlit as st

from vt.render.html import fill_template


@dataclass(frozen=True)
class SitePage:
    """A page in the navigation; the topics say which indicators its filters are about (none: all).

    `choices` are what a visitor chooses on the page itself, by their names in the link. `filtered` is false where the
    page is about the whole collection: the choice is there to keep, and to change.
    """

    name: str
    title: str
    topics: tuple[str, ...] = ()
    filtered: bool = True
    choices: tuple[str, ...] = ()

    @property
    def ranks_rates(self) -> bool:
        """Whether the page stands places of any size side by side."""
        return self.name == "vergelijken"

    @property
    def is_of_figures(self) -> bool:
        """Whether the page draws figures of what is chosen; a presentation says itself what it leaves out."""
        return self.filtered and self.name != "presenteren"


ACCOUNT = "Over de cijfers"
SECTIONS = {
    "Cijfers": (
        SitePage("overzicht", "Overzicht"),
        SitePage("instroom", "Instroom", ("instroom",)),
        SitePage("melders", "Melders", ("melders",)),
        SitePage("adviesvragers", "Adviesvragers", ("adviesvragers",)),
        SitePage("aard", "Aard van het geweld", ("aard",)),
        SitePage("triage", "Triage", ("triage",)),
        SitePage("onderzoek", "Onderzoek", ("onderzoek",)),
        SitePage("overdracht", "Overdracht", ("overdracht",)),
        SitePage("organisatie", "Organisatie", ("organisatie",)),
    ),
    "Vergelijken en presenteren": (
        SitePage("vergelijken", "Vergelijken", choices=("cijfer", "kijk", "per")),
        SitePage("presenteren", "Presenteren", choices=("verhaal", "dia", "maker")),
    ),
    ACCOUNT: (
        SitePage("controle", "Controle", filtered=False, choices=("controle_rapport", "controle_soort")),
        SitePage("zoek", "Zoeken", filtered=False, choices=("zoek",)),
        SitePage("bronnen", "Bronnen", filtered=False, choices=("rapport", "tabel", "cel")),
        SitePage("begrippen", "Begrippen", filtered=False),
        SitePage("toegankelijkheid", "Toegankelijkheid", filtered=False),
    ),
}
PAGES = {page.name: page for pages in SECTIONS.values() for page in pages}
HOME = "overzicht"


def show_site_map() -> None:
    """A link to every page, by section."""
    sections = {name: [(page.name, page.title) for page in pages] for name, pages in SECTIONS.items()}
    st.html(fill_template("site", "site_map", sections))
