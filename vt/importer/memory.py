"""What is remembered of what a person decided: in data/layouts/, to be looked through and to be forgotten."""

import argparse
import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import indent
from typing import NamedTuple

from vt.errors import DataError, did_you_mean, quote_value, refuse
from vt.importer.drafts import Draft, Known, load_known
from vt.importer.heads import HIDDEN
from vt.importer.staging import Changed, put, try_out
from vt.importer.words import NONE
from vt.ingest.changes import work_alone
from vt.ingest.editing import drop_entry, is_bare
from vt.ingest.writer import quote, write_yaml
from vt.store.connection import data_folder

COUNTED, LEFT_OUT = "tables", "left_out"  # lists of a layout: what tables count, and those that do not belong


class Remembered(NamedTuple):
    """That something is printed so in reports of a layout, and what is meant: of a label of which classification."""

    layout: str
    about: str
    printed: str
    meant: str


def add_options(command: argparse.ArgumentParser) -> None:
    """The options of `vt memory`."""
    command.add_argument("--forget", metavar="NAME", help="as it is printed; the next document asks again")
    command.add_argument("--layout", default="", help="of this layout alone")
    command.add_argument("--data", type=Path, default=data_folder(), help="the data folder")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what is remembered, or forget one of it; DataError where it is not there or a report needs it."""
    listed = [each for each in list_remembered(load_known(options.data)) if options.layout in ("", each.layout)]
    if options.forget is None:
        told = [f"{each.layout}: “{each.printed}” is {describe(each)}" for each in listed]
        print(*told or ["Er is nog niets onthouden."], sep="\n")
        return 0
    matches = [each for each in listed if each.printed == options.forget]
    if len(matches) != 1:
        layouts = ", ".join(each.layout for each in matches)
        known = [each.printed for each in listed]
        meant = f"noem de indeling met --layout: {layouts}" if matches else did_you_mean(options.forget, known)
        refuse("layouts", f"{quote_value(options.forget)} is niet te vinden", meant)
    forget(options.data, matches[0])
    print(f"Vergeten: “{matches[0].printed}”. Het volgende rapport vraagt ernaar.")
    return 0


def describe(remembered: Remembered) -> str:
    """What is meant, for a person."""
    return "iets wat er niet bij hoort" if remembered.meant == NONE else f"“{remembered.meant}”"


def list_remembered(known: Known) -> list[Remembered]:
    """What was decided, layout by layout: labels, tables that do not belong, and what tables count."""
    indicators = known.catalogue.indicators
    labels = [
        Remembered(layout.id, about, printed, meant)
        for layout in known.layouts.values()
        for about, names in layout.labels.items()
        for printed, meant in names.items()
    ]
    layouts = known.layouts.values()
    left_out = [Remembered(layout.id, LEFT_OUT, name, NONE) for layout in layouts for name in layout.left_out]
    counted = [
        Remembered(layout.id, COUNTED, table.printed[0], table.heading)
        for layout in layouts
        for table in layout.tables
        if len(table.printed) == 1 and not table.columns and table.heading == indicators[table.indicator].label
    ]
    return [*labels, *left_out, *counted]


def _find_path(remembered: Remembered) -> tuple[str, ...]:
    """Where it stands in the file of its layout."""
    if remembered.about in (COUNTED, LEFT_OUT):
        return remembered.about, remembered.printed
    return "labels", remembered.about, remembered.printed


def forget(data: Path, remembered: Remembered) -> None:
    """Take it out of its layout; DataError, and nothing changed, where a report that is in needs it."""
    with work_alone(data):
        path = Path("layouts") / f"{remembered.layout}.yaml"
        text = (data / path).read_text(encoding="utf-8")
        left = drop_entry(text, _find_path(remembered))
        changed: Changed = {path: f"{left}tables: []\n".encode() if is_bare(left) else left.encode()}
        try:
            try_out(data, changed)
        except DataError:
            found = f"“{remembered.printed}” is niet te vergeten: een rapport dat is opgenomen, gebruikt het"
            refuse(path.name, found)
        put(data, changed)


def remember(text: str, draft: Draft, named: Mapping[str, str], labels: Mapping[str, Mapping[str, str]]) -> str:
    """The text of a layout with what was decided of tables (`named`) and of labels; what was remembered before stays,
    but for another answer."""
    text = f"\n{text}"  # so that each of its lists begins after a line
    tables = [
        {"heading": reading.table.heading, "indicator": reading.table.indicator, "rows": reading.content["rows"]}
        | {"number": reading.number, "printed": [reading.name]}
        for reading in draft.readings
        if named.get(reading.name) in (reading.table.indicator, reading.table.heading)
    ]
    for name in named:
        for about in (COUNTED, LEFT_OUT):
            text = drop_entry(text, (about, name))
    if tables:
        listed = re.search(r"\ntables:\n(?:\s*#.*\n)*( *)- ", text)
        added = write_yaml({"x": tables}).partition("\n")[2]
        text = insert(text, "tables", indent(added, listed[1] if listed else ""))
    if left_out := [name for name, meant in named.items() if meant == NONE]:
        text = insert(text, LEFT_OUT, "".join(f"  - {quote(name)}\n" for name in left_out))
    for about, names in labels.items():
        text = _remember_labels(text, about, names)
    return text.removeprefix("\n")


def _remember_labels(text: str, about: str, names: Mapping[str, str]) -> str:
    """The text of a layout with labels of one kind; another meaning of the same label goes before the older one. What
    was said of a hidden row is not remembered: the next document may hide another for another reason."""
    names = {label: meant for label, meant in names.items() if not label.endswith(HIDDEN)}
    for label in names:
        text = drop_entry(text, ("labels", about, label))
    added = "".join(f"    {quote(label)}: {quote(meant)}\n" for label, meant in names.items())
    if not added:
        return text
    if f"\n  {about}:\n" in text.partition("\nlabels:\n")[2]:
        start, mark, rest = text.partition("\nlabels:\n")
        return start + mark.removesuffix("\n") + insert(f"\n{rest}", f"  {about}", added)
    return insert(text, "labels", f"  {about}:\n{added}")


def insert(text: str, name: str, added: str) -> str:
    """A text with more at the begin of one of its lists, which is made where it is not there."""
    head = f"\n{name}:\n"
    text = text.replace(f"\n{name}: []\n", head)
    if head not in text:
        return f"{text.rstrip()}{head}{added}"
    return text.replace(head, head + added, 1)
