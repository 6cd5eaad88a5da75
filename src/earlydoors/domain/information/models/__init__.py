"""Requests about the information held on somebody, and the copies that they are given."""

from earlydoors.domain.information.models.copy import (
    HOW_MUCH,
    VERDICTS,
    WHY_HIDDEN,
    Copy,
    Gathering,
    HarmTest,
    Passage,
)
from earlydoors.domain.information.models.disagreement import (
    DECISIONS,
    Disagreement,
    Receiver,
)
from earlydoors.domain.information.models.request import (
    ASKERS,
    CAME,
    KINDS,
    OUTCOMES,
    AskedBack,
    InformationRequest,
    RequestStep,
)

__all__ = [
    "ASKERS",
    "CAME",
    "DECISIONS",
    "HOW_MUCH",
    "KINDS",
    "OUTCOMES",
    "VERDICTS",
    "WHY_HIDDEN",
    "AskedBack",
    "Copy",
    "Disagreement",
    "Gathering",
    "HarmTest",
    "InformationRequest",
    "Passage",
    "Receiver",
    "RequestStep",
]
