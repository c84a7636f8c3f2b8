"""data/*.yaml -> model."""
