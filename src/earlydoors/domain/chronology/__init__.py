"""What happened, in order, as pages tell it."""
