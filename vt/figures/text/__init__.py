"""Sentences about numbers: titles, summaries, comparisons."""
