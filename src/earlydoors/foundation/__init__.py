"""What everything stands on, and which knows nothing of families: time, refusals, workflows,
evidence, forms as data and the partnership profile."""
