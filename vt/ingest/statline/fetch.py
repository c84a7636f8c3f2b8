"""`vt fetch`: a table of StatLine from CBS, for who has internet. The site itself never calls out."""

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from vt.errors import refuse
from vt.ingest.statline.bulk import read_bulk
from vt.ingest.statline.delivery import Delivery
from vt.ingest.statline.v4 import NEXT, combine, parse, read_rows

TRIES, PAUSE, PATIENCE = 3, 2.0, 60.0
MOST_BYTES = 1 << 30
LISTS = ("MeasureCodes", "MeasureGroups", "Properties")


class UnansweredError(Exception):
    """CBS did not give what was asked; the message says why, in Dutch."""


def fetch(table: str, folder: Path, address: str, pause: float) -> tuple[Delivery, Path | None]:
    """A table: the zip of the whole, or where there is none the answers of the data service; and the zip, if any.

    DataError with a sentence where neither can be had.
    """
    asking = _Asking(table, address.rstrip("/"), pause)
    try:
        path = asking.load_zip(folder)
        return (read_bulk(path), path) if path else (asking.load_lists(), None)
    except UnansweredError as error:
        refuse(table, str(error), "er is niets opgenomen; probeer het later opnieuw")


class _Asking:
    """Questions about one table, each asked again where the answer failed."""

    def __init__(self, table: str, address: str, pause: float) -> None:
        self.table, self.pause = table, pause
        self.bulk = f"{address}/CSV/CBS/nl/{table}"
        self.service = f"{address}/odata/v1/CBS/{table}"

    def load_zip(self, folder: Path) -> Path | None:
        """The zip of the whole table in a folder; None where CBS has none."""
        answer = self._ask(self.bulk, _is_zip)
        if answer is None:
            return None
        path = folder / f"{self.table}.zip"
        path.write_bytes(answer)
        return path

    def load_lists(self) -> Delivery:
        """Observations and every list that goes with them, page by page."""
        dimensions = [row.get("Identifier", "") for row in self._load(f"{self.service}/Dimensions")]
        if not dimensions:
            raise UnansweredError(f"tabel {self.table} bestaat niet bij het CBS")
        named = [name for id_ in dimensions for name in (f"{id_}Codes", f"{id_}Groups")]
        lists = {name: list(self._load(f"{self.service}/{name}")) for name in (*LISTS, *named)}
        lists["Observations"] = list(self._load(f"{self.service}/Observations"))
        if not lists["Observations"]:
            raise UnansweredError(f"het CBS geeft geen cijfers van tabel {self.table}")
        return combine(self.table, self.table, lists)

    def _load(self, url: str) -> Iterator[dict[str, str]]:
        """The rows of a list over all its pages; none where there is no such list, as of groups is normal."""
        seen: set[str] = set()
        while url:
            answer = None if url in seen else self._ask(url, _is_json)
            if answer is None and seen:
                raise UnansweredError(f"van tabel {self.table} ontbreekt een vervolg")
            if answer is None:
                return
            seen.add(url)
            content = parse(answer)
            yield from read_rows(content)
            url = str(content.get(NEXT, ""))

    def _ask(self, url: str, is_whole: Callable[[bytes], bool]) -> bytes | None:
        """An answer that is whole; None where there is nothing at an address. UnansweredError after a few tries."""
        why = ""
        for turn in range(TRIES):
            time.sleep(self.pause * turn)
            try:
                with urllib.request.urlopen(url, timeout=PATIENCE) as opened:
                    answer: bytes = opened.read(MOST_BYTES)
                if is_whole(answer):
                    return answer
                why = "het antwoord is afgebroken"
            except urllib.error.HTTPError as error:
                error.close()
                if error.code == HTTPStatus.NOT_FOUND:
                    return None
                why = f"het CBS antwoordt met fout {error.code}"
            except (OSError, http.client.HTTPException, ValueError) as error:
                why = f"het CBS is niet te bereiken ({error})"
        raise UnansweredError(f"{why}, ook na {TRIES} pogingen")


def _is_zip(answer: bytes) -> bool:
    try:
        with ZipFile(BytesIO(answer)) as opened:
            return opened.testzip() is None
    except (BadZipFile, EOFError):
        return False


def _is_json(answer: bytes) -> bool:
    try:
        parse(answer)
    except ValueError:
        return False
    return True
