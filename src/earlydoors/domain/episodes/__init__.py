"""A family's period of help."""
