"""Is this child known? Asked on a page of its own, and answered as far as one may know."""
