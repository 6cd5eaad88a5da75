"""People's rights to the information held on them: what they ask, and what becomes of it."""
