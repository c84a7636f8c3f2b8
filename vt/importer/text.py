"""Plain text, as copied from a PDF: lines without positions."""

from pathlib import Path

from vt.importer.form import Document, UnreadableError


def read(path: Path) -> Document:
    """The lines of a text file; its tables are found once the words are known."""
    content = path.read_bytes()
    if b"\0" in content[:4096]:
        raise UnreadableError(f"{path.name} is geen tekst.")
    lines = tuple(decode(content).splitlines())
    return Document(path.name, "tekst", lines)


def decode(content: bytes) -> str:
    """Text in UTF-8 (with or without a mark at its begin), UTF-16 with such a mark, or as Windows writes it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
