"""Colours that a colour-blind reader tells apart, proved by simulation; and a statement that is complete."""

import math
import re
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

import pytest

from vt.figures.chart import GEWELD_ROLES, PLACE_ROLES, STEP_ROLES, Role
from vt.render import html as markup
from vt.render import theme
from vt.web import accessibility

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]

# G.M. Machado, M.M. Oliveira, L.A.F. Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", IEEE TVCG 15(6), 2009: severity 1.0, applied to linear RGB.
SIGHTS: dict[str, Matrix] = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
XYZ: Matrix = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE: Vector = (0.95047, 1.0, 1.08883)

# CIEDE2000: 1 is just to be seen side by side; 10 is a clear difference between a bar and its swatch in the legend.
APART = 10.0
TOGETHER = {
    name: {role: theme.COLOURS[role] for role in roles}
    for name, roles in {
        "geweld": GEWELD_ROLES,
        "plaatsen": PLACE_ROLES,
        "jaren en lijnen": (Role.THIS, Role.YEAR_BEFORE, Role.REGION, Role.NATION),
        "een plaats en wat meer kan zijn": (Role.THIS, Role.UNCERTAIN),
    }.items()
}


def _times(matrix: Matrix, vector: Vector) -> Vector:
    one, two, three = (sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)
    return one, two, three


def _linear(colour: str) -> Vector:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    one, two, three = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue))
    return one, two, three


def lab(colour: str, sight: str) -> Vector:
    """A colour as someone sees it, in CIELAB."""
    red, green, blue = (min(1.0, max(0.0, c)) for c in _times(SIGHTS[sight], _linear(colour)))
    ratios = (value / white for value, white in zip(_times(XYZ, (red, green, blue)), WHITE, strict=True))
    x, y, z = (r ** (1 / 3) if r > 216 / 24389 else (24389 / 27 * r + 16) / 116 for r in ratios)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: Vector, other: Vector) -> float:
    """CIEDE2000, after Sharma, Wu and Dalal (2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * math.sqrt(mean**7 / (mean**7 + 25**7))
    c1, c2 = math.hypot(a1 * stretch, b1), math.hypot(a2 * stretch, b2)
    h1, h2 = (math.degrees(math.atan2(b, a * stretch)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = h1 + turn / 2 if c1 * c2 else h1 + h2
    chroma, light = (c1 + c2) / 2, (l1 + l2) / 2
    weight = 1 + sum(
        size * math.cos(math.radians(times * hue + shift))
        for size, times, shift in ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    )
    on_light = 1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2)
    by_light = (l2 - l1) / on_light
    by_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    by_hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / (1 + 0.015 * chroma * weight)
    twist = 60 * math.exp(-(((hue % 360 - 275) / 25) ** 2))
    cross = -2 * math.sqrt(chroma**7 / (chroma**7 + 25**7)) * math.sin(math.radians(twist))
    return math.sqrt(by_light**2 + by_chroma**2 + by_hue**2 + cross * by_chroma * by_hue)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_is_that_of_the_published_pairs(one: Vector, other: Vector, expected: float) -> None:
    assert difference(one, other) == pytest.approx(expected, abs=1e-4)


def test_a_red_and_a_green_look_alike_to_who_lacks_a_cone() -> None:
    red, green = "#B8400C", "#6E6A00"
    assert difference(lab(red, "usual"), lab(green, "usual")) > 3 * difference(
        lab(red, "deuteranopia"), lab(green, "deuteranopia")
    )
    assert lab("#FFFFFF", "protanopia") == pytest.approx((100, 0, 0), abs=0.1)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("name", TOGETHER)
def test_colours_that_stand_together_are_told_apart(name: str, sight: str) -> None:
    found = {pair: difference(lab(one, sight), lab(other, sight)) for pair, one, other in _pairs(TOGETHER[name])}
    assert min(found.values()) >= APART, min(found.items(), key=lambda item: item[1])


@pytest.mark.parametrize("sight", SIGHTS)
def test_a_darker_tile_looks_darker(sight: str) -> None:
    """A tile also says its number, and no data says so in words: the colours only have to keep their order."""
    lightness = [lab(tile, sight)[0] for tile in map(theme.COLOURS.__getitem__, STEP_ROLES)]
    assert all(light - dark >= 9 for light, dark in pairwise(lightness))


@pytest.mark.parametrize("name", TOGETHER)
def test_each_stands_out_from_the_page(name: str) -> None:
    assert min(theme.contrast(colour, theme.PAPER) for colour in TOGETHER[name].values()) >= 3


def _pairs(colours: Mapping[object, str]) -> Sequence[tuple[str, str, str]]:
    return [(f"{one[0]} - {other[0]}", one[1], other[1]) for one, other in combinations(colours.items(), 2)]


# --- the statement ---------------------------------------------------------------------------------------------------


def test_a_shortcoming_says_what_why_and_what_to_do() -> None:
    for found in accessibility.SHORTCOMINGS:
        assert re.match(r"\d\.\d\.\d+ .+ \((A|AA)\)$", found.criterion)
        assert all(text.endswith(".") for text in (found.what, found.why, found.instead))


def test_shortcomings_are_counted_and_none_known_is_no_claim() -> None:
    found = accessibility.Shortcoming("1.1.1 Niet-tekstuele content (A)", "Gevolg.", "Oorzaak.", "Dit.")
    said = accessibility.render_statement((found, found))
    assert "(2)" in said
    assert said.count("<h3>") == 2
    assert "bewijst niet" in accessibility.render_statement(())
    assert "D: voldoet niet." in accessibility.render_statement()


def test_links_lead_to_the_threads_of_the_makers() -> None:
    threads = [found.thread for found in accessibility.SHORTCOMINGS] + [link for _, link in accessibility.MENDED]
    assert all(
        re.fullmatch(r"https://github\.com/(streamlit|vega)/[a-z-]+/(issues|pull)/\d+|", link) for link in threads
    )


def test_the_statement_has_what_the_law_asks() -> None:
    said = accessibility.render_statement()
    for part in ("EN 301 549", "WCAG 2.1", "Status", "Waarvoor", "Bijgewerkt", "klacht", "Nationale ombudsman"):
        assert part in said, part
    assert said.count("<h3>") == len(accessibility.SHORTCOMINGS)


def test_the_operator_says_where_to_report(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "beheerder" in accessibility.render_statement()
    for contact, said in (
        ("web@example.nl", 'href="mailto:web@example.nl"'),
        ("https://example.nl/contact", 'href="https://example.nl/contact"'),
        ("<b>balie</b>", "&lt;b&gt;balie&lt;/b&gt;"),
    ):
        monkeypatch.setenv("VT_CONTACT", contact)
        assert said in accessibility.render_statement()


def test_every_page_is_listed() -> None:
    shown = markup.fill_template("site", "site_map", {"Cijfers": [("melders", "Melders & meer")]})
    assert '<a href="melders" target="_self">Melders &amp; meer</a>' in shown
