"""The part of a profile about figures of the partnership's own work."""

from pydantic import Field

from earlydoors.foundation.forms.schema import Part, Source


class Figures(Part):
    """What is told of small numbers, where the partnership's own work is counted."""

    least: int = Field(
        default=5,
        ge=5,
        le=20,
        description="The smallest number that is told; smaller ones, but nought, are kept back.",
    )
    ninetieth_from: int = Field(
        default=20,
        ge=10,
        le=200,
        description="How many must stand behind the days within which nine of ten were done.",
    )
    source: Source


ASSUMED = Figures(source="assumed: numbers smaller than five can tell of somebody")
"""Where a profile says nothing of it."""
