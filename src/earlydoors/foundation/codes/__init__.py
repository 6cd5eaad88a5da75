"""Code lists of national returns and standards: data with a version and a source, never code."""
