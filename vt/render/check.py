"""A check report as text for a terminal, as a page that can be mailed, and as JSON."""

import json
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from vt.model.check_report import CheckReport, Finding

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)
_WIDTH = 110


def write_text(report: CheckReport) -> str:
    """The report for a terminal: what a person must decide is marked."""
    lines = [report.title, report.source, "", f"> {report.verdict}"]
    lines += [f"  {label}: {count}" for label, count in report.counts.items()]
    for heading, findings in report.by_section():
        lines += ["", heading, *(line for finding in findings for line in _write_finding(finding))]
    return "\n".join(lines) + "\n"


def _write_finding(finding: Finding) -> Iterator[str]:
    mark = "▲" if finding.urgent else "-"
    where = f"{finding.location}: " if finding.location else ""
    yield fill(f"{where}{finding.text}", _WIDTH, initial_indent=f"  {mark} ", subsequent_indent="    ")


def write_html(report: CheckReport) -> str:
    """The report as one page, complete in itself."""
    return _TEMPLATES.get_template("check.html").render(report=report)


def write_json(report: CheckReport) -> str:
    findings = [vars(finding) | {"section": heading} for heading, found in report.by_section() for finding in found]
    told = {"id": report.id, "title": report.title, "source": report.source, "clean": report.is_clean}
    told |= {"counts": dict(report.counts), "verdict": report.verdict, "findings": findings}
    return json.dumps(told, ensure_ascii=False, indent=1)
