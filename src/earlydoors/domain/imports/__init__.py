"""Files of people and of schools: read, checked, matched, loaded, and taken back."""
