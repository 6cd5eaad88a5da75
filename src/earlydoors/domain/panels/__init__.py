"""Meetings that several agencies decide at."""
