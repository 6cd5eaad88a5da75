"""Conversations, requests for support and their decisions."""
