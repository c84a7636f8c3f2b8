"""Meaning: what the sources answer, as charts, tables and sentences; no pixel, no HTML."""
