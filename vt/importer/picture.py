"""A piece of a page of a PDF as a picture, with boxes around what was read; made in a process with limits."""

import io
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from vt.importer.form import Box
from vt.importer.readers import MOST_SECONDS, limit

_MARGIN, _RESOLUTION = 12, 110


def draw(path: Path, page: int, boxes: Sequence[Box]) -> bytes:
    """A PNG of what is around the boxes; nothing where the page cannot be drawn."""
    command = [sys.executable, "-m", "vt.importer.picture", str(path.resolve()), str(page), json.dumps(boxes)]
    try:
        ran = subprocess.run(command, capture_output=True, timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return b""
    return ran.stdout if ran.returncode == 0 else b""


def _draw_here(path: Path, page: int, boxes: list[list[float]]) -> bytes:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        sheet = pdf.pages[page - 1]
        left, top = min(box[0] for box in boxes) - 20 * _MARGIN, min(box[1] for box in boxes) - 4 * _MARGIN
        right, bottom = max(box[2] for box in boxes) + _MARGIN, max(box[3] for box in boxes) + _MARGIN
        around = (max(left, 0), max(top, 0), min(right, float(sheet.width)), min(bottom, float(sheet.height)))
        picture = sheet.crop(around).to_image(resolution=_RESOLUTION, antialias=True)
        drawn = [(box[0] - 2, box[1] - 1, box[2] + 2, box[3] + 1) for box in boxes]
        picture.draw_rects(drawn, fill=(21, 66, 115, 24), stroke=(21, 66, 115))
        kept = io.BytesIO()
        picture.save(kept, format="PNG")
        return kept.getvalue()


if __name__ == "__main__":
    limit()
    sys.stdout.buffer.write(_draw_here(Path(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])))
