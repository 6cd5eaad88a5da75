"""Records whose time is over, holds on records, and what is left of those disposed of."""
