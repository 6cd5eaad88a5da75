"""Evidence of every write and every look, each event linked to the one before it."""
