"""The information guardian holds a record for a court, lets it go, and disposes of it with another;
what is left is a certificate."""

from datetime import UTC, date, datetime

import pytest

from earlydoors.domain.people.models import Family
from earlydoors.domain.retention.coming_up import bring_up
from earlydoors.domain.retention.disposing import agreed, dispose
from earlydoors.domain.retention.rules import reference_of
from earlydoors.foundation.audit import chain
from earlydoors.foundation.profile.current import current
from tests.factories.families import episode_in
from tests.factories.partnership import worker
from tests.functional.conftest import Cast, Clock

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONG_AGO = datetime(2012, 3, 5, 9, 30, tzinfo=UTC)


def test_a_record_is_held_let_go_and_disposed_of(person: Cast, clock: Clock) -> None:
    help_ = episode_in("closed", at=LONG_AGO, born_on=date(2005, 3, 3))
    family = help_.family.pk
    reference = reference_of(family)
    one, two = worker("auditor", name="Ruth Bell"), worker("auditor", name="Omar Lane")
    bring_up(profile=current(), at=clock.now())

    ruth = person(one.member.username)
    ruth.sees("1 record is over time, for you to decide about").follows(
        "Retention", within="header"
    )
    ruth.sees(reference, "six years after the help ended").does_not_see("Tarn", "Sophie")
    ruth.follows("Holds").presses("Hold a record")
    ruth.writes("Reference of the record", reference.lower().replace("-", " "))
    ruth.chooses("Why is it held?", "A court, or a claim")
    ruth.writes("Who asked for it?", "County Court, letter 12")
    ruth.writes("What did they ask, and how far does it go?", "All of the summer.")
    ruth.writes("From what day on is it held?", "today")
    ruth.presses("Hold it").sees("The record is held.", reference)
    ruth.follows("Retention", within="header").sees("Held").follows(reference)
    ruth.sees("County Court, letter 12").does_not_see("Propose disposal")

    ruth.follows(re_hold(reference)).writes("Why is it lifted?", "The court has ended.")
    ruth.presses("Lift the hold").sees("The hold is lifted.")
    ruth.follows("Retention", within="header").follows(reference)
    ruth.sees("What would go", "2 people go with it").follows("Propose disposal")
    ruth.writes("Why is it not needed any more?", "Nobody asked in years.").presses("Propose")
    ruth.sees("It is proposed").follows(reference).does_not_see("Agree to disposal")

    omar = person(two.member.username)
    omar.goes_to("/retention/").follows(reference).sees("Nobody asked in years.")
    omar.follows("Agree to disposal").presses("Agree").sees_fault("Did you look at what goes")
    omar.chooses("Did you look at what goes, and for whom it might still matter?", "Yes, and I")
    omar.presses("Agree").sees("It is disposed of in the coming night")

    for review in agreed():
        dispose(review=review, profile=current(), at=clock.now())
    assert not Family.objects.filter(pk=family).exists()
    assert chain.verify().sound

    omar.goes_to("/retention/").sees("No record is over its time")
    omar.follows("Certificates of disposal").writes("Reference of a record", reference)
    omar.presses("Find").follows(reference)
    omar.sees("Ruth Bell", "Omar Lane", "What went", "Agreement").does_not_see("Tarn", "Sophie")


def re_hold(reference: str) -> str:
    """The link of a hold in a list."""
    return f"{reference}, asked by County Court, letter 12"
