"""Opening a record in an emergency; looking at each such opening; telling the family."""
