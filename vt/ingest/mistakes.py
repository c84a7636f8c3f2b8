"""The mistakes that people make in a file, said so that they can mend them: no English, no word of a parser."""

import re
import unicodedata
from collections.abc import Mapping

import yaml

from vt.errors import did_you_mean, quote_value
from vt.model.report import DIMENSIONS

DIMENSION_NAMES = dict(zip(DIMENSIONS, ("plaats", "periode", "soort geweld", "klasse"), strict=True))
_DIMENSION_WORDS = {
    "place": {"plaats", "gemeente", "regio"},
    "period": {"periode", "jaar", "kwartaal", "halfjaar", "maand"},
    "geweld": {"soort geweld", "soort"},
    "category": {"klasse", "categorie", "rij"},
}
_TOTALS = re.compile(r"(sub|eind)?totaa?l(en)?( .*)?", re.IGNORECASE)
_WITHHELD = re.compile(r"<\s*\d+|[.\-–—*x]|n\.?\s?b\.?|n\.?\s?v\.?\s?t\.?|\(leeg\)|geheim|onbekend", re.IGNORECASE)
_GROUPED = re.compile(r"-?\d{1,3}([. ']\d{3})+")
_SPACES = re.compile("[ \t\u00a0\u2007\u2009\u202f]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_CURLED = re.compile("[“”„‟].*[“”„‟]|[‘’‚].+[‘’‚]")
_MAGIC = {
    b"\xff\xd8\xff": "een foto (JPEG)",
    b"\x89PNG": "een afbeelding (PNG)",
    b"%PDF": "een PDF",
    b"PK\x03\x04": "een Excel-, Word- of zip-bestand",
    b"\xd0\xcf\x11\xe0": "een oud Excel- of Word-bestand",
}
_PICTURE_MAGIC = [*_MAGIC][:2]
_NEARLY_YAML = re.compile(r"\.ya?ml(\.txt)?$", re.IGNORECASE)
_DOCUMENTS = ("pdf", "xlsx", "xls", "ods", "docx", "html", "csv", "txt", "zip")
_PICTURES = ("jpg", "jpeg", "png")
_IMPORT, _ASK = (
    "lees het in met: uv run vt import",
    "uit een beeld is niets te lezen: vraag het rapport als PDF of Excel",
)
_INDENTATION = "de inspringing klopt niet, of een regel is niet af"
_PROBLEMS = {  # what PyYAML says, by a part of it
    "found character that cannot start any token": (
        "hier staat een teken dat geen waarde begint",
        "zet tekst die met zo'n teken begint tussen aanhalingstekens",
    ),
    "mapping values are not allowed": (
        "hier staat een dubbele punt te veel",
        "zet een naam met een dubbele punt erin tussen aanhalingstekens",
    ),
    "expected ',' or": ("een haak sluit niet, of een komma ontbreekt", "zo: [10, 12] of {period: [2020, 2021]}"),
    "could not find expected ':'": ("na een sleutel ontbreekt de dubbele punt", "zo: sleutel: waarde"),
    "found unexpected end of stream": ("een aanhalingsteken of haak sluit niet", "sluit het, op dezelfde regel"),
    "while scanning a quoted scalar": ("een aanhalingsteken sluit niet", "sluit het, op dezelfde regel"),
    "undefined alias": ("een * verwijst naar niets", "zet tekst die met * begint tussen aanhalingstekens"),
    "expected a single document": ("hier begint een tweede stuk (---)", "één rapport per bestand"),
    "could not determine a constructor": ("een ! heeft hier een betekenis die niet mag", "haal het ! weg"),
    "did not find expected key": (_INDENTATION, "evenveel spaties als de regels erboven"),
    "block end": (_INDENTATION, "evenveel spaties als de regels erboven"),
}


def clean_text(text: str) -> str:
    """Text without what nobody sees: hard spaces and tabs are spaces, accents are whole, soft hyphens are gone."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_INVISIBLE)).strip()


def is_curled(text: str) -> bool:
    """Whether text stands between quotation marks that YAML takes for letters."""
    return bool(_CURLED.fullmatch(text))


def is_total(label: object) -> bool:
    """Whether a label is a way to print totaal."""
    return bool(_TOTALS.fullmatch(str(label)))


def explain_number(value: object, is_whole: bool) -> str:
    """What was meant by what is no number, or no whole one."""
    text = clean_text(str(value))
    plain = text.rstrip("% ").strip()
    if _WITHHELD.fullmatch(text):
        return (
            "een getal dat het rapport weglaat, is onbekend en niet 0: schrijf null; telt het mee in een totaal, noem "
            "de cel dan ook onder withheld"
        )
    if text.endswith("%") and re.fullmatch(r"-?\d+([.,]\d+)?", plain):
        return f"schrijf een percentage zonder %: {plain.replace(',', '.')}"
    if is_whole and _GROUPED.fullmatch(plain):
        digits = re.sub(r"[. ']", "", plain)
        return f"schrijf een duizendtal zonder punt of spatie ({digits})"
    if is_whole and re.fullmatch(r"\d+\.\d+", plain):
        return _explain_decimal(plain)
    if re.fullmatch(r"-\d+(\.\d+)?", plain):
        return "bedoeld: een getal van 0 of meer; een verandering hoort onder derived"
    return "bedoeld: een getal van 0 of meer, of null"


def _explain_decimal(text: str) -> str:
    """What a count with a decimal point can have been in print: YAML keeps no zeros at its end."""
    whole, _, decimals = text.partition(".")
    if len(decimals) > 3:
        return "een aantal is heel, en staat er zonder punt (1234)"
    thousands, comma = f"{whole}{decimals:0<3}", text.replace(".", ",")
    grouped = f"{whole}.{decimals:0<3}"
    return f"is {grouped} gedrukt, schrijf dan zonder punt ({thousands}); {comma} is geen aantal, maar een gemiddelde"


def explain_length(found: int, columns: int) -> str:
    """What to do with a row that has another number of numbers than there are columns."""
    if found < columns:
        return "schrijf null waar een cel leeg is; schoof de rij op, zet dan elk getal onder zijn kolom"
    said = "een komma scheidt getallen: schrijf 44.5 voor 44,5 en 6063 voor 6,063; laat weg wat geen kolom is (null)"
    return f"{said}; staan er twee tabellen naast elkaar, maak er dan twee van" if found >= 2 * columns else said


def explain_dimension(found: object) -> str:
    """Which key was meant for what rows or columns are."""
    named = (key for key, words in _DIMENSION_WORDS.items() if str(found).lower() in words)
    if key := next(named, None):
        return f"bedoeld: “{key}”?"
    return did_you_mean(found, DIMENSIONS)


def explain_label(label: object, known: list[str]) -> str:
    """Which known label was meant; a total has one spelling."""
    return "bedoeld: “totaal”, zo geschreven" if is_total(label) else did_you_mean(label, known)


def describe_members(named: Mapping[str, object]) -> str:
    """The labels that name a total, as a message quotes them."""
    return ", ".join(quote_value(label) for label in named.values()) or "van alles samen"


def explain_name(name: str) -> str:
    """What to do with a file that is not read because of its name; "" for one that is, or is none of ours."""
    if name.endswith(".yaml"):
        return ""
    if nearly := _NEARLY_YAML.search(name):
        return f"noem het {name[: nearly.start()]}.yaml"
    ending = name.lower().rpartition(".")[2]
    return _ASK if ending in _PICTURES else _IMPORT if ending in _DOCUMENTS else ""


def explain_unreadable(error: Exception, text: str) -> tuple[str, str, int]:
    """What was found and meant, for a file (with this text, if it has any) that is no YAML, and the line (0: not
    known)."""
    match error:
        case FileNotFoundError():
            return "het bestand ontbreekt", "bedoeld: een YAML-bestand op deze plaats", 0
        case OSError():
            return "het bestand is niet te lezen", "bedoeld: een bestand dat u mag openen, en geen map", 0
        case UnicodeDecodeError():
            return _explain_encoding(error)
        case yaml.MarkedYAMLError(problem_mark=mark):
            line = mark.line + 1 if mark else 0
            return (*_explain_problem(error, text.splitlines()[line - 1 : line]), line)
        case _:
            return "geen geldige YAML: een teken of waarde die niet kan", "bedoeld: tekst zonder stuurtekens", 0


def _explain_encoding(error: UnicodeDecodeError) -> tuple[str, str, int]:
    content = bytes(error.object)
    for start, name in _MAGIC.items():
        if content.startswith(start):
            return f"dit is {name}, geen YAML", _ASK if start in _PICTURE_MAGIC else _IMPORT, 0
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "het bestand is geen UTF-8 maar UTF-16 (Kladblok: Unicode)", "bewaar het als UTF-8", 0
    line = content.count(b"\n", 0, error.start) + 1
    letter = content[error.start : error.start + 1].decode("cp1252", "replace")
    found = f"het bestand is geen UTF-8 maar van Windows: “{letter}” (byte {error.start + 1})"
    return found, "bewaar het als UTF-8", line


def _explain_problem(error: yaml.MarkedYAMLError, line: list[str]) -> tuple[str, str]:
    if any("\t" in each[: len(each) - len(each.lstrip())] for each in line):
        return "geen geldige YAML: hier staat een tab", "spring in met spaties"
    said = f"{error.context or ''} {error.problem or ''}"
    default = ("zo is het niet te lezen", "let op inspringing, dubbele punt, haken en aanhalingstekens")
    found, meant = next((told for part, told in _PROBLEMS.items() if part in said), default)
    return f"geen geldige YAML: {found}", meant
