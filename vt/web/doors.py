"""What comes in: of HTTP only reading, at the addresses that exist; of the websocket only what a visitor's page sends,
at a visitor's pace. All else ends here, before Streamlit hears of it."""

import asyncio
import gc
import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from google.protobuf.message import DecodeError
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from vt.render.html import fill_template

log = logging.getLogger("vt")

METHODS = ("GET", "HEAD", "OPTIONS")
STREAM = "/_stcore/stream"
STREAMLIT = ("/_stcore/health", "/_stcore/host-config", "/_stcore/metrics")
ROBOTS = "User-agent: *\nDisallow: /_stcore/\nDisallow: /media/\nDisallow: /healthz\nDisallow: /*?\n"
SECURITY_TXT = "Contact: {contact}\nExpires: {until:%Y-%m-%dT%H:%M:%SZ}\nPreferred-Languages: nl, en\n"
SECURITY_TXT_HOLDS = timedelta(days=180)
CONTACT = re.compile(r"(https://|mailto:|tel:)\S+")
A_FILE_OF_A_VISIT = re.compile(r"/media/[^/]+")
# What the page of a visitor sends, and how many reruns that counts for; making a file holds a processor for long.
COSTS = {"rerun_script": 1, "deferred_file": 10, "stop_script": 0, "app_heartbeat": 0}
MOST_AT_ONCE = 30
PER_SECOND = 10.0
TELL_EVERY = 60.0  # seconds: whoever comes back and back fills no log
MOST_DROPPED = 100  # messages that no page sends, after which a connection is closed
REFUSED = (1002, 1007, 1009)  # what a connection ends with that broke the rules: of the protocol, of text, of size
TOGETHER = b"together"  # what the address of the websocket of our page ends with
A_MOMENT = 0.01  # seconds
A_SHORT_ONE = 200  # bytes
LETS_GO_AFTER = 0.25  # seconds, in which the connection is closed

_told_at: dict[str, float] = {}
dropped: Counter[str] = Counter()  # of all connections of this process since it started, by kind of message


def text_files(contact: str) -> dict[str, Callable[[], str]]:
    """What robots and finders of leaks ask for; security.txt only where `contact` is an address as it asks for."""
    files: dict[str, Callable[[], str]] = {"/robots.txt": lambda: ROBOTS}
    address = f"mailto:{contact}" if re.fullmatch(r"[^\s@:/]+@[^\s@:/]+", contact) else contact
    if CONTACT.fullmatch(address):
        files["/.well-known/security.txt"] = lambda: SECURITY_TXT.format(
            contact=address, until=datetime.now(UTC) + SECURITY_TXT_HOLDS
        )
    return files


class Addresses:
    """Answers 404 where nothing is and 405 to what does not read; `base` is the path that the site is served under."""

    def __init__(
        self, app: ASGIApp, known: Collection[str], texts: Mapping[str, Callable[[], str]], base: str = ""
    ) -> None:
        self.app = app
        self.known = frozenset(known)
        self.texts = texts
        self.base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = self.answer(scope) if scope["type"] == "http" else None
        await (response or self.app)(scope, receive, send)

    def answer(self, scope: Scope) -> Response | None:
        """What a request gets that goes no further; None where it does."""
        if scope["method"] not in METHODS:
            return PlainTextResponse("Hier kan alleen worden gelezen.\n", 405, headers={"Allow": ", ".join(METHODS)})
        path = scope["path"]
        if text := self.texts.get(path):
            return PlainTextResponse(text())
        inside = path.removeprefix(self.base) if path.startswith(self.base) else ""
        if inside in self.known or A_FILE_OF_A_VISIT.fullmatch(inside):
            return None
        query = "?" * bool(scope["query_string"]) + scope["query_string"].decode("latin-1")
        if path == self.base:
            return RedirectResponse(f".{path}/{query}", 301)
        if inside.endswith("/") and inside.rstrip("/") in self.known:
            return RedirectResponse(f"..{inside.rstrip('/')}{query}", 301)
        return HTMLResponse(fill_template("alone", "missing", "../" * (inside.count("/") - 1) or "./"), 404)


class Visits:
    """Hands Streamlit the messages of a visitor's page, reruns at the pace of a visitor, and drops what no page sends.

    Whoever sends faster waits: nothing more is read from that connection meanwhile, and nobody else notices.
    """

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app = app
        self.path = f"{base}{STREAM}"
        self.lets_go = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
        elif scope["path"] != self.path:
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            # Streamlit looks whether anybody is there by reading once more, also of a connection that has ended.
            send = Together(send) if scope["query_string"] == TOGETHER else send
            messages = Admitted(receive, send)
            try:
                await self.app(scope, messages, send)
            except WebSocketDisconnected:
                tell("a websocket went away before it was answered")
            if messages.ended_with in REFUSED and not self.lets_go:
                self.lets_go = True
                asyncio.get_running_loop().call_later(LETS_GO_AFTER, self.let_go)

    def let_go(self) -> None:
        """Free what was refused: it hangs on the error that says so, in a circle that Python else finds much later."""
        self.lets_go = False
        gc.collect()


class Admitted:
    """The messages of one connection that go on to Streamlit."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self.receive = receive
        self.send = send
        self.tokens = float(MOST_AT_ONCE)
        self.since = time.monotonic()
        self.dropped: Counter[str] = Counter()
        self.ended_with = 0

    async def __call__(self) -> Message:
        """The next message that goes on: the end of the connection, where too many did not."""
        while self.dropped.total() < MOST_DROPPED:
            message = await self.receive()
            if message["type"] != "websocket.receive":
                return self.end(message)
            kind = read_kind(message.get("bytes"))
            if kind in COSTS:
                await self.wait_for(COSTS[kind])
                return message
            self.dropped[kind] += 1
            dropped[kind] += 1
        await self.send({"type": "websocket.close", "code": 1008})
        return self.end({"type": "websocket.disconnect", "code": 1008})

    async def wait_for(self, cost: int) -> None:
        """Until a visitor of this pace would have come so far."""
        now = time.monotonic()
        self.tokens = min(MOST_AT_ONCE, self.tokens + (now - self.since) * PER_SECOND) - cost
        self.since = now
        if self.tokens < 0:
            await asyncio.sleep(-self.tokens / PER_SECOND)

    def end(self, message: Message) -> Message:
        """The same; the log hears what was dropped of all connections, not of each."""
        self.ended_with = message.get("code", 0)
        if self.dropped:
            tell("websockets sent what no page sends, and it was dropped; since the start: %s", dict(dropped))
        return message


class Together:
    """Sends what Streamlit says within a moment in one piece, each message after its length: a page is fifty of them.

    The end of a script waits for nothing (vt/web/assets/js/04-together.js asks for this and takes it apart).
    """

    def __init__(self, send: Send) -> None:
        self.send = send
        self.parts: list[bytes] = []
        self.waiting: asyncio.Task[None] | None = None
        self.turn = asyncio.Lock()

    async def __call__(self, message: Message) -> None:
        content = message.get("bytes") if message["type"] == "websocket.send" else None
        if content is None:
            await self.hand_over()
            await self.send(message)
            return
        self.parts.append(content)
        if is_last(content) or self.turn.locked():  # a slow reader holds up who speaks, as Streamlit expects
            await self.hand_over()
        elif self.waiting is None:
            self.waiting = asyncio.create_task(self.wait())

    async def wait(self) -> None:
        await asyncio.sleep(A_MOMENT)
        with suppress(OSError, RuntimeError):  # it went away, or was closed: who says the next thing hears of it
            await self.hand_over()

    async def hand_over(self) -> None:
        """Send what waits, after what was sent before: of two that wait for a slow reader either may be the first."""
        async with self.turn:
            parts, self.parts, self.waiting = self.parts, [], None
            if parts:
                joined = b"".join(piece for part in parts for piece in (len(part).to_bytes(4, "big"), part))
                await self.send({"type": "websocket.send", "bytes": joined})


def is_last(content: bytes) -> bool:
    """Whether a message says that no script runs; it is a short one."""
    return len(content) < A_SHORT_ONE and _says_idle(ForwardMsg.FromString(content))


def _says_idle(message: ForwardMsg) -> bool:
    return (
        message.WhichOneof("type") == "session_status_changed" and not message.session_status_changed.script_is_running
    )


def tell(text: str, *args: object) -> None:
    """Say so in the log, once a minute at most."""
    if time.monotonic() - _told_at.get(text, -TELL_EVERY) >= TELL_EVERY:
        _told_at[text] = time.monotonic()
        log.warning(text, *args)


def read_kind(content: bytes | None) -> str:
    """What a message asks for, as Streamlit names it; "text" or "unreadable" where it is none of Streamlit's."""
    if content is None:
        return "text"
    message = BackMsg()
    try:
        message.ParseFromString(content)
    except DecodeError:
        return "unreadable"
    if message.WhichOneof("type") == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") or "nothing"
    return message.WhichOneof("type") or "nothing"
