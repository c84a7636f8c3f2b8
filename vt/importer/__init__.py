"""A document becomes a report that `vt.ingest` reads; what is not certain is asked, and nothing is guessed."""
