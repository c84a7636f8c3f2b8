"""A small world in real YAML: one region of two gemeenten with a rest group, the country, two reports.

And what tests do with any world: add to it, read it, open its database.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from textwrap import dedent, indent

from vt.figures.answers import Dataset
from vt.ingest.reports import load_reports
from vt.model.catalogue import Catalogue
from vt.model.report import Report
from vt.store.connection import connect
from vt.store.reference import read_metadata

INDICATORS = """
meldingen:
  label: Meldingen
  unit: aantal
  noun: {one: melding, many: meldingen}
  counts: meldingen
  topic: instroom
  definition: Wat gemeld is.
  split: naar_aard
naar_melder:
  label: Melders
  unit: aantal
  noun: {one: melding, many: meldingen}
  counts: meldingen
  topic: melders
  definition: Wie meldt.
  classification: melder
naar_aard:
  label: Aard
  unit: aantal
  noun: {one: melding, many: meldingen}
  counts: meldingen
  topic: aard
  definition: Wat er speelt.
  classification: aard
tijdig:
  label: Op tijd
  unit: procent
  noun: {one: besluit, many: besluiten}
  topic: triage
  definition: Deel op tijd.
  norm: {value: 80, label: norm 80%, source: Het rapport}
"""

TOPICS = """
instroom: {label: Instroom, sections: [Meldingen, Gevaar]}
melders: {label: Melders}
aard: {label: Aard van het geweld}
triage: {label: Triage}
organisatie: {label: Organisatie}
"""

CATEGORIES = """
groups:
  particulieren: {label: Particulieren}
  directbetrokkenen: {label: Directbetrokkenen, parent: particulieren}
classifications:
  melder:
    label: Melder
    members:
      - {id: politie, label: Politie en OM, printed: [Politie/OM]}
      - {id: buurt, label: Buurtbewoner, group: particulieren}
      - {id: anders, label: Anders, rest: true}
  aard:
    label: Aard van het geweld
    members:
      - {id: partner, label: Partnergeweld, geweld: hg}
      - {id: kind, label: Kindermishandeling, geweld: km}
      - {id: zorgen, label: Andere zorgen}
"""

PLACES = """
land:
  nederland: {label: Nederland, code: NL01, inhabitants: {2021: 17475415}}
regions:
  polder: {label: Polder, province: Flevoland}
  bergen: {label: Bergen}
gemeenten:
  dorp: {label: Dorp, region: polder, code: GM0001, inhabitants: {2020: 990, 2021: [1000, 1004]}}
  stad: {label: Stad, region: polder, code: GM0002, inhabitants: {2021: 9000}, printed: [De Stad]}
rest:
  polder-overig: {label: Overige gemeente, region: polder}
sources:
  - {label: Het CBS, note: Inwoners op 1 januari.}
"""

GLOSSARY = """
- {term: Melding, definition: Iemand laat weten wat hij vermoedt., indicators: [meldingen, naar_melder]}
- {term: Huiselijk geweld, abbreviation: HG, definition: Geweld in huiselijke kring.}
"""

POLDER = """
report:
  title: Rapportage 2021
  publisher: Veilig Thuis Polder
  region: polder
  period: 2021
  licence: Openbaar
  note: Verzonnen getallen.
tables:
  - number: "1.1"
    heading: Meldingen per gemeente
    indicator: meldingen
    rows: place
    columns: {period: [2020, 2021]}
    cells:
      Dorp:             [10, 12]
      De Stad:          [90, 80]
      Overige gemeente: [ 1,  3]
      totaal:           [101, 94]
    differences:
      - {totals: [{period: 2021}], explanation: Gedrukt staat 94; de cellen geven 95.}
  - number: "1.2"
    heading: Aard
    indicator: naar_aard
    rows: category
    cells:
      Partnergeweld: [50]
      Kindermishandeling: [30]
      Andere zorgen: [14]
      totaal: [94]
  - number: "2.1"
    heading: Op tijd
    indicator: tijdig
    prose: true
    rows: place
    columns: {period: [2020, 2021]}
    cells:
      Polder: [44.5, 46]
  - number: "3.A"
    heading: Melders per gemeente
    indicator: naar_melder
    rows: category
    columns: {place: [Dorp, Stad, Overige gemeente]}
    cells:
      Politie/OM: [7, 60, 1]
      Buurtbewoner: {sequence: [5, 21]}
      totaal: [12, 80, 2]
"""

STAD = """
report:
  title: Eerste helft van 2022, gemeente Stad
  publisher: Veilig Thuis Polder
  region: polder
  place: stad
  period: 2022-H1
  licence: Openbaar
tables:
  - number: "1"
    heading: Meldingen per kwartaal
    indicator: meldingen
    rows: place
    columns:
      - {period: [2022-Q1, 2022-Q2, totaal], geweld: [KM, HG, OM]}
      - {period: [totaal], geweld: [totaal]}
    cells:
      Stad: [10, 4, 1, 12, 5, 0, 22, 9, 1, 32]
    totals:
      - {period: 2022-Q1, printed: 15}
      - {printed: 32}
    provisional: [2022-Q2]
  - number: "2"
    heading: Melders
    indicator: naar_melder
    rows: category
    columns: {geweld: [KM, HG, totaal]}
    cells:
      Politie en OM: [6, 5, 11]
      Anders: [1, null, 1]
      totaal: [7, 5, 12]
    caveat: Een bijschrift.
"""

# Two squares of a tenth of a degree that share a side: west of it walks the arc down, east of it up.
BORDERS = """
{"type": "Topology", "transform": {"scale": [0.1, 0.1], "translate": [5.0, 52.0]},
 "objects": {"gemeenten": {"type": "GeometryCollection", "geometries": [
   {"type": "Polygon", "arcs": [[0, 1]], "id": "GM0001"},
   {"type": "MultiPolygon", "arcs": [[[-1, 2]]], "id": "GM0002"}]}},
 "arcs": [[[1, 1], [0, -1]], [[1, 0], [-1, 0], [0, 1], [1, 0]], [[1, 1], [1, 0], [0, -1], [-1, 0]]]}
"""

FILES = {
    "catalogue/topics.yaml": TOPICS,
    "catalogue/indicators.yaml": INDICATORS,
    "catalogue/categories.yaml": CATEGORIES,
    "catalogue/places.yaml": PLACES,
    "catalogue/glossary.yaml": GLOSSARY,
    "borders/gemeenten.topojson": BORDERS,
    "reports/polder_2021.yaml": POLDER,
    "reports/stad_2022-H1.yaml": STAD,
}

HEAD = """\
report: {title: Proef, publisher: Veilig Thuis Polder, region: polder, period: 2021, licence: Openbaar}
tables:
"""
HEAD_2030 = """\
report: {title: T, publisher: P, region: polder, period: 2030, licence: O}
tables:
"""


def write_world(data: Path) -> Path:
    """The whole small world as a data folder."""
    for name, text in FILES.items():
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return data


def edit(path: Path, old: str, new: str) -> None:
    """Replace text that occurs exactly once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{text.count(old)} times in {path.name}: {old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def add_report(data: Path, *tables: str, name: str = "proef", head: str = HEAD) -> Path:
    """One more report, of the tables given as YAML mappings."""
    items = ("- " + indent(dedent(table).strip(), "  ").strip() + "\n" for table in tables)
    path = data / "reports" / f"{name}.yaml"
    path.write_text(head + "".join(indent(item, "  ") for item in items), encoding="utf-8")
    return path


def report_of(data: Path, catalogue: Catalogue, name: str = "proef") -> Report:
    """One of the reports, as it is read."""
    return next(report for report in load_reports(data / "reports", catalogue) if report.id == name)


@contextmanager
def opened(database: Path) -> Iterator[Dataset]:
    """A database with what is known of it, until the end of the block."""
    with closing(connect(database)) as db:
        yield Dataset(db, read_metadata(db))
