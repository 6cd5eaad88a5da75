"""Genograms: a family's people, couples and children in the symbols of the field.

The symbols follow McGoldrick, Gerson and Petry, `Genograms: Assessment and Treatment` (4th
edition, 2020). Where ours differ, so that a picture holds no more than is known: two parents of
whom nobody wrote how they stand are joined by a dotted line, and a carer who hangs in no line of
descent with the child by a thin curve.

Everything here is pure: frozen pieces in, text out.
"""
