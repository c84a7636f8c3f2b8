"""A visitor who clicks anything anywhere, again and again, meets no exception and no page that is not ours."""

import random

import pytest
from streamlit.testing.v1 import AppTest
from visits import PAGES, REPOSITORY, visit

ENDS = ("Er ging iets mis", "De database is niet te lezen", "kon niet worden gemaakt")


def click_anything(app: AppTest, chance: random.Random) -> str:
    """Change one thing on the page, or go to another; what was done, for who must do it again."""
    pressable = [each for each in app.button if not each.disabled and not each.key.startswith("maak-")]
    fields = [*app.selectbox, *app.multiselect, *app.segmented_control]
    kind = chance.choice(["page", "button", "button", "button", "field", "field", "text"])
    can = {"page": True, "button": pressable, "field": fields, "text": list(app.text_input)}
    if kind == "page" or not can[kind]:
        page = chance.choice(PAGES)
        app.switch_page(str(REPOSITORY / "pages" / f"{page}.py")).run()
        return f"go to {page}"
    if kind == "text":
        field = chance.choice(list(app.text_input))
        text = chance.choice(["", "550", "V&V", "<b>x</b>", "=1+1", "a" * 200, "Zwolle"])
        field.set_value(text[: field.max_chars or 300]).run()
        return f"write {text[:20]!r} in {field.label}"
    if kind == "field":
        field = chance.choice(fields)
        most = 3 if field.type == "multiselect" else 1
        values = chance.sample(list(field.options), min(most, len(field.options)))
        field.set_value(values if field.type == "multiselect" else values[0]).run()
        return f"choose {values} at {field.label}"
    button = chance.choice(pressable)
    button.click().run()
    return f"press {button.label} ({button.key})"


def walk(seed: int, steps: int) -> None:
    chance = random.Random(seed)
    app, done = visit(chance.choice(PAGES), {}), []
    for _ in range(steps):
        done.append(click_anything(app, chance))
        assert not app.exception, (done[-6:], app.exception[0].value, app.exception[0].stack_trace)
        assert not [error.value for error in app.error if error.value.startswith(ENDS)], done[-6:]


@pytest.mark.usefixtures("real_site")
@pytest.mark.parametrize("seed", range(2))
def test_anything_can_be_clicked(seed: int) -> None:
    walk(seed, 40)


@pytest.mark.exhaustive
@pytest.mark.usefixtures("real_site")
@pytest.mark.parametrize("seed", range(10, 15))
def test_anything_can_be_clicked_for_long(seed: int) -> None:
    walk(seed, 500)
