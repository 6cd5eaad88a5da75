"""What an address may take, from the small world that the guards open every page in."""

from collections.abc import Callable
from typing import Any

from tests.factories.evidence import signed_form
from tests.factories.families import shared_with_police

from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.profile.current import current


def _first_section(purpose: Purpose) -> Callable[[Any], str]:
    return lambda _: current().form_for(purpose).sections[0].key


def _child_section(_: Any) -> str:
    form = current().form_for(Purpose.ASSESSMENT)
    return next(s.key for s in form.sections if s.repeat == "each_child")


def outcome(world: Any) -> Any:
    assert world.help.plan is not None
    return world.help.plan.outcomes.first()


VALUES: dict[str, Callable[[Any], Any]] = {
    "key": lambda _: "council",
    "token": lambda w: w.token,
    "member_id": lambda w: w.member.pk,
    "restricted:member_id": lambda w: w.help.lead.member.pk,
    "restriction_id": lambda w: w.restriction.pk,
    "notice_id": lambda w: w.notice.pk,
    "declaration_id": lambda w: w.declaration.pk,
    "looks:member_id": lambda w: w.help.lead.member.pk,
    "invitation_id": lambda w: w.invitation.pk,
    "family_id": lambda w: w.help.family.pk,
    "person_id": lambda w: w.help.child.pk,
    "frontdoor:person_id": lambda w: w.request.people.first().pk,
    "episode_id": lambda w: w.help.episode.pk,
    "assessment_id": lambda w: w.help.assessment.pk,
    "other_id": lambda w: w.other.pk,
    "plan_id": lambda w: w.help.plan.pk,
    "request_id": lambda w: w.request.pk,
    "conversation_id": lambda w: w.conversation.pk,
    "agreement_id": lambda w: w.help.agreement.pk,
    "evidence_id": lambda w: signed_form(w.help).pk,
    "decision_id": lambda w: shared_with_police(w.help).pk,
    "refusal_id": lambda w: w.help.family.refusals.get().pk,
    "outcome_id": lambda w: outcome(w).pk,
    "action_id": lambda w: outcome(w).actions.first().pk,
    "need_id": lambda w: w.help.episode.needs.first().pk,
    "meeting_id": lambda w: w.meeting.pk,
    "panels:meeting_id": lambda w: w.sitting.pk,
    "attendance_id": lambda w: w.meeting.attendance.first().pk,
    "review_id": lambda w: w.review.pk,
    "closing_id": lambda w: w.help.closing.pk,
    "place_id": lambda w: w.place.pk,
    "families:leave_team.place_id": lambda w: (
        w.help.episode.team.filter(person__isnull=False).get().pk
    ),
    "relationship_id": lambda w: w.relationship.pk,
    "responsibility_id": lambda w: w.responsibility.pk,
    "connection_id": lambda w: w.connection.pk,
    "ask_id": lambda w: w.ask.pk,
    "opening_id": lambda w: w.opening.pk,
    "name_id": lambda w: w.name.pk,
    "number_kind": lambda _: "nhs",
    "route_id": lambda w: w.route.pk,
    "event_id": lambda w: w.event.pk,
    "picture": lambda _: "genogram",
    "form": lambda _: "svg",
    "group": lambda _: "needs",
    "kept_id": lambda w: w.kept.pk,
    "referral_id": lambda w: w.help.referral.pk,
    "passage_id": lambda w: w.asked_about.gatherings.get().passages.first().pk,
    "receiver_id": lambda w: w.asked_about.receivers.first().pk,
    "copy_id": lambda w: w.asked_about.copies.get().pk,
    "information_id": lambda w: w.asked_about.pk,
    "retention:review_id": lambda w: w.over.pk,
    "study_id": lambda w: w.study.pk,
    "studies:tables.study_id": lambda w: w.study_agreed.pk,
    "studies:end.study_id": lambda w: w.study_agreed.pk,
    "certificate_id": lambda w: w.gone.pk,
    "hold_id": lambda w: w.hold.pk,
    "pair_id": lambda w: w.pair.pk,
    "joining_id": lambda w: w.joining.pk,
    "panel_id": lambda w: w.item.panel.pk,
    "item_id": lambda w: w.item.pk,
    "agency_id": lambda w: w.agency.pk,
    "task_id": lambda w: w.task.pk,
    "import_id": lambda w: w.file.pk,
    "imports:undo.import_id": lambda w: w.file_loaded.pk,
    "imports:send.kind": lambda _: "people",
    "imports:rows.which": lambda _: "problems",
    "imports:decide.which": lambda _: "decide",
    "frontdoor:section_key": _first_section(Purpose.REQUEST),
    "plans:section_key": _first_section(Purpose.PLAN),
    "assessments:section_key": _first_section(Purpose.ASSESSMENT),
}
