"""Disposing of a family's record: the one lawful way in which anything written here goes.

It is done by the owner's login alone: the login of the pages may delete nothing of a record. What
two guardians agreed is asked again in the same transaction: that the record's time is over by the
rules of today, that nothing holds it, that nothing of it is under way. See ADR 23.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.apps import apps
from django.db import connection, models, transaction

from earlydoors.domain.imports.models import Row
from earlydoors.domain.information.saying import TITLES
from earlydoors.domain.matching import index
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.people.models import Account
from earlydoors.domain.retention.ageing import facts_of
from earlydoors.domain.retention.coming_up import ByItself, stands
from earlydoors.domain.retention.going import PERSON, Going, family_of, going
from earlydoors.domain.retention.models import Certificate, Review
from earlydoors.domain.retention.queries import holds_on
from earlydoors.domain.retention.rules import Facts, is_over, last_end, reference_of
from earlydoors.foundation.audit.chain import Signature, record
from earlydoors.foundation.history.models import RowVersion
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.content import fingerprint
from earlydoors.foundation.profile.information import RetentionRule
from earlydoors.foundation.profile.schema import Profile

# What a row is called here, where neither its model nor a copy for somebody says it plainly.
_WORDS: Final = {
    "matching.entry": "A line of the register’s index",
    "joining.pair": "Two records that might be of one person",
    "people.account": "The sign-in of somebody of the family",
    "people.connection": "Somebody or something that matters to them",
    "frontdoor.requestperson": "Somebody whom a request is about",
    "plan.review": "A review of the plan",
    "plan.outcome_needs": "Which needs an outcome answers",
    "retention.review": "What was decided about keeping it",
}
NOT_TWO = "Two information guardians have not agreed to it."
_OF_A_MEMBER = frozenset({
    "partnership.membership.member", "partnership.invitation.member", "account.emailaddress.user",
    "mfa.authenticator.user", "socialaccount.socialaccount.user",
})  # fmt: skip
# What a file's taking back may have deleted of somebody before: their versions alone are left.
_TAKEN_BACK = ("people_name", "people_place", "people_identifier", "people_said")


def agreed() -> list[Review]:
    """What two guardians agreed to dispose of, the oldest first."""
    return list(Review.objects.filter(state="agreed").order_by("agreed_at", "pk"))


def may_delete() -> bool:
    """Whether this login may delete a record: the one that owns the tables, and no other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('public.people_family', 'DELETE')")
        [found] = cursor.fetchone()
    return bool(found)


def would_go(review: Review) -> tuple[int, int]:
    """How many rows and people would go with a record now. Raises `UnableTo` as `going`."""
    found = going(review.family_id, last_end(facts_of(review.family_id)))
    return sum(found.counts.values()), len(found.people)


@transaction.atomic
def dispose(
    *, review: Review, profile: Profile, at: datetime, by: Signature | None = None
) -> Certificate:
    """Dispose of a record that two guardians agreed about, and certify it.

    Raises `UnableTo`, and leaves everything as it was, where it was not agreed, is held, is within
    its time, or is tied to another family's record.
    """
    one = Review.objects.select_for_update().get(pk=review.pk)
    family = family_of(one.family_id)
    facts = facts_of(family.pk)
    rule = _may_go(one, facts, profile, at)
    found = going(family.pk, last_end(facts))
    certificate = _certificate(one, rule, found, profile, at)
    members = _members_of(found)
    _remove(found)
    certificate.members_gone, certificate.members_nameless = _let_go(members)
    certificate.evidence = record(
        "retention.disposed",
        subject=certificate,
        family_id=found.family_id,
        by=by or ByItself(),
        at=at,
        details={
            "rule": rule.key,
            "profile": certificate.profile_version,
            "tables": {line["table"]: line["rows"] for line in certificate.tables},
            "versions": certificate.versions,
            "proposed_by": str(certificate.proposed_by_id),
            "agreed_by": str(certificate.agreed_by_id),
        },
    ).hash
    certificate.save(force_insert=True)
    with connection.cursor() as cursor:
        # Anything that still points at what went, or was put beside it meanwhile, stops it all.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return certificate


def _may_go(one: Review, facts: Facts, profile: Profile, at: datetime) -> RetentionRule:
    if one.state != "agreed" or one.agreed_by_id in {None, one.proposed_by_id}:
        raise UnableTo(NOT_TWO)
    if holds_on(one.family_id):
        raise UnableTo("It is held.")
    if facts.under_way:
        raise UnableTo(f"{facts.under_way}.")
    rule, when = stands(facts, profile)
    if not is_over(when, local_day(at)):
        raise UnableTo("It is within its time by the rules of today.")
    if rule.key != one.rule:
        raise UnableTo("It falls under another rule than the one that was agreed about.")
    return rule


def words_of(label: str) -> str:
    """What the rows of a table are, in plain words."""
    said = _WORDS.get(label) or TITLES.get(label) or str(apps.get_model(label)._meta.verbose_name)
    return said[:1].upper() + said[1:]


def _certificate(
    one: Review, rule: RetentionRule, found: Going, profile: Profile, at: datetime
) -> Certificate:
    if one.proposed_at is None or one.agreed_at is None:
        raise UnableTo(NOT_TWO)
    tables: list[dict[str, Any]] = [
        {
            "table": label,
            "says": words_of(label),
            "rows": number,
            "versions": _versions(label, found.rows[label]),
        }
        for label, number in found.counts.items()
    ]
    return Certificate(
        pk=uuid4(),
        reference=reference_of(one.family_id),
        rule=rule.key,
        rule_says=rule.says,
        rule_source=rule.source,
        area=profile.key,
        profile_version=profile.version,
        profile_mark=fingerprint(profile),
        event=one.event,
        counted_from=one.counted_from,
        due_on=one.due_on,
        tables=tables,
        rows=sum(line["rows"] for line in tables),
        versions=sum(line["versions"] for line in tables),
        kept=[{"says": why, "people": number} for why, number in sorted(found.stay.items())],
        proposed_by=one.proposed_by,
        proposed_at=one.proposed_at,
        agreed_by=one.agreed_by,
        agreed_at=one.agreed_at,
        done_at=at,
    )


def _table(label: str) -> str:
    return str(apps.get_model(label)._meta.db_table)


def _versions(label: str, ids: Iterable[Any]) -> int:
    rows = [str(one) for one in ids]
    return RowVersion.objects.filter(table_name=_table(label), row_id__in=rows).count()


def _remove(found: Going) -> None:
    """Take the rows off, then their earlier versions, which taking off has added to."""
    for person_id in found.people:
        index.forget(person_id)
    _forget_in_files(found.people)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for label, ids in found.rows.items():
            model = apps.get_model(label)
            key = connection.ops.quote_name(str(model._meta.pk.column))
            table = connection.ops.quote_name(model._meta.db_table)
            # Every name comes from the models.
            cursor.execute(f"DELETE FROM {table} WHERE {key} = ANY(%s)", [list(ids)])  # noqa: S608
            cursor.execute(
                "DELETE FROM history_rowversion WHERE table_name = %s AND row_id = ANY(%s)",
                [model._meta.db_table, [str(one) for one in ids]],
            )
        if found.people:
            cursor.execute(
                "DELETE FROM history_rowversion WHERE table_name = ANY(%s) AND ended_by_deletion"
                " AND row->>'person_id' = ANY(%s)",
                [list(_TAKEN_BACK), [str(one) for one in found.people]],
            )


def _forget_in_files(people: Iterable[UUID]) -> None:
    """A line about somebody else may have listed who goes as somebody it could be of."""
    gone = {str(one) for one in people}
    lines = Row.objects.exclude(possible=[])
    near = models.Q(pk__in=[])
    for one in gone:
        near |= models.Q(possible__icontains=one)
    for line in lines.filter(near) if gone else ():
        line.possible = [one for one in line.possible if one["person"] not in gone]
        line.save(update_fields=["possible"])


def _members_of(found: Going) -> list[Member]:
    """The sign-ins of those who go."""
    accounts = Account.objects.filter(person__in=found.rows.get(PERSON, set()))
    return list(Member.objects.filter(pk__in=accounts.values("member")))


def _let_go(members: Iterable[Member]) -> tuple[int, int]:
    """Take the sign-ins of those who went; one that stands beside something that stays becomes
    nameless. Returns how many of each."""
    gone = nameless = 0
    for member in members:
        for rows in _pointing_at(member, own=True):
            rows.delete()
        if any(rows.exists() for rows in _pointing_at(member, own=False)):
            _make_nameless(member)
            nameless += 1
        else:
            Member.objects.filter(pk=member.pk).delete()
            gone += 1
    return gone, nameless


def _pointing_at(member: Member, *, own: bool) -> Iterator["models.QuerySet[Any]"]:
    """The rows of every table that point at a sign-in: those that are its own, or the others."""
    for found in Member._meta.get_fields(include_hidden=True):
        of: Any = found
        if not of.auto_created or of.concrete or of.many_to_many:
            continue
        column = f"{of.related_model._meta.label_lower}.{of.field.name}"
        if (column in _OF_A_MEMBER) is own:
            yield of.related_model._default_manager.filter(**{of.field.name: member})


def _make_nameless(member: Member) -> None:
    member.username, member.name = f"gone.{member.pk.hex}", "Somebody of a family"
    member.email = member.job_title = ""
    member.is_active = False
    member.set_unusable_password()
    member.save()
