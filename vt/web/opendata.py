"""The numbers at an address of their own, for programs: CSV and JSON with the filters of the pages, and a description
for catalogues of data."""

import asyncio
import gzip
import hashlib
import json
import logging
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from vt.figures.opendata import find_numbers, parse_question
from vt.render import opendata
from vt.store.connection import UNREADABLE, database_path, identity
from vt.store.printed import read_reports
from vt.web.server import base_path
from vt.web.state import Build, load_choices, load_metadata, open_dataset

log = logging.getLogger("vt")

FILES = {"data/figures.csv": "text/csv; charset=utf-8", "data/figures.json": "application/json"}
CATALOGUE = "data/catalogus.jsonld"
PATHS = (*FILES, CATALOGUE)
AT_ONCE = 2  # answers that are made; others wait, and no visitor of a page does
MOST_KEPT, MOST_IN_QUERY = 64, 4000
Query = tuple[tuple[str, tuple[str, ...]], ...]
_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link",
    "Cache-Control": "no-cache",
    "Vary": "Accept-Encoding",
}
_PACKED = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")  # asked for, and not refused


def routes(base: str = "") -> list[Route]:
    """What answers at these addresses; reading only."""
    base = base_path(base)
    slots = asyncio.Semaphore(AT_ONCE)

    async def answer(request: Request) -> Response:
        if len(request.url.query) > MOST_IN_QUERY:
            return _refuse([f"De link is langer dan {MOST_IN_QUERY} tekens."])
        async with slots:
            return await run_in_threadpool(_reply, _answer, request)

    async def describe(request: Request) -> Response:
        return await run_in_threadpool(_reply, _describe, request)

    return [*(Route(f"{base}/{path}", answer) for path in FILES), Route(f"{base}/{CATALOGUE}", describe)]


def _reply(make: Callable[[Build, Request], Response], request: Request) -> Response:
    """What is made of the database as it is now, where that can be read."""
    path = database_path()
    try:
        return make(Build(path, identity(path)), request)
    except UNREADABLE as error:
        log.error("open data: the database cannot be read", exc_info=error)
        return _refuse(["De cijfers zijn nu niet te lezen. Probeer het later opnieuw."], 503)


def _answer(build: Build, request: Request) -> Response:
    name = request.url.path.rpartition("/")[2]
    query: dict[str, list[str]] = defaultdict(list)
    for key, value in request.query_params.multi_items():
        query[key].append(value)
    asked = tuple(sorted((key, tuple(values)) for key, values in query.items()))
    etag = f'W/"{hashlib.sha256(repr((build, name, asked)).encode()).hexdigest()[:16]}"'
    if etag.removeprefix("W/") in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={**_HEADERS, "ETag": etag})
    content, problems, following = _make(build, name, asked)
    if problems:
        return _refuse(problems)
    headers = {**_HEADERS, "ETag": etag, "Content-Encoding": "gzip"}
    if following:
        headers["Link"] = f'<{name}?{following}>; rel="next"'
    if not _PACKED.search(request.headers.get("accept-encoding", "")):
        content = gzip.decompress(content)
        del headers["Content-Encoding"]
    return Response(content, media_type=FILES[f"data/{name}"], headers=headers)


@lru_cache(maxsize=MOST_KEPT)
def _make(build: Build, name: str, asked: Query) -> tuple[bytes, tuple[str, ...], str]:
    """The file, packed; what was not understood; and the query of what follows."""
    query: Mapping[str, Sequence[str]] = dict(asked)
    with open_dataset(build) as dataset:
        question, problems = parse_question(query, dataset.metadata, load_choices(build))
        if problems:
            return b"", tuple(problems), ""
        extract = find_numbers(dataset, question)
        version = dataset.metadata.data_version
    following = urlencode({**query, "vanaf": extract.following}, doseq=True) if extract.following else ""
    if name.endswith(".csv"):
        content = opendata.write_csv(extract)
    else:
        content = opendata.write_json(extract, query, version, f"{name}?{following}" if following else None)
    return gzip.compress(content, compresslevel=5, mtime=0), (), following


def _describe(build: Build, request: Request) -> Response:
    metadata = load_metadata(build)
    with build.connect() as db:
        reports = read_reports(db)
    address = str(request.url).partition("?")[0].removesuffix(CATALOGUE)
    made = opendata.describe_for_catalogue(reports, metadata, address)
    return Response(json.dumps(made, ensure_ascii=False), media_type="application/ld+json", headers=_HEADERS)


def _refuse(problems: Sequence[str], status: int = 400) -> Response:
    return JSONResponse({"fouten": list(problems)}, status, headers=_HEADERS)
