"""YAML -> SQLite; the only writer."""
