"""SQLite, read only."""
