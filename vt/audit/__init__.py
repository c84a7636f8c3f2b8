"""What can be proved of print."""
