"""What a family told before a form is begun: it fills the form, and stands beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from earlydoors.domain.consent.queries import agreements_of, last_refusal
from earlydoors.domain.frontdoor.queries import earlier_requests
from earlydoors.domain.people.models import Family
from earlydoors.domain.records.models import FormRecord
from earlydoors.domain.records.queries import answers_of
from earlydoors.foundation.kernel.dates import day, local_day

CARRIED = "From what was written before"


@dataclass(frozen=True)
class Told:
    """Something the family said: to what question, in which words, and where it is written."""

    asked: str
    words: str
    source: str


def forms_before(family: Family, at: datetime) -> list[FormRecord]:
    """The agreement, the last no and the requests of the last 12 months, the latest first.

    For those to whom the family's whole record is open.
    """
    agreed = [one.form_record for one in agreements_of(family)]
    refused = last_refusal(family)
    asked = [one.form_record for one in earlier_requests(family, at)]
    found = [*agreed, *([refused.form_record] if refused else []), *asked]
    return sorted(found, key=lambda one: one.created_at, reverse=True)


def told_before(family: Family, forms: Iterable[FormRecord]) -> tuple[Told, ...]:
    """The family's and the children's own words in those forms, and why they said no."""
    found = [
        Told(question.asks, str(given), f"{form.form.title}, {day(local_day(form.created_at))}")
        for form in forms
        for section, answers in answers_of(form).items()
        for question in form.form.section(section).questions
        if question.words_of != "worker"
        and not question.withheld
        and (given := answers.get(question.key))
    ]
    refused = last_refusal(family)
    if refused is not None:
        said = f"{refused.person.full_name}, {day(refused.refused_on)}"
        found.append(Told("Why did they say no?", refused.why, said))
    return tuple(found)
