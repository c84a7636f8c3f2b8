"""The Veilig Thuis explorer: published figures, charted and traceable."""
