"""Figures of the partnership, for whoever plans and pays for help."""
