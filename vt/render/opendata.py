"""Numbers as files for who works with them, and the descriptions that go along: CSVW, Datasette, DCAT-AP-NL."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from vt.figures.longtable import LongRow
from vt.figures.opendata import Extract
from vt.store.connection import read_contact, site_folder
from vt.store.printed import ReportRow
from vt.store.reference import Metadata

DESCRIPTION = Path("data/schema/figures.csv-metadata.json")
ROWS_AT_ONCE = 50_000
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_DUTCH = {"@id": f"{_AUTHORITY}/language/NLD", "@type": "dct:LinguisticSystem"}
_KEYWORDS = ("Veilig Thuis", "huiselijk geweld", "kindermishandeling", "ouderenmishandeling", "gemeenten")
_TYPES = {"csv": "text/csv", "json": "application/json"}
_PARQUET = {"number": "float64", "integer": "int64"}


def read_description() -> dict[str, Any]:
    """What the columns of both tables mean, in CSVW."""
    made: dict[str, Any] = json.loads((site_folder() / DESCRIPTION).read_text(encoding="utf-8"))
    return made


def list_columns(table: int) -> list[dict[str, str]]:
    """The columns of the first table (the view `figures`) or of the second (what the website gives)."""
    columns: list[dict[str, str]] = read_description()["tables"][table]["tableSchema"]["columns"]
    return columns


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[object]], out: TextIO) -> None:
    """CSV as RFC 4180 has it: commas, a point in a number, nothing where there is nothing."""
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_shorten(value) for value in row] for row in rows)


def _shorten(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def write_csv(extract: Extract) -> bytes:
    """The numbers of an answer, each with its source and caveats in its row."""
    out = io.StringIO(newline="")
    write_rows(LongRow._fields, extract.rows, out)
    return out.getvalue().encode()


def write_json(extract: Extract, query: Mapping[str, Sequence[str]], version: str, following: str | None) -> bytes:
    """The same, with what was asked, from which data, and what there is to know of all of them."""
    made = {
        "titel": read_description()["dc:title"],
        "gegevensversie": version,
        "gevraagd": query,
        "bronnen": extract.sources,
        "toelichting": extract.remarks,
        "volgende": following,
        "kolommen": {column["name"]: column["dc:description"] for column in list_columns(1)},
        "rijen": [row._asdict() for row in extract.rows],
    }
    return json.dumps(made, ensure_ascii=False).encode()


def write_parquet(rows: Iterator[tuple[object, ...]], target: Path, reports: Sequence[ReportRow]) -> None:
    """The view `figures`, with what it and its columns mean and where it comes from; so many rows at a time."""
    import pyarrow as pa
    from pyarrow import parquet

    columns = list_columns(0)
    schema = pa.schema(
        [
            pa.field(
                c["name"],
                pa.type_for_alias(_PARQUET.get(c["datatype"], "string")),
                metadata={"description": c["dc:description"]},
            )
            for c in columns
        ],
        metadata={key: json.dumps(told, ensure_ascii=False) for key, told in _describe_table(reports).items()},
    )
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        while batch := list(islice(rows, ROWS_AT_ONCE)):
            arrays = [
                pa.array(values, field.type) for values, field in zip(zip(*batch, strict=True), schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def describe_for_csvw(reports: Sequence[ReportRow]) -> dict[str, Any]:
    """The description that lies beside figures.csv: that table alone, with its sources."""
    described = read_description()
    return {"@context": described["@context"], **described["tables"][0], **_describe_table(reports)}


def _describe_table(reports: Sequence[ReportRow]) -> dict[str, Any]:
    """What the view `figures` is, and what it comes from."""
    figures = read_description()["tables"][0]
    return {
        "dc:title": figures["dc:title"],
        "dc:description": figures["dc:description"],
        "dc:source": [report.title for report in reports],
        "dc:rights": _list_licences(reports),
    }


def describe_for_datasette(reports: Sequence[ReportRow]) -> dict[str, Any]:
    """metadata.json for Datasette: what is in each public table, and where it comes from."""
    described = read_description()
    figures = described["tables"][0]
    columns = {c["name"]: f"{c['dc:title']}. {c['dc:description']}" for c in list_columns(0)}
    own = {"title": figures["dc:title"], "description": figures["dc:description"], "columns": columns}
    return {
        "title": described["dc:title"],
        "description": described["dc:description"],
        "source": "; ".join(f"{report.publisher}: {report.title}" for report in reports),
        "license": "; ".join(dict.fromkeys(report.licence for report in reports)),
        "databases": {
            "vt": {
                "tables": {note["table"]: {"description": note["dc:description"]} for note in described["notes"]}
                | {"figures": own}  # in no order: to sort a million rows takes longer than Datasette waits
            }
        },
    }


def describe_for_catalogue(reports: Sequence[ReportRow], metadata: Metadata, address: str) -> dict[str, Any]:
    """What a catalogue of data sets harvests, as DCAT-AP-NL 3.0 in JSON-LD; `address` is that of the website."""
    described = read_description()
    shared = {
        "dct:title": _say(described["dc:title"]),
        "dct:description": _say(described["dc:description"]),
        "dct:publisher": _name_agent(described["dc:title"]),
        "dcat:contactPoint": _name_contact(described["dc:title"], address, read_contact()),
        "dct:language": _DUTCH,
    }
    version = {
        "dcat:version": metadata.data_version,
        "dct:modified": {"@value": metadata.built_at, "@type": "xsd:dateTime"},
    }
    dataset = shared | _describe_dataset(reports, address) | version
    catalogue = {"@id": f"{address}#catalogus", "@type": "dcat:Catalog", "dcat:dataset": dataset}
    return {"@context": _CONTEXT, **shared, **catalogue}


def _describe_dataset(reports: Sequence[ReportRow], address: str) -> dict[str, object]:
    """What is told of the numbers alone."""
    licence = {
        "@id": f"{address}bronnen",
        "@type": "dct:LicenseDocument",
        "dct:title": _say("Per rapport verschillend"),
        "dct:description": _say("; ".join(_list_licences(reports))),
    }
    return {
        "@id": f"{address}#dataset",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{address}#dataset",
        "dct:creator": [_name_agent(name) for name in dict.fromkeys(report.publisher for report in reports)],
        "dct:accessRights": {"@id": f"{_AUTHORITY}/access-right/PUBLIC", "@type": "dct:RightsStatement"},
        "dcat:theme": {
            "@id": f"{_AUTHORITY}/data-theme/SOCI",
            "@type": "skos:Concept",
            "skos:prefLabel": _say("Bevolking en samenleving"),
        },
        "dcat:keyword": [_say(word) for word in _KEYWORDS],
        "dcat:landingPage": {"@id": address, "@type": "foaf:Document"},
        "dcat:distribution": [
            _describe_file(f"{address}data/figures.{end}", mime, licence) for end, mime in _TYPES.items()
        ],
    }


def _describe_file(url: str, mime: str, licence: Mapping[str, object]) -> dict[str, object]:
    return {
        "@id": url,
        "@type": "dcat:Distribution",
        "dct:title": _say(f"Cijfers als {mime}"),
        "dct:language": _DUTCH,
        "dcat:accessURL": {"@id": url},
        "dcat:downloadURL": {"@id": url},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{mime}", "@type": "dct:MediaType"},
        "dct:license": licence,
    }


def _name_agent(name: str) -> dict[str, object]:
    return {"@type": "foaf:Agent", "foaf:name": _say(name)}


def _name_contact(name: str, address: str, contact: str) -> dict[str, object]:
    """Whom to write to: a mail address or a page; the website itself where none is set."""
    is_mail = "@" in contact
    mail = {"vcard:hasEmail": {"@id": f"mailto:{contact.removeprefix('mailto:')}"}} if is_mail else {}
    page = {} if is_mail else {"vcard:hasURL": {"@id": contact or address}}
    return {"@type": "vcard:Kind", "vcard:fn": _say(name), **mail, **page}


def _list_licences(reports: Sequence[ReportRow]) -> list[str]:
    """On which terms the numbers of each report may be used."""
    return [f"{report.title}: {report.licence}" for report in reports]


def _say(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "nl"}
