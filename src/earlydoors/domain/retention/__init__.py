"""How long a family's record is kept: holds on it, its coming up for review, and its disposal."""
