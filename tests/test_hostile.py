"""Hostile input: whatever a link or a label says, nothing runs, leaves or is written, and no formula forms."""

import ast
import csv
import http.client
import io
import re
import socket
import sqlite3
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import openpyxl
import pypdf
import pytest
from hostile import LINK, PAYLOADS, World
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as any_of
from real import REPOSITORY
from served import running, soon
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest
from visits import PAGES, visit
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect as connect_socket

from vt.figures import wording
from vt.figures.answers import Dataset
from vt.figures.deck import Deck
from vt.figures.figure import Figure
from vt.figures.longtable import list_long_rows
from vt.figures.picks import MOST_PICKS, Pick, read_picks
from vt.figures.selection import KEYS, Choices, list_choices, parse_selection, write_link, write_query
from vt.render import csv as delimited
from vt.render import html as markup
from vt.render import image, offline, pdf, xlsx
from vt.render import pptx as slides
from vt.store.connection import connect, write_marks
from vt.store.numbers import Slice
from vt.web import audit

TAGS = re.compile(
    "a|abbr|b|br|button|caption|dd|details|div|dl|dt|em|h[1-4]|li|mark|ol|p|section|span|strong|summary|table|tbody|td|u|"
    "th|thead|tr|ul"
)
ATTRIBUTES = re.compile(
    "aria-[a-z]+|class|colspan|data-[a-z-]+|hidden|href|id|lang|open|rel|role|scope|start|style|tabindex|target|title|type"
)
STYLES = re.compile(r"(((?:background|border-color):#[0-9a-fA-F]{6}|(left|top|width|height):[\d.]+%)(; ?)?)*")
LINKS_WE_WRITE = re.compile(r"(data/(figures\.(csv|json)|catalogus\.jsonld)|[a-z]+)?(\?|#|$)|https?://(?!x\b|example)")
calm = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
few = settings(calm, max_examples=3)
texts = any_of.one_of(
    any_of.text(max_size=40),
    any_of.sampled_from(PAYLOADS),
    any_of.builds(str.__mul__, any_of.text(min_size=1, max_size=4), any_of.sampled_from([50, 25_000])),
)
values = any_of.lists(any_of.one_of(texts, any_of.sampled_from(["Zwolle", "KM", "2021", "IJsselland"])), max_size=4)


class Elements(HTMLParser):
    """The elements in a piece of HTML, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def assert_harmless(html: str) -> None:
    """Our own elements and no others, with links to our own pages and none from a payload."""
    for tag, attributes in Elements(html).found:
        assert TAGS.fullmatch(tag), tag
        assert all(map(ATTRIBUTES.fullmatch, attributes)), attributes
        assert LINKS_WE_WRITE.match(attributes.get("href", "")), attributes
        assert STYLES.fullmatch(attributes.get("style", "")), attributes


# --- links: any key, any value ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def offers(dataset: Dataset) -> Choices:
    return list_choices(dataset.metadata, list(dataset.metadata.indicators))


@calm
@given(given_=any_of.dictionaries(any_of.one_of(any_of.sampled_from(KEYS), texts), values, max_size=8))
@example({key: list(PAYLOADS) for key in KEYS})
def test_any_link_is_a_selection_of_what_there_is_and_says_little(
    dataset: Dataset, offers: Choices, given_: dict[str, list[str]]
) -> None:
    assert_selects_and_says_little(dataset, offers, given_)


def test_a_link_of_half_a_gigabyte_is_a_selection_too(dataset: Dataset, offers: Choices) -> None:
    """No example of the test above: it would be written out."""
    assert_selects_and_says_little(dataset, offers, {key: ["x" * 100_000] * 1000 for key in KEYS})


def assert_selects_and_says_little(dataset: Dataset, offered: Choices, given_: dict[str, list[str]]) -> None:
    known = dataset.metadata
    chosen, problems = parse_selection(given_, known, offered)
    assert set(chosen.gemeenten) <= known.places.keys()
    assert chosen.region is None or chosen.region in known.places
    assert parse_selection(write_query(chosen, known), known, offered) == (chosen, [])
    short = {key: [text] for key, text in write_link(chosen, known).items()}
    assert parse_selection(short, known, offered) == (chosen, [])
    assert len(problems) <= 5 * len(KEYS)
    assert all(len(text) < 600 and text.isprintable() for text in problems)


@calm
@given(text=any_of.one_of(texts, any_of.lists(texts, min_size=6, max_size=9).map("~".join)))
@example("places~0~a~~b~c~meldingen")
@example("~".join(["places", "0", *PAYLOADS[:4], "meldingen"]))
def test_any_slide_in_a_link_is_a_pick_that_reads_back_or_none(dataset: Dataset, text: str) -> None:
    pick = Pick.parse(text)
    assert pick is None or Pick.parse(pick.text) == pick
    assert pick is None or re.fullmatch(r"[\w.~-]+", pick.text, re.ASCII)
    picks, problems = read_picks([text] * 200, dataset.metadata)
    assert len(picks) <= MOST_PICKS
    assert len(problems) <= 2


@calm
@given(text=any_of.one_of(texts, any_of.lists(texts, max_size=6).map("~".join)))
def test_any_slice_in_a_link_reads_back_or_is_none(text: str) -> None:
    found = Slice.parse(text)
    assert found is None or Slice.parse(str(found)) == found


@calm
@given(text=any_of.one_of(texts, any_of.from_regex(r"-?[0-9.,٠-٩]{1,14}%?", fullmatch=True)))
def test_any_number_that_is_looked_up_is_a_number_or_none(text: str) -> None:
    value = wording.parse_number(text)
    assert value is None or wording.format_value(value)


@pytest.fixture(scope="module")
def printed_report(dataset: Dataset) -> str:
    """A report as it stands on Bronnen, with nothing asked for."""
    html = audit.render_report(dataset.db, dataset.metadata, "ijsselland_2021")
    assert html.startswith("<")
    assert_harmless(html)
    return html


@settings(calm, max_examples=20)
@given(
    asked=any_of.lists(any_of.one_of(texts, any_of.just("ijsselland_2021/1.1/1")), max_size=3),
    marked=any_of.lists(
        any_of.one_of(texts, any_of.lists(texts, min_size=3, max_size=5).map("~".join), any_of.from_regex(r"r\d+k\d+")),
        max_size=4,
    ),
)
@example(["ijsselland_2021/1.1/1"], ["zwolle~2021~alle~' OR 1=1 --"])
@example(["ijsselland_2021/1.1/1"] * 3, ["zwolle~x' UNION SELECT 1,2--~alle", "r99999999k1", "\x00~\x00~\x00"])
def test_any_table_and_cell_in_a_link_give_the_report(
    dataset: Dataset, printed_report: str, asked: list[str], marked: list[str]
) -> None:
    html = audit.render_report(dataset.db, dataset.metadata, "ijsselland_2021", tuple(asked), tuple(marked))
    assert html.endswith(printed_report) or html.count("<table") == printed_report.count("<table")
    assert_harmless(html.removesuffix(printed_report))


def drawn(page: str, query: dict[str, Any]) -> AppTest:
    """A page as a link opens it; neither a fault nor anything that is not ours on it."""
    app = visit(page, query)
    assert not app.exception
    assert not app.error
    for element in app.main:
        if element.type == "html":
            assert_harmless(element.proto.body)
    return app


KEYS = (*KEYS, "dia", "verhaal", "scherm", "cijfer", "zoek", "rapport", "tabel", "cel", "controle_rapport")
queries_ = any_of.dictionaries(
    any_of.one_of(any_of.sampled_from(KEYS), any_of.text(min_size=1, max_size=20)), values.filter(bool), max_size=5
)


@pytest.mark.parametrize("page", ["overzicht", "bronnen", "zoek", "presenteren", "vergelijken", "controle"])
@few
@given(query=queries_)
@example(query={key: ["x" * 100_000] for key in KEYS})
@example(query={key: list(PAYLOADS) for key in KEYS})
@example(query=dict(zip(PAYLOADS, PAYLOADS, strict=True)))
def test_any_link_opens_a_page(real_database: Path, page: str, query: dict[str, list[str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VT_DATABASE", str(real_database))
        sendable = {key: [text for text in found if _is_unicode(text)] for key, found in query.items()}
        drawn(page, {key: found for key, found in sendable.items() if found and _is_unicode(key)})


def _is_unicode(text: str) -> bool:
    """Whether an address can hold it: half of a surrogate pair is no text."""
    return not re.search(r"[\ud800-\udfff]", text)


# --- the database: to be read and nothing else -----------------------------------------------------------------------


WRITES = (
    "INSERT INTO geweld VALUES ('x', 'x', 'x')",
    "DELETE FROM observation",
    "CREATE TABLE x (y)",
    "ATTACH ':memory:' AS x",
    "PRAGMA query_only = OFF",
    "VACUUM",
    "REINDEX",
    "ANALYZE",
)


@pytest.mark.parametrize("sql", [*WRITES, "SELECT load_extension('x')", "SELECT * FROM pragma_query_only(0)"])
def test_a_connection_refuses_to_write(database: Path, sql: str) -> None:
    before = database.read_bytes()
    with (
        closing(connect(database)) as db,
        pytest.raises(sqlite3.DatabaseError, match=r"authori|prohibited"),
    ):
        db.execute(sql).fetchall()
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    "sql", ["INSERT INTO geweld VALUES ('x', 'x', 'x')", "DELETE FROM observation", "CREATE TABLE x(y)"]
)
@pytest.mark.parametrize("query_only", ["ON", "OFF"])
def test_a_connection_without_its_guard_still_cannot_write(database: Path, sql: str, query_only: str) -> None:
    """Three locks: the guard, query_only, and a file that is opened for reading."""
    before = database.read_bytes()
    with closing(connect(database)) as db:
        db.set_authorizer(None)
        assert db.execute("PRAGMA query_only").fetchall() == [(1,)]
        db.execute(f"PRAGMA query_only = {query_only}")
        with pytest.raises(sqlite3.OperationalError, match="readonly database"):
            db.execute(sql)
    assert database.read_bytes() == before


Calls = list[tuple[Path, ast.Module, str, ast.Call]]


@pytest.fixture(scope="module")
def calls() -> Calls:
    """Every call of a method in our code, in its module, with the name of the method."""
    paths = (path for path in sorted((REPOSITORY / "vt").rglob("*.py")) if path.name != "recover.py")
    return [
        (path, tree, node.func.attr, node)
        for path in paths
        for tree in [ast.parse(path.read_text(encoding="utf-8"))]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]


def test_only_the_builder_opens_a_database_that_can_be_written(calls: Calls) -> None:
    opened = [
        (path.name, ast.unparse(call))
        for path, _, name, call in calls
        if name == "connect" and ast.unparse(call).startswith("sqlite3.")
    ]
    assert opened == [
        ("build.py", "sqlite3.connect(path)"),
        ("connection.py", "sqlite3.connect(f'{path.resolve().as_uri()}?mode=ro', uri=True)"),
    ]


def constants(tree: ast.Module) -> set[str]:
    """The names of the texts that stand in a module as they are."""
    assigned = (node for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant))
    return {target.id for node in assigned for target in node.targets if isinstance(target, ast.Name)}


def test_sql_is_never_made_of_values(calls: Calls) -> None:
    """What is put into a statement is a row of question marks, their number, or another constant of the module."""
    put = set()
    for path, tree, name, call in calls:
        if name not in ("execute", "executescript", "executemany"):
            continue
        statement, *_ = call.args
        if isinstance(statement, ast.Constant) or "read_text" in ast.unparse(statement):
            continue
        if isinstance(statement, ast.Name) and statement.id in constants(tree):
            continue
        assert isinstance(statement, ast.JoinedStr), f"{path.name}: {ast.unparse(statement)}"
        put |= {ast.unparse(part.value) for part in statement.values if isinstance(part, ast.FormattedValue)}
    assert put <= {
        "marks",
        "own",
        "named",
        "name",
        "table",
        "'TRUE' if only_totals else 'c.position'",
        "within",
        "VERDICT_COLUMNS",
        "BORDER_COLUMNS",
        "KEY_COLUMNS",
        "len(asked.categories)",
        "f'o.category IN ({marks})' if asked.categories else 'TRUE'",
    }
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted((REPOSITORY / "vt" / "store").glob("*.py")))
    made = re.findall(r"\b(?:marks|own, totals) = (.*)", source)
    assert made
    assert [each for each in made if not re.match(r"\(?write_marks\(\w+(\.\w+)?\)", each)] == []
    assert write_marks(["'; DROP TABLE report"] * 3) == "?, ?, ?"


# --- a hostile world: every label holds something ---------------------------------------------------------------------


# Streamlit reads these as Markdown, directives included, where a label stands in them.
MARKDOWN = ("markdown", "heading", "title", "header", "subheader", "caption", "button", "checkbox", "expander", "alert")


@pytest.fixture(scope="module", params=PAGES)
def spiked_page(request: pytest.FixtureRequest, hostile: World) -> tuple[str, AppTest]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VT_DATA", str(hostile.data))
        patch.setenv("VT_DATABASE", str(hostile.database))
        return request.param, drawn(request.param, {"gemeente": ["zwolle", "dordrecht"]})


def test_a_page_of_hostile_labels_holds_only_our_own_elements(spiked_page: tuple[str, AppTest]) -> None:
    page, app = spiked_page
    bodies = " ".join(element.proto.body for element in app.main if element.type == "html")
    assert page not in ("overzicht", "aard", "bronnen", "begrippen") or "&lt;script&gt;alert(1)" in bodies


def test_no_label_is_read_as_markdown(spiked_page: tuple[str, AppTest]) -> None:
    _, app = spiked_page
    said = [getattr(e, "value", None) or getattr(e, "label", "") for e in app.main if e.type in MARKDOWN]
    spiked = [text for text in said for payload in PAYLOADS if len(payload) > 2 and payload.strip() in str(text)]
    assert spiked == []


@pytest.fixture
def deck(hostile_deck: Deck) -> Deck:
    return hostile_deck


@pytest.fixture
def figures(deck: Deck) -> list[Figure]:
    return [slide.figure for slide in deck.slides]


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would compute a text; a negative number is none."""
    return text.startswith(("=", "+", "-", "@", "\t", "\r")) and not re.fullmatch(r"-\d+(,\d+)?", text)


def test_no_csv_has_a_formula(figures: list[Figure]) -> None:
    for figure in figures:
        text = delimited.write_long(list_long_rows(figure)).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
        assert len(rows) > len(figure.table.rows)
        assert [cell for row in rows for cell in row if is_formula(cell)] == []


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# Made of cells, of four functions and of the signs behind a number: no word of a label.
OUR_FORMULA = re.compile(
    r"""(?:SUM|FIXED|IF|AND|\$?[A-Z]{1,2}\$?\d+|[\d.]+|[&(),:/*<>=+-]|"(?:<1%|>99%|[ %*°≠:()+−-]{0,3})")+"""
)


def test_no_workbook_has_a_formula_or_a_link_elsewhere(deck: Deck) -> None:
    made = xlsx.write_xlsx(deck)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        xml = {name: parts.read(name).decode() for name in parts.namelist()}
    assert not any(re.search(r"<f[ >]|<ddeLink|externalLink", text) for text in xml.values())
    targets = {
        target for text in xml.values() for target in re.findall(r'Target="([^"]*)" TargetMode="External"', text)
    }
    assert targets == {LINK}
    book = openpyxl.load_workbook(io.BytesIO(made))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    unquoted = [
        c.value for c in cells if isinstance(c.value, str) and is_formula(c.value.strip()) and not c.quotePrefix
    ]
    assert unquoted == []


def test_no_presentation_has_a_formula_of_a_label_or_a_link_elsewhere(deck: Deck) -> None:
    with zipfile.ZipFile(io.BytesIO(slides.write_pptx(deck))) as parts:
        names = parts.namelist()
        for name in (name for name in names if name.endswith((".xml", ".rels"))):
            root = ElementTree.fromstring(parts.read(name))
            for node in root.iter():
                assert node.get("TargetMode") != "External" or node.get("Target") == LINK, (name, node.attrib)
                assert not re.match(r"(?i)macro|ppaction://(program|macro)", node.get("action", "")), name
        assert not [name for name in names if ".." in name or name.startswith("/") or "vba" in name.lower()]
        books = [name for name in names if name.endswith(".xlsx")]
        assert books
        for name in books:
            with zipfile.ZipFile(io.BytesIO(parts.read(name))) as inner:
                for part in inner.namelist():
                    text = inner.read(part).decode()
                    assert "externalLink" not in text, (name, part)
                    formulas = [node.text or "" for node in ElementTree.fromstring(text).iter(f"{{{SHEET}}}f")]
                    assert [each for each in formulas if not OUR_FORMULA.fullmatch(each)] == [], (name, part)


def test_no_pdf_runs_or_opens_anything_but_our_link(deck: Deck) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf.write_pdf(deck)))
    opened = set()
    for number in range(1, reader.trailer["/Size"]):
        found = _object(reader, number)
        if isinstance(found, dict):
            assert found.get("/S") not in ("/JavaScript", "/Launch", "/GoToR", "/SubmitForm", "/ImportData"), found
            assert not {"/JS", "/JavaScript", "/AA", "/OpenAction", "/EmbeddedFiles"} & found.keys(), found
            opened |= {str(found["/URI"])} if "/URI" in found else set()
    assert {uri for uri in opened if not uri.startswith(LINK)} == set()


def _object(reader: pypdf.PdfReader, number: int) -> object:
    with suppress(Exception):  # a number that no object has
        return reader.get_object(number)
    return None


def test_no_offline_page_holds_a_script_that_is_not_ours_or_fetches_anything(deck: Deck) -> None:
    html = offline.write_html(deck).decode()
    found = Elements(html).found
    assert [tag for tag, _ in found].count("script") == 3
    assert not {"img", "iframe", "object", "embed", "form", "base", "audio", "video"} & {tag for tag, _ in found}
    for tag, attributes in found:
        assert not [name for name in attributes if name.startswith("on") or name == "src"], (tag, attributes)
        for name in ("href", "xlink:href", "action"):
            assert re.match(r"#|http://localhost:8501/|$", attributes.get(name, "")), (tag, attributes)
    [policy] = [a["content"] for tag, a in found if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe-eval" not in policy


FONTS = re.compile(r'(@font-face\{font-family:"[\w ]+";font-weight:\w+;src:url\(data:font/woff2;base64,[\w+/=]+\)\})+')


@pytest.mark.parametrize("make", [image.write_svg, lambda figure: image.draw_chart_svg(figure, 700).encode()])
def test_no_picture_holds_a_script_or_fetches_anything(figures: list[Figure], make: Callable[[Figure], bytes]) -> None:
    for figure in figures[:12]:
        for node in ElementTree.fromstring(make(figure)).iter():
            tag = node.tag.rpartition("}")[2]
            assert tag not in ("script", "foreignObject", "image", "a", "use", "iframe"), figure.id
            assert tag != "style" or FONTS.fullmatch(node.text or ""), figure.id
            assert not [name for name in node.attrib if re.match(r"(?i)on|.*href", name)], node.attrib


def test_a_picture_of_hostile_labels_is_a_picture(figures: list[Figure]) -> None:
    assert image.write_png(figures[0]).startswith(b"\x89PNG")


def test_the_name_of_a_file_stays_in_its_folder(figures: list[Figure]) -> None:
    for figure in figures:
        for ending in ("csv", "xlsx"):
            name = delimited.file_name(figure, ending)
            assert re.fullmatch(r"[\w-]+\.\w+", name), name


@calm
@given(text=texts)
@example("../../etc/passwd")
@example("..\\..\\x\x00.exe")
@example("\u202egnp.exe")
def test_the_words_of_a_file_name_are_words(text: str) -> None:
    slug = delimited.slug(text)
    assert len(slug) <= 80
    assert re.fullmatch(r"[\w-]*", slug)
    assert all(sign.isprintable() for sign in slug)


def test_a_link_to_copy_holds_what_was_asked_as_text() -> None:
    for payload in PAYLOADS:
        queries = f"?{urlencode({payload: payload})}", payload
        html = "".join(markup.fill_template("site", "copy_link", query) for query in queries)
        assert_harmless(html)
        assert [tag for tag, _ in Elements(html).found] == ["button", "button"]


# --- the server ------------------------------------------------------------------------------------------------------


def test_the_settings_are_for_production() -> None:
    config = tomllib.loads((REPOSITORY / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"] | {"allowedHosts": ["localhost", "127.0.0.1", "::1"]} == config["server"]
    assert (config["server"]["address"], config["server"]["enableAgentApi"]) == ("localhost", False)
    assert (config["server"]["maxUploadSize"], config["server"]["maxWidgetStateSize"]) == (1, 1)
    assert not {"enableCORS", "enableXsrfProtection", "enableStaticServing"} & config["server"].keys()
    assert (config["client"]["showErrorDetails"], config["client"]["showErrorLinks"]) == ("none", False)
    assert (config["client"]["allowedOrigins"], config["browser"]["gatherUsageStats"]) == ([], False)


@pytest.fixture(scope="module")
def port(real_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where the app answers with its settings as they are delivered."""
    with running(tmp_path_factory.mktemp("server") / "log", VT_DATABASE=str(real_database)) as number:
        yield number


def handshake(port: int, **headers: str) -> int:
    """The status that answers a request for the websocket."""
    asked_ = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    asked_["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ=="
    with closing(http.client.HTTPConnection("localhost", port, timeout=10)) as connection:
        connection.request("GET", "/_stcore/stream", headers=asked_ | headers)
        return connection.getresponse().status


def stream(port: int) -> Any:
    return connect_socket(f"ws://localhost:{port}/_stcore/stream", max_size=None)


def asked(query: str = "") -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = query
    return bytes(message.SerializeToString())


def answered(socket_: Any) -> list[ForwardMsg]:
    """What comes until the page stands; a link that is rewritten runs it twice."""
    messages: list[ForwardMsg] = []
    for _ in soon():
        messages.append(ForwardMsg.FromString(socket_.recv(timeout=60, decode=False)))
        if messages[-1].WhichOneof("type") == "script_finished" and not is_again(messages[-1]):
            break
    return messages


def is_again(message: ForwardMsg) -> bool:
    return bool(message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_a_visit_from_this_machine_gets_data(port: int, host: str) -> None:
    assert handshake(port, Host=f"{host}:{port}") == 101


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io"])
def test_a_visit_under_another_name_gets_no_data(port: int, host: str) -> None:
    assert handshake(port, Host=f"{host}:{port}") == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example"])
def test_another_site_gets_no_data(port: int, origin: str) -> None:
    assert handshake(port, Origin=origin) == 403


def test_a_message_of_megabytes_is_refused_and_the_next_visitor_is_served(port: int) -> None:
    with stream(port) as socket_:
        socket_.send(asked("gemeente=" + "x" * 3_000_000))
        with pytest.raises(ConnectionClosed, match="1009"):
            answered(socket_)
    with stream(port) as socket_:
        assert "permessage-deflate" in socket_.response.headers["Sec-WebSocket-Extensions"]
        socket_.send(b"x" * 10_000_000)  # 10 kB on the wire
        with pytest.raises(ConnectionClosed, match="1009"):
            answered(socket_)
    with stream(port) as socket_:
        socket_.send(asked("gemeente=" + "x" * 100_000))
        bodies = [message.delta.new_element.html.body for message in answered(socket_)]
        assert any("niet herkend" in body for body in bodies)


def test_who_lies_about_his_address_gives_nobody_else_a_link_to_it(port: int) -> None:
    """Links in files and to parked questions begin with the address that the visitor's browser names."""
    liar = BackMsg.FromString(asked("gemeente=Zwolle&dia=places~0~~~~~meldingen&vraag=Hoe~gemeente"))
    liar.rerun_script.page_name = "presenteren"
    honest = BackMsg.FromString(liar.SerializeToString())
    liar.rerun_script.context_info.url = "https://evil.example/presenteren"
    honest.rerun_script.context_info.url = f"http://localhost:{port}/presenteren"
    for message in (liar, honest):
        with stream(port) as socket_:
            socket_.send(message.SerializeToString())
            seen = b"".join(each.SerializeToString() for each in answered(socket_))
    assert b"646 meldingen" in seen
    assert b"evil.example" not in seen


@pytest.mark.parametrize("path", ["/_stcore/agent/interact", "/_stcore/agent/mcp", "/_stcore/upload_file/x/y"])
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_nothing_can_be_sent_to_the_server_but_by_its_pages(port: int, path: str, method: str) -> None:
    with closing(http.client.HTTPConnection("localhost", port, timeout=10)) as connection:
        connection.request(method, path, body=b"x" * 1000)
        assert connection.getresponse().status in (400, 403, 404, 405)


@pytest.mark.parametrize(
    "path", ["/../../etc/passwd", "/static/../../../etc/passwd", "/..%2f..%2fetc/passwd", "/media/../app.py", "/app.py"]
)
def test_no_address_leads_to_a_file_of_the_machine(port: int, path: str) -> None:
    with socket.create_connection(("localhost", port)) as plain:
        plain.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: plain.recv(65536), b""))
    assert b"root:" not in answer
    assert b"server.middleware" not in answer
    assert b"content-security-policy" in answer.lower()
