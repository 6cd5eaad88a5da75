"""Which records are joined, which pairs wait, and who may look at them."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from earlydoors.domain.access.queries import grants_of, shut_to
from earlydoors.domain.joining.models import Apart, Joining, Pair
from earlydoors.domain.joining.states import OPEN
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import FamilyMember, Person
from earlydoors.foundation.wall.acting import crossing


def joined_away(person: str = "pk") -> Exists:
    """Records that hang on another: leave them out of every list and search with
    `.exclude(joined_away())`; `person` is where the row has its person."""
    return Exists(Joining.objects.filter(other=OuterRef(person), undone_at=None))


@crossing("joining")
def now_of(person_id: UUID) -> UUID:
    """The record that someone is found by today: their own, or the one theirs was joined with."""
    seen = {person_id}
    while True:
        further = Joining.objects.filter(other=person_id, undone_at=None).values_list("kept")
        found = further.first()
        if found is None or found[0] in seen:
            return person_id
        person_id = found[0]
        seen.add(person_id)


def are_apart(one: Person, two: Person) -> Apart | None:
    """The standing mark that two records are two people."""
    return Apart.objects.filter(of_both(one.pk, two.pk), lifted_at=None).first()


def pair_of(one: Person, two: Person) -> Pair | None:
    """The pair of two records, whichever comes first."""
    return Pair.objects.filter(of_both(one.pk, two.pk)).first()


def of_both(one: UUID, two: UUID) -> Q:
    """Rows of two records, whichever comes first."""
    return Q(first=one, second=two) | Q(first=two, second=one)


def _closed_to(actor: Actor, person: str) -> Exists:
    """Rows whose person has a place in a family that is not wholly open to the actor."""
    open_ = grants_of(actor).filter(extent="full", family=OuterRef("family"))
    places = FamilyMember.objects.filter(person=OuterRef(person))
    return Exists(places.filter(~Exists(open_)))


def kept_from(actor: Actor, person: str) -> Exists:
    """Rows whose person is in a family whose record is shut to the actor."""
    places = FamilyMember.objects.filter(person=OuterRef(person), left_on=None)
    return Exists(places.filter(family__in=shut_to(actor)))


def pairs_for(actor: Actor) -> QuerySet[Pair]:
    """The pairs an actor may look at: both people's families are open to them, unless they keep
    the whole register. None without the right to join."""
    if not actor.may(Right.JOIN):
        return Pair.objects.none()
    pairs = _in_the_open(actor)
    if not actor.may(Right.KEEP_REGISTER):
        pairs = pairs.exclude(_closed_to(actor, "first")).exclude(_closed_to(actor, "second"))
    return pairs


def _in_the_open(actor: Actor) -> QuerySet[Pair]:
    """All pairs but those of people whose record is shut to the actor, even to be counted."""
    return Pair.objects.exclude(kept_from(actor, "first")).exclude(kept_from(actor, "second"))


def waiting(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Those that wait for somebody. A pair with a record that hangs on another waits no more."""
    return pairs.filter(state__in=OPEN).exclude(joined_away("first")).exclude(joined_away("second"))


@crossing("joining")
def out_of_sight(actor: Actor) -> int:
    """How many pairs wait that this actor may not look at."""
    if not actor.may(Right.JOIN):
        return 0
    return waiting(_in_the_open(actor)).count() - waiting(pairs_for(actor)).count()


def pair_for(actor: Actor, pair_id: UUID) -> Pair:
    """A pair within the actor's scope. Raises `Pair.DoesNotExist` outside it."""
    return pairs_for(actor).select_related("first", "second", "created_by").get(pk=pair_id)


def joinings_for(actor: Actor) -> QuerySet[Joining]:
    """The joinings an actor may look at, undone ones too."""
    return Joining.objects.filter(pair__in=pairs_for(actor)).select_related(
        "kept", "other", "created_by", "undone_by", "pair"
    )


def joining_for(actor: Actor, joining_id: UUID) -> Joining:
    """A joining within the actor's scope. Raises `Joining.DoesNotExist` outside it."""
    return joinings_for(actor).get(pk=joining_id)


def joined_into(person: Person) -> list[Joining]:
    """The standing joinings of which this is the record that was kept, the latest first."""
    found = Joining.objects.filter(kept=person, undone_at=None).select_related("kept", "other")
    return list(found.order_by("-layer"))


def builds_on(joining: Joining) -> Joining | None:
    """The later joining that has to be undone before this one."""
    later = Joining.objects.filter(
        Q(kept=joining.kept_id) | Q(other=joining.kept_id),
        undone_at=None,
        layer__gt=joining.layer,
    )
    return later.select_related("kept", "other").order_by("-layer").first()


def top_layer(*people: Person) -> int:
    """How many joinings stand on top of one another under these records; 0 for none."""
    standing = Joining.objects.filter(
        Q(kept__in=people) | Q(other__in=people), undone_at=None
    ).order_by("-layer")
    return standing.values_list("layer", flat=True).first() or 0
