"""What families' addresses answer."""
