"""Pages on which files of people and schools are brought in."""
