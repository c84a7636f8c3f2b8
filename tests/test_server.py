"""The web server as a browser meets it: the real ASGI app of a one-line script, asked over HTTP and websocket."""

import base64
import gc
import gzip
import hashlib
import json
import re
import resource
import shutil
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from served import Client, serving
from starlette.applications import Starlette
from streamlit.config import set_option
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, get_instance
from websockets import InvalidStatus, Origin
from websockets.sync.client import connect

from vt.web import doors, server

GZIP = {"Accept-Encoding": "gzip"}
ALLOWED = "https://intranet.example.nl"
PAGES = sorted((Path(server.__file__).parents[2] / "pages").glob("*.py"))
WELL = {"status": "ok", "data_version": "0123abcd"}


async def runs() -> bool:
    return True


async def runs_not() -> bool:
    return False


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    script = tmp_path_factory.mktemp("site") / "site.py"
    script.write_text('import streamlit as st\nst.write("Hallo")\n')
    before, Runtime._instance = Runtime._instance, None
    set_option("server.corsAllowedOrigins", [ALLOWED])
    middleware, routes = server.middleware(["overzicht", "instroom"], [ALLOWED]), server.routes(lambda: WELL, runs)
    with serving(st.App(script, middleware=middleware, routes=routes)) as client:
        yield client
    set_option("server.corsAllowedOrigins", [])
    Runtime._instance = before


@pytest.fixture(scope="module")
def page(client: Client) -> str:
    return client.get("/").text


def linked(page: str, pattern: str) -> str:
    found = re.search(rf'"\./({pattern})"', page)
    assert found, pattern
    return "/" + found[1]


def framed(monkeypatch: pytest.MonkeyPatch, value: str) -> list[str]:
    monkeypatch.setenv("VT_FRAME_ANCESTORS", value)
    with serving(Starlette(middleware=server.middleware([]))) as client:
        return client.get("/").policy("frame-ancestors")


@pytest.mark.parametrize("path", ["/", "/instroom", "/instroom?gemeente=Zwolle"])
def test_every_page_address_answers_with_the_dutch_page(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="nl">' in response.text
    assert "<title>Veilig Thuis in cijfers</title>" in response.text
    assert "<noscript><p>Deze website" in response.text
    assert 'role="status"' in response.text
    assert "Streamlit app" not in response.text
    assert "openapi.json" not in response.text


def test_a_page_is_compressed_and_asked_for_anew(client: Client) -> None:
    response = client.get("/", headers=GZIP)
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["cache-control"] == "no-cache"
    again = client.get("/", headers={**GZIP, "If-None-Match": response.headers["etag"]})
    assert (again.status, again.sent) == (304, b"")
    assert client.get("/").text == response.text


def test_a_head_request_tells_what_a_get_would_send(client: Client) -> None:
    assert client.get("/", GZIP, method="HEAD").headers["etag"] == client.get("/", headers=GZIP).headers["etag"]


@pytest.mark.parametrize(
    "pattern", [r"vt-\w+\.css", r"vt-\w+\.js", r"static/js/index\.[\w-]+\.js", r"static/css/index\.[\w-]+\.css"]
)
def test_scripts_and_styles_are_compressed_and_kept_for_good(client: Client, page: str, pattern: str) -> None:
    path = linked(page, pattern)
    response = client.get(path, headers=GZIP)
    plain = client.get(path)
    assert response.headers["content-encoding"] == "gzip"
    assert plain.headers["content-encoding"] is None
    assert response.content == plain.content
    assert len(response.sent) < len(plain.content) / 2
    assert response.headers.get_content_subtype() == plain.headers.get_content_subtype()
    for answer in (response, plain):
        assert answer.headers["cache-control"] == "public, immutable, max-age=31536000"
    again = client.get(path, headers={**GZIP, "If-None-Match": response.headers["etag"]})
    assert (again.status, again.sent) == (304, b"")


def test_fonts_are_kept_for_good(client: Client) -> None:
    font = next(server.streamlit_static().glob("static/media/*.woff2"))
    answer = client.get(f"/static/media/{font.name}")
    assert answer.headers["cache-control"] == "public, immutable, max-age=31536000"


def test_an_unknown_file_is_not_kept(client: Client) -> None:
    response = client.get("/static/js/nothing.js", headers=GZIP)
    assert response.status == 404
    assert "immutable" not in response.headers.get("cache-control", "")


def test_the_icon_is_ours(client: Client) -> None:
    response = client.get("/favicon.png")
    assert response.content == (server.ASSETS / "favicon.png").read_bytes()
    assert response.headers["content-type"] == "image/png"


@pytest.mark.parametrize("path", ["/", "/instroom", "/favicon.png", "/_stcore/health", "/media/none", "//evil.example"])
def test_every_answer_carries_the_security_headers(client: Client, path: str) -> None:
    answer = client.get(path)
    for name, value in server.SECURITY_HEADERS.items():
        assert answer.headers.get_all(name) == [value]
    assert answer.policy("frame-ancestors") == ["'none'"]


def test_the_policy_admits_the_inline_scripts_it_serves_and_no_other(client: Client, page: str) -> None:
    inline = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in inline]
    assert len(inline) == 2
    assert client.get("/").policy("script-src") == ["'self'", *hashes]


def test_the_policy_names_the_websocket_of_this_host_only(client: Client) -> None:
    def sources(host: str) -> list[str]:
        return client.get("/", {"Host": host}).policy("connect-src")

    assert sources("cijfers.example.nl:8501") == [
        "'self'",
        "ws://cijfers.example.nl:8501",
        "wss://cijfers.example.nl:8501",
    ]
    assert sources("[::1]:8501") == ["'self'"], "a browser takes no address of IPv6 as a source"
    for hostile in ("evil.example; script-src *", "a b", "*", ""):
        assert sources(hostile) == ["'self'"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("none", ["'none'"]),
        ("'none'", ["'none'"]),
        ("self", ["'self'"]),
        ("self https://intranet.example.nl", ["'self'", "https://intranet.example.nl"]),
        ("https://*.example.nl http://localhost:3000", ["https://*.example.nl", "http://localhost:3000"]),
    ],
)
def test_the_operator_says_who_may_frame_the_app(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: list[str]
) -> None:
    assert framed(monkeypatch, value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "",
        "*",
        "https:",
        "https://a.nl; script-src *",
        "https://a.nl\r\nX-Evil: 1",
        "none self",
        "data:",
        "https://a.nl/{x}",
        "{sockets}",
    ],
)
def test_a_hostile_or_empty_frame_setting_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    with pytest.raises(ValueError, match="VT_FRAME_ANCESTORS"):
        framed(monkeypatch, value)


def test_a_changed_streamlit_page_stops_the_start() -> None:
    index = (server.streamlit_static() / "index.html").read_text()
    with pytest.raises(RuntimeError, match="has changed"):
        server.page(index.replace("<title>Streamlit</title>", ""), server.own_files())


def test_an_own_file_changes_its_name_with_its_content(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shutil.copytree(server.ASSETS, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(server, "ASSETS", tmp_path)
    before = set(server.own_files())
    (tmp_path / "site.css").write_text("b {}")
    assert len(before - set(server.own_files())) == 1


@pytest.mark.parametrize("patch", sorted((server.ASSETS / "js").glob("*.js")), ids=lambda patch: patch.stem)
def test_a_patch_says_what_it_mends_and_where_the_makers_speak_of_it(patch: Path) -> None:
    head = re.match(r"/\*.*?\*/", patch.read_text(encoding="utf-8"), re.DOTALL)
    assert head is not None
    is_shared = patch.stem in ("01-page", "18-watch")
    assert is_shared or re.search(r"https://github.com/\w+/\w+/(issues|pull)/\d+|No thread was found", head[0])


def test_style_and_patches_name_only_what_streamlit_or_the_site_has() -> None:
    """An upgrade that renames something stops here, and so does a rule or patch for what nobody makes any more."""
    style = (server.ASSETS / "site.css").read_text(encoding="utf-8")
    own = style + server.join_patches().decode()
    scripts = b"".join(path.read_bytes() for path in server.streamlit_static().rglob("*.js"))
    named = set(re.findall(r"\bst[A-Z]\w+", own))  # as stMain
    assert {name for name in named if name.encode() not in scripts} == set()
    package = Path(server.__file__).parents[1]
    makers = [*package.rglob("*.html"), *package.rglob("*.py"), *(server.ASSETS / "js").glob("*.js"), *PAGES]
    made = "".join(path.read_text(encoding="utf-8") for path in makers)
    assert [name for name in re.findall(r"\.(vt-[\w-]+)", style) if name not in made] == []
    assert [key for key in re.findall(r"st-key-([\w-]*\w)", style) if key not in made] == []


def test_every_patch_and_the_dictionary_go_to_the_browser_in_one_script() -> None:
    script = server.join_patches().decode()
    for patch in (server.ASSETS / "js").glob("*.js"):
        assert patch.read_text(encoding="utf-8") in script
    words = json.loads((server.ASSETS / "dutch.json").read_text(encoding="utf-8"), object_pairs_hook=list)
    assert len(dict(words)) == len(words) > 90
    assert all(english and dutch and json.dumps(dutch, ensure_ascii=False) in script for english, dutch in words)


def test_a_download_of_html_is_left_alone_and_kept_by_nobody(client: Client) -> None:
    body = (server.streamlit_static() / "index.html").read_bytes()
    url = get_instance().media_file_mgr.add(body, "text/html", "coordinates", is_for_static_download=True)
    answer = client.get(url)
    assert answer.content == body
    assert answer.headers["cache-control"] == "private, no-store"


def test_the_websocket_runs_the_script(client: Client) -> None:
    rerun = BackMsg()
    rerun.rerun_script.query_string = ""
    with connect(client.stream, max_size=None) as websocket:
        websocket.send(rerun.SerializeToString())
        for _ in range(20):
            message = ForwardMsg.FromString(websocket.recv(timeout=5, decode=False))
            if message.delta.new_element.markdown.body == "Hallo":
                return
    pytest.fail("the script's text did not come over the websocket")


@pytest.mark.parametrize(
    "origin",
    ["https://elders.example", "http://127.0.0.1:1", "http://127.0.0.1.elders.example", "null", "", "http://["],
)
def test_a_page_of_another_site_gets_no_websocket_and_nobody_waits(
    client: Client, monkeypatch: pytest.MonkeyPatch, origin: str
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("streamlit.net_util.get_external_ip", lambda: asked.append(origin))
    with pytest.raises(InvalidStatus) as refused, connect(client.stream, origin=Origin(origin)):
        pass
    assert refused.value.response.status_code == 403
    assert asked == [], "Streamlit asks the internet what its own address is"


def test_a_page_of_the_site_itself_and_one_that_the_operator_allows_get_a_websocket(client: Client) -> None:
    for origin in (f"http://127.0.0.1:{client.port}", f"https://127.0.0.1:{client.port}", ALLOWED):
        with connect(client.stream, origin=Origin(origin)) as websocket:
            assert websocket.ping().wait(5)


def test_what_is_sent_compressed_unpacks_to_the_file() -> None:
    for content in server.own_files().values():
        assert gzip.decompress(server.Packed.of(content).body) == content


def test_the_home_page_is_found_by_its_own_name_too(client: Client) -> None:
    answer = client.get("/overzicht?gemeente=Zwolle")
    assert answer.status == 307
    assert answer.headers["location"] == "./?gemeente=Zwolle"


def test_an_operator_hears_that_all_is_well(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status, json.loads(answer.text)) == (200, WELL | {"dropped_messages": dict(doors.dropped)})
    assert answer.headers["cache-control"] == "no-store"
    assert client.get("/healthz", method="HEAD").status == 200
    assert client.get("/healthz", method="POST").status == 405


def test_an_operator_hears_that_it_is_not() -> None:
    with serving(Starlette(routes=server.routes(lambda: {"status": "failing"}, runs))) as client:
        answer = client.get("/healthz")
    assert (answer.status, json.loads(answer.text)) == (
        503,
        {"status": "failing", "dropped_messages": dict(doors.dropped)},
    )
    assert answer.headers["cache-control"] == "no-store"


def test_the_port_opens_when_all_is_prepared(tmp_path: Path) -> None:
    made = tmp_path / "made"

    def prepare() -> None:
        time.sleep(0.2)
        made.write_text("")

    def health() -> dict[str, object]:
        return {"status": "ok" if made.exists() else "failing"}

    with serving(Starlette(routes=server.routes(health, runs), lifespan=server.lifespan(prepare))) as client:
        assert client.get("/healthz").status == 200


def test_what_is_loaded_at_the_start_is_no_longer_walked() -> None:
    before, as_it_comes = gc.get_threshold(), (700, 10, 10)
    gc.set_threshold(*as_it_comes)
    try:
        server.settle()
        assert gc.get_freeze_count() > 10_000
        assert gc.get_threshold() > as_it_comes
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_as_many_files_can_be_open_as_the_machine_allows() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 512), hard))
    try:
        server.raise_file_limit()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (hard, hard)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_browser_keeps_what_the_server_refers_to_for_more_pages_than_a_visitor_changes_at_once() -> None:
    """Streamlit sends a message that it takes for kept as a reference: a quick change of pages finds it gone."""
    config = tomllib.loads((Path(__file__).parents[1] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["global"]["maxCachedMessageAge"] >= 100
