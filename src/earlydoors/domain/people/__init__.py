"""People, families, and the places they live and go."""
