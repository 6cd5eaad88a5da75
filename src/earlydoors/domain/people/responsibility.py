"""Parental responsibility: on which bases someone has it, and who has it on a day.

Children Act 1989, sections 2 to 4A, 12, 14A to 14C and 33; Adoption and Children Act 2002,
sections 25 and 46. England and Wales.
"""

from typing import Final

BASES: Final = [
    ("birth_mother", "Gave birth to them"),
    ("married", "Father or second mother, married or in a civil partnership with the mother"),
    ("registered", "On the birth certificate"),
    ("agreement", "An agreement with those who have it"),
    ("order", "An order of the court"),
    ("special_guardianship", "A special guardianship order"),
    ("adoption", "Adopted them"),
    ("care_order", "The local authority, by a care order"),
    ("none", "Does not have it"),
]
