"""How this installation runs, for whoever keeps it running."""
