"""What gets in: the real ASGI app of a small script under a path of its own, asked as nobody should."""

import asyncio
import gc
import json
import os
import time
from collections.abc import Callable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from served import Client, serving, soon
from starlette.applications import Starlette
from streamlit.config import set_option
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from websockets import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from vt.web import doors, health, server

SCRIPT = """
import streamlit as st
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
if st.query_params.get("kapot"):
    raise ValueError("/srv/secret")
st.write("Hallo")
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    script = tmp_path_factory.mktemp("site") / "site.py"
    script.write_text(SCRIPT)
    before, Runtime._instance = Runtime._instance, None
    set_option("server.baseUrlPath", "cijfers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VT_CONTACT", "privacy@example.nl")
        app = st.App(
            script,
            middleware=server.middleware(["overzicht", "instroom"], base="cijfers"),
            routes=server.routes(lambda: {"status": "ok"}, health.PageRun().check, "cijfers"),
        )
    with serving(app) as client:
        yield client
    set_option("server.baseUrlPath", "")
    Runtime._instance = before


def visit(client: Client, query: str = "") -> ClientConnection:
    stream = f"ws://127.0.0.1:{client.port}/cijfers/_stcore/stream{query}"
    return connect(stream, subprotocols=["streamlit"], max_size=None, open_timeout=10)


def message(**asked: object) -> bytes:
    return BackMsg(**asked).SerializeToString()


def rerun() -> bytes:
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    return asked.SerializeToString()


def wait_for_end(socket: ClientConnection) -> None:
    """Until a script has run to its end."""
    while ForwardMsg.FromString(socket.recv(timeout=10, decode=False)).WhichOneof("type") != "script_finished":
        pass


def test_a_page_that_asks_for_it_gets_an_answer_in_fewer_pieces_and_whole(client: Client) -> None:
    with visit(client, "?together") as together, visit(client) as apart:
        pieces, messages = read_answer(together, take_apart), read_answer(apart, lambda piece: [piece])
    assert [kind_of(each) for piece in pieces for each in piece] == [kind_of(each) for (each,) in messages]
    assert len(pieces) < len(messages)


def test_a_slow_reader_gets_all_in_order_and_holds_up_who_speaks() -> None:
    idle = ForwardMsg()
    idle.session_status_changed.script_is_running = False
    said = [
        ForwardMsg(hash="a").SerializeToString(),
        ForwardMsg(hash="b").SerializeToString(),
        idle.SerializeToString(),
    ]
    sent: list[bytes] = []

    async def speak() -> None:
        room = asyncio.Event()

        async def send(message: MutableMapping[str, Any]) -> None:
            await room.wait()
            sent.append(message["bytes"])

        together = doors.Together(send)

        def say(content: bytes) -> asyncio.Task[None]:
            return asyncio.create_task(together({"type": "websocket.send", "bytes": content}))

        await say(said[0])
        await asyncio.sleep(3 * doors.A_MOMENT)
        second = say(said[1])
        await asyncio.sleep(3 * doors.A_MOMENT)
        assert not second.done()
        last = say(said[2])
        room.set()
        await asyncio.gather(second, last)

    with ThreadPoolExecutor(1) as apart:  # a browser's test leaves a running loop in this thread
        apart.submit(asyncio.run, speak()).result()
    assert [each for piece in sent for each in take_apart(piece)] == said


def read_answer(socket: ClientConnection, read: Callable[[bytes], list[bytes]]) -> list[list[bytes]]:
    """The messages of each piece that comes, until nothing runs."""
    socket.send(rerun())
    found: list[list[bytes]] = []
    while not found or not doors.is_last(found[-1][-1]):
        found.append(read(bytes(socket.recv(timeout=10, decode=False))))
    return found


def take_apart(piece: bytes) -> list[bytes]:
    messages = []
    while piece:
        end = 4 + int.from_bytes(piece[:4], "big")
        messages.append(piece[4:end])
        piece = piece[end:]
    return messages


def kind_of(message: bytes) -> str | None:
    return ForwardMsg.FromString(message).WhichOneof("type")


@pytest.mark.parametrize("path", ["/cijfers/", "/cijfers/instroom", "/cijfers/_stcore/health", "/cijfers/healthz"])
def test_what_exists_answers_under_the_path_of_the_site(client: Client, path: str) -> None:
    assert client.get(path).status == 200


def test_the_home_page_by_its_own_name_leads_home(client: Client) -> None:
    answer = client.get("/cijfers/overzicht?gemeente=Zwolle")
    assert (answer.status, answer.headers["location"]) == (307, "./?gemeente=Zwolle")


def test_a_page_with_a_slash_behind_it_is_found_at_its_own_address(client: Client) -> None:
    answer = client.get("/cijfers/instroom/?gemeente=Zwolle")
    assert (answer.status, answer.headers["location"]) == (301, "../instroom?gemeente=Zwolle")


def test_the_path_of_the_site_without_its_slash_leads_home(client: Client) -> None:
    answer = client.get("/cijfers?gemeente=Zwolle")
    assert (answer.status, answer.headers["location"]) == (301, "./cijfers/?gemeente=Zwolle")


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/cijfers/onzin",
            "/cijfers/instroom/oud",
            "/cijfers/oud/instroom",
            "/cijfers/wp-login.php",
            "/instroom",
            "/",
        ),
        *("/cijfers/favicon.ico", "/cijfers/sitemap.xml", "/cijfers/index.html", "/cijfers/manifest.json"),
        *("/cijfers/auth/login", "/cijfers/auth/logout", "/cijfers/oauth2callback", "/cijfers/wp-login.php"),
        *("/cijfers/_stcore/agent/openapi.json", "/cijfers/_stcore/bidi-components/x", "/cijfers/component/x"),
        *("/cijfers/static/js/nothing.js", "/cijfers/static/../app.py", "/cijfers/media/../app.py"),
    ],
)
def test_what_does_not_exist_is_not_found_in_dutch_with_all_headers(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status == 404
    assert "Pagina niet gevonden" in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(("path", "home"), [("/cijfers/onzin", "./"), ("/cijfers/instroom/oud/x", "../../")])
def test_who_is_lost_is_led_home_whatever_the_proxy_calls_the_site(client: Client, path: str, home: str) -> None:
    assert f'<a href="{home}">' in client.get(path).text


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/cijfers/", "/cijfers/_stcore/upload_file/a/b", "/cijfers/healthz"])
def test_nothing_can_be_sent(client: Client, method: str, path: str) -> None:
    answer = client.get(path, method=method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_robots_and_finders_of_leaks_are_told_what_they_ask_for(client: Client) -> None:
    assert "Disallow: /_stcore/" in client.get("/robots.txt").text
    told = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").text.splitlines())
    assert told["Contact"] == "mailto:privacy@example.nl"
    assert told["Expires"] > time.strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize("contact", ["", "de balie", "javascript:alert(1)", "mailto:a@b.nl\nPolicy: https://x"])
def test_nobody_is_told_of_a_contact_that_is_none(contact: str) -> None:
    assert "/.well-known/security.txt" not in doors.text_files(contact)


def test_a_fault_in_the_server_is_answered_in_dutch_with_all_headers() -> None:
    def fail() -> dict[str, object]:
        raise ValueError("/srv/secret")

    async def runs() -> bool:
        return True

    with serving(Starlette(middleware=server.middleware([]), routes=server.routes(fail, runs))) as client:
        answer = client.get("/healthz")
    assert answer.status == 500
    assert "Er ging iets mis" in answer.text
    assert "secret" not in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "asked",
    [
        message(clear_cache=True),
        message(load_git_info=True),
        message(set_run_on_save=True),
        message(debug_shutdown_runtime=True),
        message(debug_disconnect_websocket=True),
        message(file_urls_request={"request_id": "x", "file_names": ["a"]}),
        message(backend_operation_request={"request_id": "x", "install_skills": {}}),
        message(),
        b"\xff\xff\xff",
        "text",
    ],
)
def test_what_no_page_sends_is_dropped_and_the_visit_goes_on(client: Client, asked: bytes | str) -> None:
    before = doors.dropped.total()
    with visit(client) as socket:
        socket.send(asked)
        socket.send(rerun())
        wait_for_end(socket)
    assert doors.dropped.total() == before + 1
    assert json.loads(client.get("/cijfers/healthz").text)["dropped_messages"] == dict(doors.dropped)


def test_kept_answers_stay_when_a_visitor_asks_to_forget_them(client: Client) -> None:
    made: list[int] = []

    @st.cache_resource
    def keep() -> int:
        made.append(1)
        return 1

    keep()
    with visit(client) as socket:
        socket.send(message(clear_cache=True))
        socket.send(rerun())
        wait_for_end(socket)
    keep()
    assert made == [1]


def test_whoever_sends_nothing_else_is_cut_off_and_fills_no_log(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = doors.dropped.total()
    monkeypatch.setattr(doors, "_told_at", {})
    for _ in range(2):
        with visit(client) as socket:
            with suppress(ConnectionClosed):
                for _ in range(2000):
                    socket.send(message(load_git_info=True))
            with pytest.raises(ConnectionClosed, match="1008"):
                wait_for_end(socket)
    assert doors.dropped.total() == before + 2 * doors.MOST_DROPPED
    assert caplog.text.count("what no page sends") == 1


def test_a_storm_of_reruns_waits_and_a_heartbeat_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(doors, "PER_SECOND", 20.0)

    async def took(sent: bytes, times: int) -> float:
        async def receive() -> dict[str, object]:
            return {"type": "websocket.receive", "bytes": sent}

        async def send(asked: object) -> None:
            del asked

        admitted, start = doors.Admitted(receive, send), time.monotonic()
        for _ in range(times):
            await admitted()
        return time.monotonic() - start

    with ThreadPoolExecutor(1) as apart:
        assert apart.submit(asyncio.run, took(rerun(), 7)).result() >= 4 / 20
        assert apart.submit(asyncio.run, took(message(app_heartbeat=True), 100)).result() < 4 / 20


def test_who_goes_away_while_he_waits_leaves_one_line_in_the_log(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "_told_at", {})
    monkeypatch.setattr(doors, "PER_SECOND", 30.0)
    for _ in range(2):
        with visit(client) as socket:
            for _ in range(40):
                socket.send(rerun())
    for _ in soon(10):
        if "went away" in caplog.text:
            break
        time.sleep(0.05)
    time.sleep(0.5)
    assert caplog.text.count("went away before it was answered") == 1
    assert "Traceback" not in caplog.text


def test_a_storm_of_files_is_a_file_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes make them, faster than that: the files of others do not wait behind the storm of one."""
    asked = BackMsg()
    asked.backend_operation_request.deferred_file.file_id = "x"
    waited: list[float] = []
    sleep = asyncio.sleep

    async def wait(seconds: float) -> None:
        if (task := asyncio.current_task()) and task.get_name() == "storm":
            waited.append(seconds)
        else:  # servers of other tests in this process
            await sleep(seconds)

    async def receive() -> dict[str, object]:
        return {"type": "websocket.receive", "bytes": asked.SerializeToString()}

    async def send(message: object) -> None:
        del message

    async def storm() -> None:
        asyncio.current_task().set_name("storm")
        admitted = doors.Admitted(receive, send)
        for _ in range(10):
            await admitted()

    monkeypatch.setattr(doors.asyncio, "sleep", wait)
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, storm()).result()
    assert len(waited) == 7
    assert waited[-1] > 6.9


def test_no_other_address_opens_a_websocket(client: Client) -> None:
    with pytest.raises(Exception, match="403"), connect(f"ws://127.0.0.1:{client.port}/_stcore/stream"):
        pass


@pytest.mark.parametrize(
    ("origin", "host", "own"),
    [
        ("https://cijfers.example.nl", "cijfers.example.nl:443", True),
        ("https://cijfers.example.nl:443", "cijfers.example.nl", True),
        ("http://cijfers.example.nl", "cijfers.example.nl:80", True),
        ("http://[::1]:8501", "[::1]:8501", True),
        ("https://cijfers.example.nl", "cijfers.example.nl:80", False),
        ("https://ander.example.nl", "cijfers.example.nl", False),
        ("null", "", False),
    ],
)
def test_a_port_that_goes_without_saying_makes_no_other_site(origin: str, host: str, own: bool) -> None:
    assert server.is_own(origin, host) == own


def test_an_operator_hears_when_pages_fail(tmp_path: Path) -> None:
    script = tmp_path / "site.py"
    script.write_text("raise ValueError\n")
    before, Runtime._instance = Runtime._instance, None
    routes = server.routes(lambda: {"status": "ok"}, health.PageRun().check)
    with serving(st.App(script, middleware=server.middleware([]), routes=routes)) as client:
        answer = client.get("/healthz")
    Runtime._instance = before
    assert (answer.status, json.loads(answer.text)["status"]) == (503, "failing")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the memory of a process is read from Linux' /proc")
def test_what_is_refused_is_not_kept(client: Client) -> None:
    """Messages of 40 kB that unpack to more than is taken, as fast as they go."""

    def held() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    gc.disable()  # as good as: the server's collector seldom walks all (server.settle)
    before = held()
    for _ in range(5):
        with visit(client) as websocket:
            websocket.send(b"x" * 40_000_000)
            with pytest.raises(ConnectionClosed):
                websocket.recv()
    for _ in soon(20):
        if held() < before + 100_000_000:
            break
        time.sleep(0.05)
    gc.enable()
