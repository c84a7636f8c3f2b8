"""What the documents say of the project is so: every path exists, every decision is in the index."""

import ast
import re
import shutil
import tomllib
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from real import DATA, REPOSITORY, load_yaml

from vt.figures.longtable import LongRow
from vt.ingest.catalogue import load_catalogue
from vt.ingest.reports import load_reports
from vt.render.opendata import list_columns, read_description
from vt.store.connection import connect

DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/architecture.md",
    "data/README.md",
    "data/LICENCES.md",
    "benchmarks/README.md",
    "deploy/README.md",
)
DECISIONS = REPOSITORY / "docs/decisions"
MADE_LATER = {
    "data/vt.db",
    "report.yaml",
    "decisions.yaml",
    "concept/",
    "document/",
    "origins/",
    "withdrawn/",
    "CHANGES.yaml",
}
PATH = re.compile(r"(?=.*[a-z])[\w@.*-]*[\w*](?:/[\w@.*-]+)+/?|[\w-]+/|[\w-]+\.(?:py|md|ya?ml|toml|sql|json|svg|png)")
SPANS = re.compile(r"`[^`\n]+`|\]\([^)\s]+\)")
BLOCKS = re.compile(r"```.*?```", re.DOTALL)
# Words that Dutch does not have; "is", "in", "of", "had" and the like stand in both languages.
ENGLISH = re.compile(r"\b(the|and|which|from|with|where|what|than|that|each|every|are|not|row|number|report)\b", re.I)


def read(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


def paths_in(text: str) -> set[str]:
    """What stands in backticks, or is linked to, and reads as a path of this project."""
    spans = [span.strip("`]()") for span in SPANS.findall(BLOCKS.sub("", text))]
    return {span for span in spans if PATH.fullmatch(span) and "://" not in span}


def exists(path: str, document: Path) -> bool:
    """Whether the path leads to something: from the project, from the document's folder, or from vt/."""
    return any(any(home.glob(path.rstrip("/"))) for home in (REPOSITORY, document.parent, REPOSITORY / "vt"))


def test_every_promise_of_safety_and_every_attack_names_the_tests_that_hold_it() -> None:
    text = read("SECURITY.md")
    promised, tried = re.findall(r"## What (?:is promised|was tried)\n(.*?)(?=\n## )", text, re.DOTALL)
    rows = [line for line in tried.splitlines() if line.startswith("| ")][1:]
    for said in (*promised.split("\n- **")[1:], *rows):
        assert re.search(r"`test_\w+`", said), said
    assert rows
    written = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "tests").rglob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", text + read("docs/cases.md")))
    missing = named - set(re.findall(r"^def (test_\w+)\(", written, re.MULTILINE))
    assert not missing


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_path_in_a_document_exists(name: str) -> None:
    paths = paths_in(read(name)) - MADE_LATER
    assert paths, f"{name} names no path at all"
    missing = sorted(path for path in paths if not exists(path, REPOSITORY / name))
    assert not missing, f"{name} names what is not there: {missing}"


def test_every_name_in_the_architecture_stands_in_the_code() -> None:
    spans = {span.strip("`").partition("(")[0] for span in re.findall(r"`[^`\n]+`", read("docs/architecture.md"))}
    names = {span for span in spans if span.isidentifier() and not exists(span, REPOSITORY / "docs/architecture.md")}
    code = [path for ending in ("py", "sql") for path in (REPOSITORY / "vt").rglob(f"*.{ending}")]
    words = {word for path in code for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))}
    blocks = re.findall(r"```python\n(.*?)```", read("docs/architecture.md"), flags=re.DOTALL)
    nodes = [node for block in blocks for node in ast.walk(ast.parse(block))]
    called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert len(names) > 10
    assert len(called) > 3
    assert not (names | called) - words


def test_the_indicator_of_the_architecture_can_be_read(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", read("docs/architecture.md"), flags=re.DOTALL)
    shutil.copytree(DATA / "catalogue", tmp_path / "catalogue")
    with (tmp_path / "catalogue/indicators.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\n{example}")
    (name,) = yaml.safe_load(example)
    assert load_catalogue(tmp_path / "catalogue").indicators[name].topic == "onderzoek"


def test_the_picture_shows_every_room() -> None:
    shown = set(re.findall(r'class="name">(\w+)<', read("docs/rooms.svg")))
    layers = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"][0]["layers"]
    assert shown == {room for layer in layers for room in re.findall(r"\w+", layer)}


def test_every_decision_is_in_the_index_and_has_a_date() -> None:
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    files = {path.name: path.read_text(encoding="utf-8") for path in DECISIONS.glob("[0-9]*.md")}
    assert re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", index) == sorted(files)
    for name, text in files.items():
        title, _, date = text.split("\n")[:3]
        assert title.startswith(f"# {name[:4]} "), f"{name}: the title begins with the number"
        assert re.match(r"\d{1,2} \w+ 20\d\d\b", date), f"{name}: the third line is the date"


def test_publiccode_has_what_the_standard_asks() -> None:
    content = yaml.safe_load(read("publiccode.yml"))
    assert float(content["publiccodeYmlVersion"]) >= 0.4
    assert {"name", "url", "platforms", "description", "legal", "maintenance", "localisation"} <= content.keys()
    assert content["developmentStatus"] in ("concept", "development", "beta", "stable", "obsolete")
    assert content["softwareType"] == "standalone/web"
    assert content["description"].keys() == {"nl", "en"}
    for language, texts in content["description"].items():
        assert len(texts["shortDescription"]) <= 150, language
        assert 150 <= len(texts["longDescription"]) <= 10_000, language
        assert texts["features"], language
    kind = content["maintenance"]["type"]
    assert kind in ("internal", "contract", "community", "none")
    assert kind == "none" or content["maintenance"].get("contacts") or content["maintenance"].get("contractors")
    assert content["localisation"].keys() == {"localisationReady", "availableLanguages"}


def test_one_licence_is_named_everywhere() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    named = yaml.safe_load(read("publiccode.yml"))["legal"]["license"]
    assert project["license"] == named == "EUPL-1.2"
    assert project["license-files"] == ["LICENSE"]
    assert read("LICENSE").split("\n")[0].strip() == "EUROPEAN UNION PUBLIC LICENCE v. 1.2"


def test_every_report_has_its_terms_named() -> None:
    terms = read("data/LICENCES.md")
    reports = [path.name for path in (DATA / "reports").glob("*.yaml") if not path.name.startswith("_")]
    assert reports
    assert not [name for name in reports if f"`reports/{name}`" not in terms]


def explained_in(heading: str) -> set[str]:
    """The keys that the table of data/README.md under this heading explains."""
    rows = read("data/README.md").partition(f"| {heading} |")[2].partition("\n\n")[0]
    return {
        key.partition(":")[0] for row in rows.splitlines()[2:] for key in re.findall(r"`([^`]+)`", row.split("|")[1])
    }


def catalogue(name: str) -> Any:
    return load_yaml(DATA / f"catalogue/{name}.yaml")


def test_every_key_that_stands_in_the_data_is_explained_to_who_writes_them() -> None:
    template = load_yaml(DATA / "reports/_template.yaml")
    classes = [one for each in catalogue("categories")["classifications"].values() for one in each["members"]]
    places = [one for kind in ("land", "regions", "gemeenten", "rest") for one in catalogue("places")[kind].values()]
    for heading, items in (
        ("sleutel van een tabel | betekenis", template["tables"]),
        ("sleutel van een indicator | betekenis", catalogue("indicators").values()),
        ("sleutel van een klasse | betekenis", classes),
        ("sleutel van een plaats | betekenis", places),
    ):
        keys = {key for item in items for key in item}
        assert keys <= explained_in(heading), f"{heading}: {sorted(keys - explained_in(heading))}"
    assert all(f"\n  {key}: " in read("data/README.md") for key in template["report"])


def test_the_readme_counts_what_is_in() -> None:
    reports = load_reports(DATA / "reports", load_catalogue(DATA / "catalogue"))
    counted = {(len(report.tables), sum(len(table.cells) for table in report.tables)) for report in reports}
    printed = re.findall(r"\| (\d+) \| ([\d,]+) \|", read("README.md"))
    assert {(int(tables), int(numbers.replace(",", ""))) for tables, numbers in printed} == counted
    files = [load_yaml(path) for path in (DATA / "claims").glob("*.yaml")]
    sentences = sum(len(chapter) for content in files for chapter in content["claims"].values())
    assert f"all {sentences} sentences that claim something" in " ".join(read("README.md").split())


def test_every_public_table_is_explained_to_who_reads_the_database(real_database: Path) -> None:
    described = read_description()
    explained = {note["table"] for note in described["notes"]} | {"figures"}
    with closing(connect(real_database)) as db:
        views = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
        columns = [column[0] for column in db.execute("SELECT * FROM figures LIMIT 0").description]
    assert views <= explained
    assert [column["name"] for column in list_columns(0)] == columns
    assert tuple(column["name"] for column in list_columns(1)) == LongRow._fields


@pytest.mark.parametrize("name", ["data/README.md", "data/LICENCES.md"])
def test_who_writes_data_reads_dutch(name: str) -> None:
    prose = SPANS.sub(" ", BLOCKS.sub(" ", read(name)))
    assert not [match.group() for match in ENGLISH.finditer(prose)]
