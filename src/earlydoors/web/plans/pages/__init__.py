"""What the pages show, built from what is known."""
