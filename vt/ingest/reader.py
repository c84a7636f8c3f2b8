"""Strict YAML: reads one file and collects every fault in it."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeGuard

import yaml

from vt.errors import Fault, did_you_mean, quote_value


class _StrictLoader(yaml.CSafeLoader):
    """YAML that notices a key written twice (PyYAML keeps the last one silently)."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.duplicates: list[tuple[int, object]] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable) and key in seen:
                self.duplicates.append((key_node.start_mark.line + 1, key))
            elif isinstance(key, Hashable):
                seen.add(key)
        return super().construct_mapping(node, deep)


class Reader:
    """Reads one YAML file and collects every fault in it."""

    def __init__(self, path: Path) -> None:
        self.file = path.name
        self.faults: list[Fault] = []
        self._broken = False
        self.content = self._load(path)

    def fault(self, found: str, meant: str = "", table: str = "", row: str = "") -> None:
        """Note one fault; reading goes on. Of a file that is no YAML at all, nothing more is said."""
        if not self._broken:
            self.faults.append(Fault(self.file, table, row, found, meant))

    def mapping(
        self, value: object, name: str, required: Collection[str], optional: Collection[str] = (), table: str = ""
    ) -> dict[str, Any]:
        """The known keys of `value` that are filled in; faults for what is unknown, missing or no mapping at all."""
        if not isinstance(value, dict):
            self.fault(f"{name} is {quote_value(value)}", "bedoeld: sleutels met waarden", table)
            return {}
        known = [*required, *optional]
        for key in value.keys() - set(known):
            self.fault(f"onbekende sleutel {quote_value(key)} in {name}", did_you_mean(key, known), table)
        for key in required:
            if value.get(key) is None:
                self.fault(f"in {name} ontbreekt de sleutel “{key}”", f"bedoeld: {key}: …", table)
        return {key: value[key] for key in known if value.get(key) is not None}

    def members(self, value: object, name: str) -> Iterator[tuple[str, Any]]:
        """The ids of a mapping with what each of them holds."""
        if not isinstance(value, dict):
            self.fault(f"{name} is {quote_value(value)}", "bedoeld: een id per sleutel")
            return
        for key, item in value.items():
            yield str(key), item

    def items(self, value: object, name: str, table: str = "") -> list[Any]:
        """`value` as a list; a fault where it is anything else."""
        if isinstance(value, list):
            return value
        self.fault(f"{name} is {quote_value(value)}", "bedoeld: een lijst", table)
        return []

    def texts(self, keys: Mapping[str, Any], names: Iterable[str], owner: str, table: str = "") -> dict[str, str]:
        """Those of the named keys that hold text; a fault for each that holds anything else."""
        found = {name: keys[name] for name in names if name in keys}
        for name, value in found.items():
            if not isinstance(value, str) or not value.strip():
                self.fault(f"{name} van {owner} is {quote_value(value)}", "bedoeld: tekst, in aanhalingstekens", table)
        return {name: value if isinstance(value, str) else "" for name, value in found.items()}

    def flag(self, keys: Mapping[str, Any], name: str, owner: str, table: str = "") -> bool:
        """A key that is true or false, and false where absent."""
        value = keys.get(name, False)
        if not isinstance(value, bool):
            self.fault(f"{name} van {owner} is {quote_value(value)}", "bedoeld: true of false", table)
        return value is True

    def day(self, keys: Mapping[str, Any], name: str, owner: str) -> date | None:
        """A key that is a day; None where absent, and a fault where it is anything else."""
        value = keys.get(name)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.fault(
            f"{name} van {owner} is {quote_value(value)}", "bedoeld: een dag, zonder aanhalingstekens: 2021-12-31"
        )
        return None

    def one_of(self, value: str | None, known: Iterable[str], name: str) -> None:
        """A fault for a value that is there and not among the known ones."""
        names = list(known)
        if value and value not in names:
            self.fault(f"{name} is {quote_value(value)}", did_you_mean(value, names))

    def once(self, values: Iterable[str | None], name: str) -> None:
        """A fault for each value that occurs twice."""
        for value, count in Counter(value for value in values if value).items():
            if count > 1:
                self.fault(f"{name} {quote_value(value)} komt {count} keer voor", "bedoeld: een keer")

    def _load(self, path: Path) -> object:
        try:
            content, duplicates = _parse(path.read_text(encoding="utf-8"))
        except Exception as error:  # PyYAML passes on whatever its constructors raise: IndexError, AttributeError
            self.fault(*_why_unreadable(error))
            self._broken = True
            return None
        for line, key in duplicates:
            self.fault(
                f"regel {line}: de sleutel {quote_value(key)} staat er tweemaal", "bedoeld: elke sleutel een keer"
            )
        return content


def _why_unreadable(error: Exception) -> tuple[str, str]:
    """What was found and meant, for a file that is no YAML."""
    match error:
        case FileNotFoundError():
            return "het bestand ontbreekt", "bedoeld: een YAML-bestand op deze plaats"
        case OSError():
            return f"het bestand is niet te lezen ({error.strerror})", "bedoeld: een leesbaar YAML-bestand"
        case UnicodeDecodeError():
            return f"het bestand is geen UTF-8 (byte {error.start + 1})", "bewaar het als UTF-8"
        case yaml.MarkedYAMLError(problem=problem, problem_mark=mark):
            line = f"regel {mark.line + 1}: " if mark else ""
            return f"{line}geen geldige YAML ({problem})", "let op inspringing, dubbele punt, haken en aanhalingstekens"
        case _:
            return f"geen geldige YAML ({' '.join(str(error).split())})", "bedoeld: tekst zonder stuurtekens"


def _parse(text: str) -> tuple[object, list[tuple[int, object]]]:
    """The content of a YAML text, and the line and name of each key that is written twice."""
    loader = _StrictLoader(text)
    try:
        return loader.get_single_data(), loader.duplicates
    finally:
        loader.dispose()


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a YAML value is a number that can be printed in a report: not negative, finite, no boolean."""
    return is_finite(value) and value >= 0


def is_finite(value: object) -> TypeGuard[int | float]:
    """Whether a YAML value is a number that can be worked with: finite, no boolean."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12
