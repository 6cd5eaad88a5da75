"""The partnership profile: an area's words, levels, forms, panels and measures, as data."""
