"""Who may see which family, and why."""
