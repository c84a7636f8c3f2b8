"""StatLine of CBS: its files in any of their shapes become cells of places, periods and classes of the catalogue."""
