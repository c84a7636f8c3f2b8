"""Strict YAML: reads one file and collects every fault in it."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import MISSING, Field, fields
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeGuard, get_args

import yaml

from vt.errors import DataError, Fault, did_you_mean, quote_value
from vt.ingest.mistakes import clean_text, explain_name, explain_unreadable, is_curled


class LinedMapping(dict[Any, Any]):
    """A mapping of a file that knows on which line it begins, and each of its keys, as text."""

    line: int = 0
    lines: Mapping[str, int] = {}


class LinedList(list[Any]):
    """A list of a file that knows on which line each of its items begins."""

    lines: Sequence[int] = ()


class _StrictLoader(yaml.CSafeLoader):
    """YAML that keeps lines, and notices a key written twice (PyYAML keeps the last one silently)."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.faults: list[tuple[str, str, int]] = []

    def construct_lined_mapping(self, node: yaml.MappingNode) -> Iterator[LinedMapping]:
        content = LinedMapping()
        yield content
        content.line = node.start_mark.line + 1
        content.lines = {str(key): line for key, line in self._keys(node)}
        content.update(self.construct_mapping(node))

    def construct_lined_list(self, node: yaml.SequenceNode) -> Iterator[LinedList]:
        content = LinedList()
        yield content
        content.lines = [item.start_mark.line + 1 for item in node.value]
        content.extend(self.construct_sequence(node))

    def construct_text(self, node: yaml.ScalarNode) -> str:
        text = str(self.construct_scalar(node))
        if not node.style and is_curled(text):
            found = f"{quote_value(text)} staat tussen gekrulde aanhalingstekens"
            self.faults.append((found, "bedoeld: rechte aanhalingstekens", node.start_mark.line + 1))
            text = text[1:-1]
        return clean_text(text) if "\n" not in text else text

    def construct_day(self, node: yaml.ScalarNode) -> object:
        """A day; one that is none, such as 2021-13-01, stays the text that it is, for its key to refuse."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return str(node.value)

    def _keys(self, node: yaml.MappingNode) -> Iterator[tuple[object, int]]:
        """Each key with its line; what is written twice is noted."""
        seen: set[object] = set()
        for key_node, _ in node.value:
            key, line = self.construct_object(key_node, deep=True), key_node.start_mark.line + 1
            if isinstance(key, Hashable) and key in seen:
                found = f"de sleutel {quote_value(key)} staat er tweemaal"
                self.faults.append((found, "bedoeld: elke sleutel een keer", line))
            elif isinstance(key, Hashable):
                seen.add(key)
                yield key, line


_StrictLoader.add_constructor("tag:yaml.org,2002:map", _StrictLoader.construct_lined_mapping)
_StrictLoader.add_constructor("tag:yaml.org,2002:seq", _StrictLoader.construct_lined_list)
_StrictLoader.add_constructor("tag:yaml.org,2002:str", _StrictLoader.construct_text)
_StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", _StrictLoader.construct_day)


class Reader:
    """Reads one YAML file and collects every fault in it; `line` is the one that is being read."""

    def __init__(self, path: Path) -> None:
        self.path, self.file = path, path.name
        self.faults: list[Fault] = []
        self._broken = False
        self.line = 0
        self.content = self._load(path)

    def fault(self, found: str, meant: str = "", table: str = "", row: str = "", line: int = 0) -> None:
        """Note one fault; reading goes on. Of a file that is no YAML at all, nothing more is said."""
        if not self._broken:
            self.faults.append(Fault(self.file, line or self.line, table, row, found, meant))

    def refuse_file(self, meant: str) -> None:
        """Note that the file is not read at all, whatever else is wrong with it."""
        self.faults[:] = [Fault(self.file, found="dit bestand wordt niet gelezen", meant=meant)]

    @contextmanager
    def move_to(self, content: object, key: object) -> Iterator[None]:
        """Faults are on the line of a key of a mapping, or of an item of a list, where they name no other."""
        before, self.line = self.line, _find_line(content, key) or self.line
        try:
            yield
        finally:
            self.line = before

    def read_mapping(
        self, value: object, name: str, required: Collection[str], optional: Collection[str] = (), table: str = ""
    ) -> LinedMapping:
        """The known keys of `value` that are filled in; faults for what is unknown, missing or no mapping at all."""
        if not isinstance(value, dict):
            self.fault(f"{name} is {quote_value(value)}", "bedoeld: sleutels met waarden", table)
            return LinedMapping()
        known = [*required, *optional]
        for key in value.keys() - set(known):
            line = _find_line(value, key)
            self.fault(f"onbekende sleutel {quote_value(key)} in {name}", did_you_mean(key, known), table, line=line)
        for key in required:
            if value.get(key) is None:
                line = _find_line(value, key)
                self.fault(f"in {name} ontbreekt de sleutel “{key}”", f"bedoeld: {key}: …", table, line=line)
        kept = LinedMapping({key: value[key] for key in known if value.get(key) is not None})
        if isinstance(value, LinedMapping):
            kept.line, kept.lines = value.line, value.lines
        return kept

    def read_fields(
        self,
        record: type,
        item: object,
        owner: str,
        given: Collection[str] = (),
        required: Collection[str] = (),
        table: str = "",
        **keys: str,
    ) -> LinedMapping:
        """What a mapping says of the fields of a dataclass, all but those that are `given`: what to make one of.

        `keys` tells the key of a field where that is another word. Required are, beside those named, the fields that
        have no default and may not be None; a text that is missing all the same is "". Texts, days and flags are read
        as such, with a fault for each that is none; what is of another type is as it stands in the file.
        """
        named = {keys.get(field.name, field.name): field for field in fields(record) if field.name not in given}
        required = [key for key, field in named.items() if key in required or _is_required(field)]
        kept = self.read_mapping(item, owner, required, named, table)
        said = LinedMapping({named[key].name: "" for key in required if named[key].type is str})
        said.update({named[key].name: self._read_field(kept, key, named[key], owner, table) for key in kept})
        said.line, said.lines = kept.line, kept.lines
        return said

    def _read_field(self, keys: Mapping[str, Any], key: str, field: "Field[Any]", owner: str, table: str) -> object:
        if field.type in (str, str | None):
            return self.read_texts(keys, (key,), owner, table)[key]
        if field.type is bool:
            return self.read_flag(keys, key, owner, table)
        if field.type in (date, date | None):
            return self.read_day(keys, key, owner)
        return keys[key]

    def read_members(self, value: object, name: str) -> Iterator[tuple[str, Any]]:
        """The ids of a mapping with what each of them holds; meanwhile faults are on its line."""
        if not isinstance(value, dict):
            self.fault(f"{name} is {quote_value(value)}", "bedoeld: een id per sleutel")
            return
        for key, item in value.items():
            with self.move_to(value, key):
                yield str(key), item

    def read_each(self, value: object, name: str, table: str = "") -> Iterator[Any]:
        """The items of a list; meanwhile faults are on its line."""
        for n, item in enumerate(self.read_items(value, name, table)):
            with self.move_to(value, n):
                yield item

    def read_items(self, value: object, name: str, table: str = "") -> list[Any]:
        """`value` as a list; a fault where it is anything else."""
        if isinstance(value, list):
            return value
        self.fault(f"{name} is {quote_value(value)}", "bedoeld: een lijst", table)
        return []

    def read_texts(self, keys: Mapping[str, Any], names: Iterable[str], owner: str, table: str = "") -> dict[str, str]:
        """Those of the named keys that hold text; a fault for each that holds anything else."""
        named = {name: keys[name] for name in names if name in keys}
        for name, value in named.items():
            if not isinstance(value, str) or not value.strip():
                with self.move_to(keys, name):
                    self.fault(
                        f"{name} van {owner} is {quote_value(value)}", "bedoeld: tekst, in aanhalingstekens", table
                    )
        return {name: value if isinstance(value, str) else "" for name, value in named.items()}

    def read_list(self, keys: Mapping[str, Any], name: str, owner: str) -> tuple[str, ...]:
        """A key that lists texts; none where absent, and a fault for each that is anything else."""
        items = []
        for item in self.read_each(keys.get(name, []), f"{name} van {owner}"):
            if not isinstance(item, str) or not item.strip():
                self.fault(f"{name} van {owner} noemt {quote_value(item)}", "bedoeld: tekst, in aanhalingstekens")
            items.append(str(item))
        return tuple(items)

    def read_flag(self, keys: Mapping[str, Any], name: str, owner: str, table: str) -> bool:
        """A key that is true or false, and false where absent."""
        value = keys.get(name, False)
        if not isinstance(value, bool):
            with self.move_to(keys, name):
                self.fault(f"{name} van {owner} is {quote_value(value)}", "bedoeld: true of false", table)
        return value is True

    def read_day(self, keys: Mapping[str, Any], name: str, owner: str) -> date | None:
        """A key that is a day; None where absent, and a fault where it is anything else."""
        value = keys.get(name)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        with self.move_to(keys, name):
            self.fault(f"{name} van {owner} is {quote_value(value)}", "bedoeld: een dag, zoals 2021-12-31")
        return None

    def require_known(self, value: str | None, known: Iterable[str], name: str) -> None:
        """A fault for a value that is there and not among the known ones."""
        names = list(known)
        if value and value not in names:
            self.fault(f"{name} is {quote_value(value)}", did_you_mean(value, names))

    def require_unique(self, values: Iterable[str | None], name: str) -> None:
        """A fault for each value that occurs twice."""
        for value, count in Counter(value for value in values if value).items():
            if count > 1:
                self.fault(f"{name} {quote_value(value)} komt {count} keer voor", "bedoeld: een keer")

    def _load(self, path: Path) -> object:
        text = ""
        try:
            text = path.read_text(encoding="utf-8")
            content, faults = _parse(text)
        except Exception as error:  # PyYAML passes on whatever its constructors raise: IndexError, AttributeError
            found, meant, line = _explain(error, text)
            self.fault(found, meant, line=line)
            self._broken = True
            return None
        for found, meant, line in faults:
            self.fault(found, meant, line=line)
        return content


def list_files(folder: Path, open_file: Callable[[Path], "Reader"]) -> list[Path]:
    """The files of a folder that are read, by name; a fault for each that only its name keeps from being read."""
    named = [path for path in sorted(folder.glob("*")) if path.name[0] not in "_."]
    for path in named:
        if meant := explain_name(path.name):
            open_file(path).refuse_file(meant)
    return [path for path in named if path.suffix == ".yaml"]


@contextmanager
def gather_faults() -> Iterator[Callable[[Path], Reader]]:
    """What opens a file to read it; at the end DataError with the faults of all files that were opened."""
    faults: list[list[Fault]] = []

    def open_file(path: Path) -> Reader:
        reader = Reader(path)
        faults.append(reader.faults)
        return reader

    yield open_file
    if any(faults):
        raise DataError(fault for found in faults for fault in found)


def _is_required(field: "Field[Any]") -> bool:
    has_default = field.default is not MISSING or field.default_factory is not MISSING
    return not has_default and type(None) not in get_args(field.type)


class _AliasError(yaml.MarkedYAMLError):
    """A part of a file is named (&) to be repeated (*) elsewhere: a few lines of that can stand for millions."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


def _find_line(content: object, key: object) -> int:
    """The line of a key of a mapping (of the mapping itself, where it has no such key) or of an item of a list."""
    match content, key:
        case LinedMapping(line=line, lines=lines), _:
            return lines.get(str(key), line)
        case LinedList(lines=lines), int(n):
            return lines[n]
    return 0


def _explain(error: Exception, text: str) -> tuple[str, str, int]:
    if isinstance(error, _AliasError):
        return "dit deel wordt elders herhaald met & en *", "schrijf het op elke plaats uit", error.line
    return explain_unreadable(error, text)


@lru_cache(maxsize=64)
def _parse(text: str) -> tuple[object, list[tuple[str, str, int]]]:
    """The content of a YAML text, and what is wrong in it (found, meant, line): keys written twice, curled quotes.

    Kept, for of a data folder most files are as they were when it is read again; nobody changes what is read.
    """
    loader = _StrictLoader(text)
    try:
        node = loader.get_single_node()
        _refuse_aliases(node)
        return loader.construct_document(node) if node else None, sorted(set(loader.faults))
    finally:
        loader.dispose()


def _refuse_aliases(top: yaml.Node | None) -> None:
    """Raise where a part of the file stands in two places: what an alias means."""
    seen: set[int] = set()
    pending = [top] if top else []
    while pending:
        node = pending.pop()
        if id(node) in seen:
            raise _AliasError(node.start_mark.line + 1)
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            pending += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            pending += node.value


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a YAML value is a number that can be printed in a report: not negative, finite, no boolean."""
    return is_finite(value) and value >= 0


def is_finite(value: object) -> TypeGuard[int | float]:
    """Whether a YAML value is a number that can be worked with: finite, no boolean."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12
