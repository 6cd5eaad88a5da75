"""The mark of a practice database: everyone in it is invented, and it stays so."""
