"""Two records of one person: found, looked at by somebody, joined, and parted again."""
