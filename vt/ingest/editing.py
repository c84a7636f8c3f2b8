"""Changes in the text of a report file that leave everything else in it as it was written."""

import json
from collections.abc import Iterator, Sequence

import yaml

from vt.errors import did_you_mean, quote_value, refuse
from vt.model.report import Proofreading


class ReportText:
    """The text of a report file, with where its tables stand in it."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self._starts = [0]
        for line in text.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        top = yaml.compose(text, Loader=yaml.CSafeLoader)
        tables = _find(top, "tables") if isinstance(top, yaml.MappingNode) else None
        self.tables = [node for node in tables.value if isinstance(node, yaml.MappingNode)] if tables else []

    def replace_number(self, table: str, row: str, column: int, value: str) -> tuple[str, str]:
        """The number that stood in a row of a table (numbered as printed), and the text with another in its place."""
        cells = _find(self.find_table(table), "cells")
        numbers = _find(cells, row) if isinstance(cells, yaml.MappingNode) else None
        if numbers is None:
            known = [key.value for key, _ in cells.value] if isinstance(cells, yaml.MappingNode) else []
            refuse(self.file, f"onbekende rij {quote_value(row)}", did_you_mean(row, known), table)
        if isinstance(numbers, yaml.MappingNode):
            numbers = _find(numbers, "sequence")
        if not isinstance(numbers, yaml.SequenceNode) or not 0 <= column < len(numbers.value):
            width = len(numbers.value) if numbers else 0
            found = f"kolom {column + 1} in rij {quote_value(row)}"
            refuse(self.file, found, f"bedoeld: 1 tot en met {width}", table)
        node = numbers.value[column]
        start, end = self._place(node.start_mark), self._place(node.end_mark)
        return self.text[start:end], self.text[:start] + value + self.text[end:]

    def drop_key(self, name: str) -> tuple[list[str], str]:
        """The numbers of the tables that had a key, and the text without the lines of it."""
        tables, spans = [], []
        for table in self.tables:
            for key, value in table.value:
                if key.value == name:
                    tables.append(_get_text(table, "number"))
                    spans.append(self._find_lines(table, key, value))
        text = self.text
        for start, end in reversed(spans):
            text = text[:start] + text[end:]
        return tables, text

    def find_table(self, number: str) -> yaml.Node | None:
        """The table of a number, or of “number (heading)” where several have it."""
        named = {(_get_text(t, "number"), _get_text(t, "heading")): t for t in self.tables}
        matches = [t for (own, heading), t in named.items() if number in (own, f"{own} ({heading})")]
        if len(matches) != 1:
            listed = [f"“{own} ({heading})”" for own, heading in named if not matches or own == number]
            said = "geen tabel" if not matches else f"{len(matches)} tabellen"
            meant = f"bedoeld: {' of '.join(listed)}?" if matches else f"dit rapport heeft: {', '.join(listed)}"
            refuse(self.file, f"{said} {quote_value(number)}", meant)
        return matches[0]

    def _find_lines(self, table: yaml.Node, key: yaml.Node, value: yaml.Node) -> tuple[int, int]:
        if getattr(table, "flow_style", False):
            refuse(self.file, f"{key.value} staat tussen accolades", "zet elke sleutel op een eigen regel")
        last = value.end_mark.line + (1 if value.end_mark.column else 0)
        return self._starts[key.start_mark.line], self._starts[min(last, len(self._starts) - 1)]

    def _place(self, mark: yaml.Mark) -> int:
        return self._starts[mark.line] + mark.column


def put_proofreading(text: str, reader: Proofreading) -> str:
    """The text of a report file with who read it a second time, in place of who did before."""
    text = drop_entry(text, ("report", "checked_by"))
    top = yaml.compose(text, Loader=yaml.CSafeLoader)
    head = _find(top, "report")
    if not isinstance(head, yaml.MappingNode) or head.flow_style:
        refuse("report", "staat niet op eigen regels", "zet elke sleutel op een eigen regel")
    first = head.value[0][0].start_mark
    said = f"{{name: {json.dumps(reader.name, ensure_ascii=False)}, date: {reader.date}}}"
    lines = text.splitlines(keepends=True)
    return "".join([*lines[: first.line], f"{' ' * first.column}checked_by: {said}\n", *lines[first.line :]])


def drop_entry(text: str, path: Sequence[str]) -> str:
    """A text without what a path of keys leads to, or without the mapping that then holds nothing; as it is where that
    is not there. An item of a list is named by its text, or the one that its key `printed` lists alone."""
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    first = last = 0
    for name in path:
        entries = list(_list_entries(node))
        entry = next(((key, value) for known, key, value in entries if known == " ".join(name.split())), None)
        if entry is None:
            return text
        if len(entries) > 1 or not last:
            first, last = entry[0].start_mark.line, _find_end(entry[1])
        node = entry[1]
    lines = text.splitlines(keepends=True)
    return "".join([*lines[:first], *lines[max(last, first + 1) :]])


def _find_end(node: yaml.Node) -> int:
    """The line after the last of a node; YAML ends a block only where the next thing begins."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _find_end(last[1] if isinstance(last, tuple) else last)
    return node.end_mark.line + (1 if node.end_mark.column else 0)


def is_bare(text: str) -> bool:
    """Whether a text holds nothing but comments."""
    return yaml.compose(text, Loader=yaml.CSafeLoader) is None


def _list_entries(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """What a mapping or a list holds: its name, where it begins, and where it ends."""
    if isinstance(node, yaml.MappingNode):
        yield from ((" ".join(str(key.value).split()), key, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            printed = _find(item, "printed") if isinstance(item, yaml.MappingNode) else item
            names = printed.value if isinstance(printed, yaml.SequenceNode) else [printed] if printed else []
            yield " ".join(names[0].value.split()) if len(names) == 1 else "", item, item


def _list_pairs(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        yield " ".join(str(key.value).split()), value


def _find(node: yaml.Node | None, name: str) -> yaml.Node | None:
    return next((value for key, value in _list_pairs(node) if key == name), None)


def _get_text(node: yaml.Node, name: str) -> str:
    child = _find(node, name)
    return str(child.value) if child else ""
