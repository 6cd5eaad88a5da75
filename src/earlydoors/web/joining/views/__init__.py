"""What the pages of joining do."""
