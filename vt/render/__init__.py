"""A figure or deck -> bytes or text."""
