"""Watching over who looks at records."""
