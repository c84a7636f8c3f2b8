"""A hostile world: the repository's data with a payload before every text that is shown, and a deck of it."""

import shutil
from dataclasses import dataclass, replace
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml
from real import REPOSITORY, load_yaml
from worlds import opened

from vt.build.build import ensure
from vt.figures.deck import Deck, Question
from vt.figures.selection import Selection
from vt.figures.stories import Filled, fill_story, make_deck

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=http://example.org/x.png onerror=alert(1)>",
    "![x](http://example.org/x.png)",
    "[x](javascript:alert(1))",
    ":red[x]",
    ":material/home:",
    "$x^2$",
    "{{signal}}",
    "{0} {what} %s",
    '=HYPERLINK("http://x")',
    "+1",
    "-1",
    "@SUM(1)",
    "../../etc/passwd",
    "..\\..\\x",
    "\u202e",
    "\x07\x1b[31m",
    "</script><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "']; alert(1); //",
    "' OR 1=1 --",
    "datum.value | a~b",
    "\t=1",
    "\n=1",
)
HEADING = f"{PAYLOADS[0]} {PAYLOADS[2]} {PAYLOADS[4]}"  # the same in both files that name it
LINK = "http://localhost:8501/?gemeente=Zwolle"
LINKS = (LINK, "javascript:alert(1)", "file:///etc/passwd", "data:text/html,<script>alert(1)</script>", "../../x")


def hostile_world(data: Path) -> Path:
    """The data of the repository, a payload before every text that is shown."""
    for part in ("catalogue", "reports", "claims", "layouts"):
        shutil.copytree(REPOSITORY / "data" / part, data / part)
    (data / "reports" / "_template.yaml").unlink()
    spiked = Spiked()
    for path in sorted(data.glob("*/*.yaml")):
        content = load_yaml(path)
        getattr(spiked, path.stem if path.parent.name == "catalogue" else path.parent.name)(content)
        text = yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        path.write_text(text, encoding="utf-8")
    return data


class Spiked:
    """Puts payloads into the content of YAML files; the printed labels go on being known."""

    def __init__(self) -> None:
        self.turn = cycle(PAYLOADS)

    def into(self, item: dict[str, Any], *names: str) -> None:
        for name in names:
            if name in item:
                item[name] = f"{next(self.turn)} {item[name]}"

    def headed(self, item: dict[str, Any], name: str) -> None:
        """A text that two files must say alike."""
        if name in item:
            item[name] = f"{HEADING} {item[name]}"

    def labelled(self, item: dict[str, Any]) -> None:
        """A label that reports name as it was."""
        item["printed"] = [*item.get("printed", []), item["label"]]
        self.into(item, "label", "short")

    def topics(self, content: dict[str, Any]) -> None:
        for item in content.values():
            self.into(item, "label")
            item["sections"] = [f"{HEADING} {text}" for text in item.get("sections", [])]

    def indicators(self, content: dict[str, Any]) -> None:
        for item in content.values():
            self.into(item, "label", "grouped_as")
            self.headed(item, "section")
            payload = next(self.turn)
            item["noun"] = {form: f"{payload} {text}" for form, text in item["noun"].items()}
            self.into(item, "definition", "caveat")
            self.into(item.get("norm", {}), "label", "source")

    def categories(self, content: dict[str, Any]) -> None:
        for item in (*content["groups"].values(), *content["classifications"].values()):
            self.into(item, "label")
        for item in (member for each in content["classifications"].values() for member in each["members"]):
            self.labelled(item)

    def places(self, content: dict[str, Any]) -> None:
        for item in (place for kind in ("land", "regions", "gemeenten", "rest") for place in content[kind].values()):
            self.labelled(item)
        for item in content.get("sources", []):
            self.into(item, "label", "note")

    def glossary(self, content: list[dict[str, Any]]) -> None:
        for item in content:
            self.headed(item, "term")
            self.into(item, "definition", "abbreviation")

    def stories(self, content: dict[str, Any]) -> None:
        for item in content.values():
            self.into(item, "title", "question", "group")
            for slide in item["slides"]:
                slide["spoken"] = f"<script>alert()</script> ![x](http://x/) {slide['spoken']}"
                for figure in slide["figures"]:
                    self.into(figure, "label")

    def statline(self, content: dict[str, Any]) -> None:
        for item in content["tables"].values():
            self.into(item, "title")

    def counting(self, content: dict[str, Any]) -> None:
        for item in content.values():
            self.into(item, "name")

    def claims(self, content: dict[str, Any]) -> None:
        for sentence in (each for sentences in content["claims"].values() for each in sentences):
            for claim in sentence if isinstance(sentence, list) else [sentence]:
                self.into(claim, "about", "untestable", "explanation")
        for difference in content["differences"]:
            self.headed(difference, "relation")
            self.into(difference, "explanation")

    def layouts(self, content: dict[str, Any]) -> None:
        for item in (*content["relations"], *content.get("fits", [])):
            self.headed(item, "about")

    def reports(self, content: dict[str, Any]) -> None:
        self.into(content["report"], "title", "publisher", "licence", "note")
        for table in content["tables"]:
            self.into(table, "heading", "caveat")
            for difference in table.get("differences", []):
                self.into(difference, "explanation")
        for remark in content.get("remarks", []):
            self.headed(remark, "term")
            self.into(remark, "chapter", "text")


@dataclass(frozen=True)
class World:
    """A hostile world that was built."""

    data: Path
    database: Path


def make_hostile(folder: Path) -> World:
    """The hostile world in this folder, made where it is not there yet."""
    data = folder if folder.exists() else hostile_world(folder)
    return World(data, ensure(data, data / "vt.db"))


def deck_of(world: World) -> Deck:
    """Everything that the stories show of two gemeenten and a region, with hostile questions and titles."""
    with opened(world.database) as dataset:
        chosen = Selection(gemeenten=("zwolle", "dordrecht"))
        told = [fill_story(dataset, story, chosen) for story in dataset.metadata.stories[:2]]
        shown = tuple(slide for each in told for slide in each.slides)[:16]
        titled = [
            replace(s, own_title=p, spoken=p) if n % 2 else s
            for n, (s, p) in enumerate(zip(shown, cycle(PAYLOADS), strict=False))
        ]
        asked = [Question(f"{payload} vraag?", link) for payload, link in zip(PAYLOADS, cycle(LINKS), strict=False)]
        made = make_deck(
            Filled(tuple(titled), tuple(text for each in told for text in each.left_out)),
            *(f"{PAYLOADS[9]} titel", chosen, dataset.metadata, LINK, date(2026, 11, 22), asked),
        )
        return replace(made, subtitle=" ".join(PAYLOADS))
