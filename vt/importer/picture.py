"""Pieces of the pages of a PDF as pictures, with boxes around what was read; made in a process with limits."""

import io
import json
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from vt.importer.form import Box
from vt.importer.readers import MOST_SECONDS, limit

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

_COLOURS, _RESOLUTION = 16, 110


class View(NamedTuple):
    """What is drawn: an area of a page (the whole of it where that is None), and what has a box around it."""

    page: int
    area: Box | None = None
    boxes: tuple[Box, ...] = ()
    resolution: int = _RESOLUTION


def draw(path: Path, views: Sequence[View]) -> list[bytes]:
    """A PNG of each view; b"" for each that cannot be drawn, or not in time."""
    command = [sys.executable, "-m", "vt.importer.picture", str(path.resolve())]
    asked = json.dumps(views).encode()
    try:
        ran = subprocess.run(command, input=asked, capture_output=True, timeout=MOST_SECONDS, check=False)
        lines = ran.stdout.splitlines()
    except subprocess.TimeoutExpired as error:
        lines = (error.stdout or b"").splitlines()[:-1]
    drawn = [b64decode(line) for line in lines]
    return [*drawn, *[b""] * (len(views) - len(drawn))][: len(views)]


def _draw_here(path: Path, views: Sequence[Any]) -> None:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for view in views:
            drawn = b""
            with suppress(ValueError, IndexError):  # an area or a page that is not there: the others are still drawn
                drawn = _draw_view(pdf, *view)
            print(b64encode(drawn).decode(), flush=True)


def _draw_view(pdf: "PDF", page: int, area: Sequence[float] | None, boxes: Sequence[Any], resolution: int) -> bytes:
    sheet = pdf.pages[page - 1]
    within = sheet.crop(_clip(area, sheet.bbox)) if area else sheet
    picture = within.to_image(resolution=resolution, antialias=True)
    drawn = [(box[0] - 2, box[1] - 1, box[2] + 2, box[3] + 1) for box in boxes]
    picture.draw_rects(drawn, fill=(21, 66, 115, 24), stroke=(21, 66, 115))
    kept = io.BytesIO()
    picture.save(kept, format="PNG", colors=_COLOURS, bits=4)
    return kept.getvalue()


def _clip(area: Sequence[float], sheet: Sequence[float]) -> tuple[float, float, float, float]:
    return max(area[0], sheet[0]), max(area[1], sheet[1]), min(area[2], sheet[2]), min(area[3], sheet[3])


if __name__ == "__main__":
    limit()
    _draw_here(Path(sys.argv[1]), json.load(sys.stdin))
