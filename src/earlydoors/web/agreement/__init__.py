"""What the family agreed."""
