"""The family's own place: what was agreed, who helps, the plan, what comes next."""
