"""Two records of one child, in two families, and whoever may join them."""

from dataclasses import dataclass
from datetime import timedelta

from earlydoors.domain.joining.joins import join
from earlydoors.domain.joining.models import Joining, Pair
from earlydoors.domain.joining.operations import propose
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Person
from tests.factories.families import Known, known_family
from tests.factories.partnership import AT, worker

LATER = AT + timedelta(days=1)
SURE = "The school has one Sophie, born on that day."


@dataclass
class Twice:
    """A child on record twice: Sophie Tarn of the Tarns, and Sofie Beck of the Becks."""

    tarns: Known
    becks: Known
    keeper: Actor

    @property
    def kept(self) -> Person:
        """The record that was written first."""
        return Person.objects.get(pk=self.tarns.child.pk)

    @property
    def other(self) -> Person:
        """The record that was written after it."""
        return Person.objects.get(pk=self.becks.child.pk)

    def pair(self) -> Pair:
        """The two on the list of those that may be one."""
        return propose(
            one=self.kept,
            two=self.other,
            reasons="same birthday, first name sounds alike",
            came_from="register",
            by=self.keeper,
            at=AT,
        )

    def joined(self, **taking: str) -> Joining:
        """The two, joined a day later."""
        return join(
            kept=self.kept, other=self.other, why=SURE, by=self.keeper, at=LATER, taking=taking
        )


def twice() -> Twice:
    """A child on record twice; the keeper of the register may join them."""
    return Twice(
        known_family(),
        known_family(name="Beck", child="Sofie", parent="Kelly-Ann", at=AT + timedelta(minutes=1)),
        worker("administrator"),
    )
