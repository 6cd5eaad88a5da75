"""The whole-family assessment and the needs it finds."""
