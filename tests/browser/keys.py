"""The keys of a keyboard, and where they have led."""

from screen import Screen

FOCUSED = """() => {
  const node = document.activeElement;
  const heard = node.cloneNode(true);
  heard.querySelectorAll('[aria-hidden="true"]').forEach((sign) => sign.remove());
  return (node.getAttribute('aria-label') || heard.textContent).trim();
}"""


class Keys:
    """A visitor without a mouse."""

    def __init__(self, screen: Screen) -> None:
        self.screen, self.page = screen, screen.page

    @property
    def focused(self) -> str:
        text: str = self.page.evaluate(FOCUSED)
        return text

    def press(self, *keys: str) -> "Keys":
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def tab_to(self, label: str, key: str = "Tab", most: int = 250) -> "Keys":
        """Tab until the focus is on what has this name."""
        for _ in range(most):
            if self.press(key).focused == label:
                return self
        raise AssertionError(f"no {label!r} within {most} stops; at {self.focused!r}")

    def does(self, *keys: str) -> "Keys":
        """Press keys that change the page."""
        self.screen.does(lambda: self.press(*keys))
        return self
