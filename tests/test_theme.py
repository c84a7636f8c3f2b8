"""Colours that can be seen and read."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from real import REPOSITORY

from vt.figures.chart import GEWELD_ROLES, PLACE_ROLES, STEP_ROLES, Role
from vt.render import theme

STYLES = sorted((REPOSITORY / "vt").rglob("*.css"))
TILES = {role: theme.COLOURS[role] for role in (*STEP_ROLES, Role.NO_DATA, Role.ELSEWHERE)}
FILLS = {role: colour for role, colour in theme.COLOURS.items() if role not in (*TILES, Role.CHANCE)}
FILLS["the edge of the band of chance"] = theme.EDGE


def test_every_role_has_a_colour() -> None:
    assert list(theme.COLOURS) == list(Role)


def test_contrast_is_that_of_wcag() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#FFFFFF", "#FFFFFF") == pytest.approx(1)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert theme.contrast("#FFFFFF", "#777777") == theme.contrast("#777777", "#FFFFFF")


@pytest.mark.parametrize("colour", FILLS.values(), ids=FILLS)
def test_bars_and_lines_stand_out_from_the_page(colour: str) -> None:
    assert theme.contrast(colour, theme.PAPER) >= 3


@pytest.mark.parametrize("ink", [theme.INK, theme.QUIET])
def test_text_can_be_read_on_the_page(ink: str) -> None:
    assert theme.contrast(ink, theme.PAPER) >= 4.5


@pytest.mark.parametrize("tile", TILES.values())
def test_text_can_be_read_on_each_tile(tile: str) -> None:
    assert theme.contrast(theme.ink_on(tile), tile) >= 4.5


def test_ink_is_the_better_of_dark_and_white() -> None:
    for fill in theme.COLOURS.values():
        other = theme.INK if theme.ink_on(fill) == theme.PAPER else theme.PAPER
        assert theme.contrast(theme.ink_on(fill), fill) >= theme.contrast(other, fill)


def test_tiles_grow_darker_step_by_step() -> None:
    assert all(
        theme.contrast(light, theme.PAPER) < theme.contrast(dark, theme.PAPER)
        for light, dark in pairwise(theme.COLOURS[role] for role in STEP_ROLES)
    )


def test_a_colour_has_one_meaning() -> None:
    meanings = (*GEWELD_ROLES, Role.THIS, Role.YEAR_BEFORE, Role.REGION, Role.NATION)
    assert len({theme.COLOURS[role] for role in meanings}) == len(meanings)
    assert len({theme.COLOURS[role] for role in PLACE_ROLES}) == len(PLACE_ROLES)


def test_chart_text_is_dark_and_numbers_are_dutch() -> None:
    config = theme.config()
    assert config["axis"]["labelColor"] == config["text"]["color"] == theme.INK
    assert config["locale"]["number"]["decimal"] == ","
    assert config["locale"]["number"]["thousands"] == "."


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_style_sheet_takes_its_colours_from_the_theme(style: Path) -> None:
    text = style.read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9a-f]{3,8}\b(?=[^{}]*[;}])|\b(?:rgba?|hsla?)\(", text, flags=re.IGNORECASE)
    assert set(re.findall(r"var\((--vt-[\w-]+)\)", text)) <= set(re.findall(r"(--[\w-]+):", theme.css_variables()))


def test_streamlit_has_the_colours_of_the_theme() -> None:
    held = tomllib.loads((REPOSITORY / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    colours = {
        "primaryColor": theme.ACCENT,
        "backgroundColor": theme.PAPER,
        "secondaryBackgroundColor": theme.TINT,
        "textColor": theme.INK,
        "linkColor": theme.ACCENT,
        "borderColor": theme.EDGE,
        "grayTextColor": theme.QUIET,
    }
    assert {name: held[name].upper() for name in colours} == colours
