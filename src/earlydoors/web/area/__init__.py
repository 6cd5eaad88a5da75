"""Our area."""
