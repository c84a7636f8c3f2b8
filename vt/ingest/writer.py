"""A report, or what was decided about one, as YAML that a person can read beside the print."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex
from typing import Any

import yaml

_SCHEMA = "# yaml-language-server: $schema=../schema/report.schema.json\n"


class _Dumper(yaml.SafeDumper):
    """A row of numbers stands on one line, and so does a mapping that holds nothing but such rows or words."""

    def represent_row(self, data: list[Any]) -> yaml.SequenceNode:
        is_row = not any(isinstance(item, dict | list) for item in data)
        return self.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=is_row)

    def represent_mapping_node(self, data: dict[Any, Any]) -> yaml.MappingNode:
        is_short = len(data) <= 3 and set(data) <= _ON_ONE_LINE
        return self.represent_mapping("tag:yaml.org,2002:map", data, flow_style=is_short)

    def ignore_aliases(self, data: object) -> bool:
        return True


_ON_ONE_LINE = {"place", "period", "geweld", "category", "printed", "sequence", "heading", "change", "share"}
_Dumper.add_representer(list, _Dumper.represent_row)
_Dumper.add_representer(dict, _Dumper.represent_mapping_node)


def write_yaml(content: Mapping[str, Any], comment: str = "") -> str:
    """The text of a file; rows of numbers on a line each."""
    written: str = yaml.dump(dict(content), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=118)
    return comment + written


def quote(text: str) -> str:
    """A text as YAML has it on one line, as a key has to be."""
    written: str = yaml.safe_dump([" ".join(text.split())], allow_unicode=True, width=sys.maxsize)
    return written.removeprefix("- ").strip()


def write_report(path: Path, content: Mapping[str, Any], comment: str = "") -> None:
    """Write a report file whole, or not at all."""
    write_file(path, write_yaml(content, _SCHEMA + comment).encode())


def write_file(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there: a reader sees the old one or the new, never a part."""
    fresh = stage_file(path, content)
    try:
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def stage_file(path: Path, content: bytes) -> Path:
    """A new file beside the place of another, whole on the disk, to be moved there; none is left where that fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{token_hex(4)}.new")
    try:
        with fresh.open("xb") as out:  # as private as the machine makes new files: a document may name persons
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return fresh
