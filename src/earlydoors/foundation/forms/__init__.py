"""Forms as data: what may be asked, when it is asked, and how an answer is read."""
