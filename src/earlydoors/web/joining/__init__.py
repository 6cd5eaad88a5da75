"""Two records of one person: the list of those that may be, side by side, joined and parted."""
