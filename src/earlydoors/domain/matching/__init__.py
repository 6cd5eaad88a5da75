"""Is this the same person: one model of evidence, for one record and for whole tables."""
