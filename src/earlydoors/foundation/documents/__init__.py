"""Papers to print, keep and hand over: plain data in, an accessible PDF out."""
