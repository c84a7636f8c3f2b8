"""The forms a figure takes. Each makes figures from what the sources answer; a page asks for them by name."""

from vt.forms.asked import SHIELDED, Asked, build
from vt.forms.breakdown import categories, groups
from vt.forms.compare import ranking, tiles
from vt.forms.headlines import Headline, headlines, norms
from vt.forms.places import places, series

__all__ = [
    "SHIELDED",
    "Asked",
    "Headline",
    "build",
    "categories",
    "groups",
    "headlines",
    "norms",
    "places",
    "ranking",
    "series",
    "tiles",
]
