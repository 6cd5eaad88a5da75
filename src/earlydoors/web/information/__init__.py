"""Requests about the information held on somebody: taken, answered by the clock, kept."""
