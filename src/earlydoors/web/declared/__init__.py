"""Saying that one knows a family outside one's work, and deciding on what others said."""
