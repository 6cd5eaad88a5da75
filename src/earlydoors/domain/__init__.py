"""What is true: one package for each noun practitioners use. Nothing here knows of a page."""
