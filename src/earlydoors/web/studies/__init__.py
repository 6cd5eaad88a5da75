"""Studies: asked for by analysts, decided on by the information guardian."""
