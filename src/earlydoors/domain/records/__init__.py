"""Answers to the profile's forms."""
