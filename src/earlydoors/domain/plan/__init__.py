"""Outcomes, actions, meetings, reviews and closing."""
