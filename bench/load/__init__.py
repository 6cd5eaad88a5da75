"""Whole pages under load, at any size of partnership."""
