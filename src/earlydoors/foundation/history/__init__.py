"""Nothing written is ever lost: the database keeps each earlier version of a row."""
