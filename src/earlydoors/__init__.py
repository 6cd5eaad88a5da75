"""Early Doors: early help for children and families."""
