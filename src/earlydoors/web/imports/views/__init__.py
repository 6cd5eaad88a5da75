"""Views of the place: sending a file, looking at it, deciding, and its steps."""
