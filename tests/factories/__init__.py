"""What tests build on: a settled area, workers, and families at any point of their journey."""
