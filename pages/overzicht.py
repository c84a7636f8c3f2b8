"""Overzicht: what this is and what can be asked; or, once something is chosen, that place on one screen."""

from vt.figures.wording import capitalize, join_words
from vt.web import place as places
from vt.web.home import show_home
from vt.web.page import show_place_heading
from vt.web.state import View, open_view

HEADLINES = (
    *("meldingen", "adviezen", "ondersteuning", "crisissituaties", "huisverboden", "voorwaarden_en_vervolg"),
    *("onderzoeken", "overdrachten", "directe_overdrachten"),
    "triagebesluiten_tijdig",
)
TERMS = ("vv_tijdig", "onderzoeken_tijdig")  # of a region, which they are of


def show_one(view: View) -> None:
    """One place on one screen."""
    (place,) = view.places
    headlines = HEADLINES if place.kind == "gemeente" else (*HEADLINES, *TERMS)
    profile = places.open_profile(view, place, headlines)
    show_place_heading(capitalize(place.said), profile.summary, places.find_tale(view.metadata))
    places.show_profile_first(view, profile, headlines)
    places.show_more(view, place)


def show_several(view: View) -> None:
    """Several places beside each other."""
    show_place_heading(capitalize(join_words([place.said for place in view.places])), "De kerncijfers naast elkaar.")
    places.show_beside(view, *HEADLINES)
    places.show_several(view, *HEADLINES)


view = open_view()
if not (view.selection.gemeenten or view.selection.region):
    show_home(view)
elif len(view.places) == 1:
    show_one(view)
else:
    show_several(view)
