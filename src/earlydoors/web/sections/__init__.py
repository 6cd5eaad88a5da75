"""The profile's forms on pages: short ones among other questions, long ones a page a section."""
