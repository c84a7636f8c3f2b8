"""KM, HG and OM: kindermishandeling, huiselijk geweld, ouderenmishandeling."""

GEWELD = {
    "km": "Kindermishandeling",
    "hg": "Huiselijk geweld",
    "om": "Ouderenmishandeling",
    "geen": "Geen huiselijk geweld of kindermishandeling",
    "onbekend": "Aard onbekend",
    "alle": "Alle",
}
