"""Figures of the partnership: counted in the database, with small numbers kept back."""
