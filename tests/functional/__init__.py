"""Journeys in a real browser, told as the work is done."""
