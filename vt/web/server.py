"""What stands between the visitor and Streamlit: Dutch page, own style and script, compression, security headers.

Streamlit's page and files are read at start and checked: an upgrade that changes them stops here, not on the screen.
"""

import base64
import gc
import gzip
import hashlib
import logging
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vt.render import theme
from vt.render.html import fill_template
from vt.store.connection import read_contact
from vt.web import doors

log = logging.getLogger("vt")

TITLE = "Veilig Thuis in cijfers"
NOSCRIPT = "Deze website werkt alleen met JavaScript. Zet JavaScript aan in uw browser en laad de pagina opnieuw."
# In words of JavaScript that any browser reads: the rest of the page is not.
TOO_OLD = """setTimeout(function () {
  var root = document.getElementById("root");
  if (root && !root.firstChild) root.innerHTML = "<p style='margin: 3rem; font: 1.125rem/1.6 sans-serif'>" +
    "Deze browser kan de website niet tonen. Werk de browser bij, of gebruik een andere.</p>";
}, 10000);"""
ASSETS = Path(__file__).parent / "assets"
IMMUTABLE = "public, immutable, max-age=31536000"
REVALIDATE = "no-cache"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
SECURITY_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
HOST = re.compile(r"[a-z0-9.-]+(:\d+)?", re.IGNORECASE)  # not an address of IPv6, which a policy has no word for
ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", re.IGNORECASE)


def middleware(pages: Collection[str], allowed_origins: Sequence[str] = (), base: str = "") -> list[Middleware]:
    """The layers for st.App, outermost first; VT_FRAME_ANCESTORS says who may show the app in a frame, VT_CONTACT whom
    to tell of a leak.

    `pages` are the names of the pages, `allowed_origins` the sites beside its own that may open a websocket, and `base`
    the path that the site is served under: `server.corsAllowedOrigins` and `server.baseUrlPath`.
    """
    static = streamlit_static()
    own = own_files()
    base = base_path(base)
    known = {"/", "/healthz", *doors.STREAMLIT, *(f"/{name}" for name in (*pages, *own))}
    known |= {f"/{path.relative_to(static).as_posix()}" for path in static.glob("static/**/*")}
    texts = doors.text_files(read_contact())
    html = page((static / "index.html").read_text(encoding="utf-8"), own)
    policy = content_security_policy(html, frame_ancestors(_read_ancestors()))
    return [
        Middleware(SameOrigin, allowed=frozenset(allowed_origins)),
        Middleware(doors.Visits, base=base),
        Middleware(SecurityHeaders, policy=policy),
        Middleware(doors.Addresses, known=known, texts=texts, base=base),
        Middleware(Files, own=own, static=static),
        Middleware(Page, html=html, index=static / "index.html"),
    ]


def base_path(option: str) -> str:
    """`server.baseUrlPath` as a path begins with it: "/cijfers", or ""."""
    return f"/{option.strip('/')}" if option.strip("/") else ""


def routes(
    health: Callable[[], Mapping[str, object]], page_runs: Callable[[], Awaitable[bool]], base: str = ""
) -> list[Route]:
    """The home page by its own name (Streamlit knows it only at the root), and /healthz for an operator."""
    base = base_path(base)

    async def healthz(request: Request) -> Response:
        state = dict(await run_in_threadpool(health)) | {"dropped_messages": dict(doors.dropped)}
        if state["status"] == "ok" and not await page_runs():
            state["status"] = "failing"
        status = 200 if state["status"] == "ok" else 503
        return JSONResponse(state, status, headers={"Cache-Control": "no-store"})

    return [Route(f"{base}/overzicht", _home), Route(f"{base}/healthz", healthz)]


def lifespan(*steps: Callable[[], None]) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Takes the steps before the port opens: a process that is not ready refuses, and a proxy asks another."""

    @asynccontextmanager
    async def run_steps(app: object) -> AsyncIterator[None]:
        for step in steps:
            await run_in_threadpool(step)
        yield

    return run_steps


def raise_file_limit() -> None:
    """As many open files as the machine allows: a visit takes four, also for two minutes after it is over."""
    if find_spec("resource"):  # not on Windows, which has no such limit
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def settle() -> None:
    """Spare the garbage collector what is loaded for good: walking it stopped all visitors for 150 ms at a time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


async def _home(request: Request) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{query}", status_code=307)


def streamlit_static() -> Path:
    """The folder of Streamlit's front end, found without importing Streamlit."""
    spec = find_spec("streamlit")
    if spec is None or spec.origin is None:
        raise RuntimeError("Streamlit is not installed")
    return Path(spec.origin).parent / "static"


def own_files() -> dict[str, bytes]:
    """Our files by their public name: a content hash makes them cacheable for good."""
    style = f"{theme.css_variables()}\n{(ASSETS / 'site.css').read_text(encoding='utf-8')}".encode()
    hashed = {f"vt-{_digest(body)}{ending}": body for ending, body in ((".css", style), (".js", join_patches()))}
    return {**hashed, "favicon.png": (ASSETS / "favicon.png").read_bytes()}


def join_patches() -> bytes:
    """The patches of assets/js in the order of their names, as one script that shares its names with nobody."""
    dutch = (ASSETS / "dutch.json").read_text(encoding="utf-8")
    patches = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ASSETS / "js").glob("*.js")))
    return f'"use strict";\n(() => {{\nconst DUTCH = {dutch};\n{patches}}})();\n'.encode()


def page(html: str, own: Iterable[str]) -> str:
    """Streamlit's index.html, in Dutch and with our style and script in its head."""
    style = next(name for name in own if name.endswith(".css"))
    script = next(name for name in own if name.endswith(".js"))
    scripts = f'<script src="./{script}"></script>\n    <script>{TOO_OLD}</script>'
    links = f'  <link rel="stylesheet" href="./{style}" />\n    {scripts}\n  </head>'
    live = '<div id="root"></div>\n    <div id="vt-live" role="status" aria-live="polite"></div>'
    for pattern, replacement in (
        (r'<html lang="en">', '<html lang="nl">'),
        (r"<title>Streamlit</title>", f'<title>{TITLE}</title>\n    <meta name="color-scheme" content="only light" />'),
        (r"<!--(?:(?!-->).)*agent API(?:(?!-->).)*-->\s*<link rel=\"service-desc\"[^>]*>\s*", ""),
        (r"<noscript>.*?</noscript>", f"<noscript><p>{NOSCRIPT}</p></noscript>"),
        (r'<div id="root"></div>', live),
        (r"</head>", links),
    ):
        html = _replace_once(html, pattern, replacement)
    return html


def _replace_once(html: str, pattern: str, replacement: str) -> str:
    before, *after = re.split(pattern, html, flags=re.DOTALL)
    if len(after) != 1:
        raise RuntimeError(f"Streamlit's index.html has changed: {pattern!r} found {len(after)} times, expected once")
    return before + replacement + after[0]


def frame_ancestors(value: str) -> str:
    """The sources for frame-ancestors: none, self, or origins such as https://intranet.example.nl, by spaces."""
    words = [word.strip("'") for word in value.split(" ") if word]
    for word in words:
        if word not in ("none", "self") and not ORIGIN.fullmatch(word):
            raise ValueError(f"VT_FRAME_ANCESTORS: {word!r} is not none, self or an origin such as https://host")
    if not words or ("none" in words and len(words) > 1):
        raise ValueError(f"VT_FRAME_ANCESTORS: {value!r} is empty, or names none beside others")
    return " ".join(f"'{word}'" if word in ("none", "self") else word for word in words)


def may_be_framed() -> bool:
    """Whether some other site may show the app in a frame."""
    return frame_ancestors(_read_ancestors()) != "'none'"


def _read_ancestors() -> str:
    return os.environ.get("VT_FRAME_ANCESTORS", "none")


def content_security_policy(html: str, ancestors: str) -> str:
    """The policy, {sockets} to be filled in per request: scripts pass by hash, styles all (emotion writes them)."""
    scripts = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts]
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(["script-src 'self'", *hashes]),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'{sockets}",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {ancestors}",
        )
    )


def sockets(host: str) -> str:
    """The websocket sources of this host, for browsers that do not count them under 'self'; an odd host gets none."""
    return f" ws://{host} wss://{host}" if HOST.fullmatch(host) else ""


class Packed(NamedTuple):
    """A file as it is sent to a browser that can unpack it, and the name of that content."""

    body: bytes
    etag: str

    @classmethod
    def of(cls, content: bytes) -> "Packed":
        """The same for the same content, whenever it is packed."""
        body = gzip.compress(content, compresslevel=9, mtime=0)
        return cls(body, f'"{_digest(body)}"')


@cache
def _pack_file(path: Path) -> Packed:
    """Made once: only files of Streamlit's folder come here, so the cache is bounded."""
    return Packed.of(path.read_bytes())


class SameOrigin:
    """Refuses a websocket that a page of another site opens.

    Streamlit refuses it too, but first asks a host on the internet what the machine's own address is, with everyone
    who is served by the process waiting for seconds.
    """

    def __init__(self, app: ASGIApp, allowed: frozenset[str]) -> None:
        self.app = app
        self.allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and not self.admits(Headers(scope=scope)):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            if scope["type"] == "websocket":
                name_host_alike(scope)
            await self.app(scope, receive, send)

    def admits(self, headers: Headers) -> bool:
        """Whether this is a page of our own, of a site that is allowed, or no page at all."""
        origin = headers.get("origin")
        return origin is None or is_own(origin, headers.get("host", "")) or origin in self.allowed


def is_own(origin: str, host: str) -> bool:
    """Whether a page of this origin comes from this host, be it that one of them names the port that goes without."""
    scheme, _, name = origin.partition("://")
    port = {"http": ":80", "https": ":443"}.get(scheme, "")
    return bool(name) and name.removesuffix(port) == host.removesuffix(port)


def name_host_alike(scope: Scope) -> None:
    """Streamlit compares the Host with the Origin to the letter: give it the Host as the Origin writes it."""
    headers = MutableHeaders(scope=scope)
    if is_own(headers.get("origin", ""), headers.get("host", "")):
        headers["host"] = headers["origin"].partition("://")[2]


class SecurityHeaders:
    """Adds the security headers to every HTTP response, and answers in Dutch where making one failed."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self.app = app
        self.policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = self.policy.format(sockets=sockets(Headers(scope=scope).get("host", "")))

        begun = False

        async def add_headers(message: Message) -> None:
            nonlocal begun
            begun = True
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update({**SECURITY_HEADERS, "Content-Security-Policy": policy})
                # A file that a visitor asked for, with what he chose; not a font of Streamlit's own.
                if "/media/" in scope["path"] and "/static/media/" not in scope["path"]:
                    headers["Cache-Control"] = "private, no-store"
            await send(message)

        try:
            await self.app(scope, receive, add_headers)
        except Exception:
            log.exception("no answer to %s %s", scope["method"], scope["path"])
            if begun:
                raise
            await HTMLResponse(fill_template("alone", "broken", "./"), 500)(scope, receive, add_headers)


class Files:
    """Serves our own files, and Streamlit's scripts and styles from a compressed copy in memory."""

    def __init__(self, app: ASGIApp, own: Mapping[str, bytes], static: Path) -> None:
        self.app = app
        self.own = own
        self.packed = {name: Packed.of(content) for name, content in own.items()}
        texts = (path for path in static.glob("static/**/*") if path.suffix in (".js", ".css", ".svg"))
        self.static = {path.relative_to(static).as_posix(): path for path in texts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_asked = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        response = await self.response(Request(scope)) if is_asked else None
        await (response or self.app)(scope, receive, send)

    async def response(self, request: Request) -> Response | None:
        """The file behind a request path, whatever base path the app is served under; None where that is not ours."""
        path = request.scope["path"]
        _, is_static, rest = path.rpartition("/static/")
        if not is_static:
            return self._own_response(request, path.rpartition("/")[2])
        file = self.static.get(f"static/{rest}")
        if file is None or not _takes_gzip(request.scope):
            return None
        body, etag = await run_in_threadpool(_pack_file, file)
        return _cacheable(request, body, etag, MEDIA_TYPES[file.suffix], IMMUTABLE)

    def _own_response(self, request: Request, name: str) -> Response | None:
        """One of our own files, compressed where the browser can read that."""
        if name not in self.own:
            return None
        ending = name[name.rindex(".") :]
        kind, caching = MEDIA_TYPES[ending], REVALIDATE if name == "favicon.png" else IMMUTABLE
        if ending == ".png" or not _takes_gzip(request.scope):
            return Response(self.own[name], media_type=kind, headers={"Cache-Control": caching})
        body, etag = self.packed[name]
        return _cacheable(request, body, etag, kind, caching)


class Page:
    """Puts our page in the place of Streamlit's index.html, which answers every address of a page."""

    def __init__(self, app: ASGIApp, html: str, index: Path) -> None:
        self.app = app
        self.index_etag = FileResponse(index, stat_result=index.stat()).headers["etag"]
        self.plain = html.encode()
        self.zipped = gzip.compress(self.plain, mtime=0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        replaced = False

        async def send_page(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and self.is_index(message):
                replaced = True
                await self.response(Request(scope))(scope, receive, send)
            elif not replaced:
                await send(message)

        await self.app(scope, receive, send_page)

    def is_index(self, message: Message) -> bool:
        """Whether this answer is Streamlit's index.html, not another document (a download, an error)."""
        return Headers(raw=message["headers"]).get("etag") == self.index_etag

    def response(self, request: Request) -> Response:
        """Our page, to be asked for anew each time: it names the files of this version."""
        body = self.zipped if _takes_gzip(request.scope) else self.plain
        return _cacheable(request, body, f'"{_digest(body)}"', "text/html; charset=utf-8", REVALIDATE)


def _cacheable(request: Request, body: bytes, etag: str, kind: str, caching: str) -> Response:
    headers = {"Cache-Control": caching, "ETag": etag, "Vary": "Accept-Encoding"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if body.startswith(b"\x1f\x8b"):
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type=kind, headers=headers)


def _takes_gzip(scope: Scope) -> bool:
    return "gzip" in Headers(scope=scope).get("accept-encoding", "")


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]
