"""Studies: what an analyst may take away of the partnership's records, without anybody's name."""
