"""The family's own place."""
