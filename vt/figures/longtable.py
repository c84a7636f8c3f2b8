"""One long table for all who calculate: a row for each number, the same columns in every file and answer."""

from typing import NamedTuple


class LongRow(NamedTuple):
    """A number with what it is about, as a reader calls it. The names are the heads of the columns.

    Of a number that is hidden `waarde` is empty, `teken` what stands for it, and `laag` and `hoog` what that tells.
    """

    cijfer: str
    plaats: str
    periode: str
    geweld: str
    klasse: str
    eenheid: str
    waarde: float | None
    laag: float | None
    hoog: float | None
    teken: str
    bron: str
    tabel: str
    toelichting: str = ""
