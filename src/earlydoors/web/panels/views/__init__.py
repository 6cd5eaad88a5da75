"""Views of the place: sittings, and the items they talk about."""
