"""What the pages of a request being written are given."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from earlydoors.domain.frontdoor.models import RequestPerson
from earlydoors.domain.partnership.models import Setting
from earlydoors.web.design.parts import Row, Task, TaskGroup


@dataclass(frozen=True)
class Part:
    """A part of a request being written that is not of the area's form."""

    title: str
    href: str
    done: bool
    begun: bool


@dataclass(frozen=True)
class Written:
    """A request being written: its parts and what is still missing."""

    id: UUID
    about: str
    form: str
    harm: str
    groups: Sequence[TaskGroup]
    missing: Sequence[str]


@dataclass(frozen=True)
class Somebody:
    """Someone a request is about, with where to change them."""

    name: str
    rows: Sequence[Row]
    href: str
    leave_out: str
    known: str


@dataclass(frozen=True)
class Check:
    """The whole request, to be read over before it is sent."""

    id: UUID
    about: str
    harm: str
    rows: Sequence[Row]
    people: Sequence[tuple[str, Sequence[Row], str]]
    answers: Sequence[tuple[str, Sequence[Row]]]
    missing: Sequence[str]
    refusal: str


def task_group(title: str, parts: Iterable[Part]) -> TaskGroup:
    """Parts as a group of a task list."""
    stands = {
        (True, True): ("Done", "done"),
        (True, False): ("Done", "done"),
        (False, True): ("In progress", "due"),
        (False, False): ("Not started", "quiet"),
    }
    return TaskGroup(
        title, [Task(part.title, part.href, *stands[part.done, part.begun]) for part in parts]
    )


def renamed(group: TaskGroup, title: str) -> TaskGroup:
    """A group of tasks under another heading."""
    return replace(group, title=title)


def person_answers(one: RequestPerson) -> dict[str, str]:
    """A person of a request as the questions of its page are answered."""
    flags = {True: "yes", False: "no", None: "not_known"}
    said = {
        "relation": one.relation,
        "given_name": one.given_name,
        "family_name": one.family_name,
        "known_as": one.known_as,
        "born_on": one.born_on.isoformat() if one.born_on else "",
        "due_on": one.due_on.isoformat() if one.due_on else "",
        "home": one.home,
        "postcode": one.postcode,
        "setting": one.setting.key if one.setting else "",
        "phone": one.phone,
        "first_language": one.first_language,
    }
    for name in ("parental_responsibility", "lives_here", "needs_interpreter"):
        said[name] = flags[getattr(one, name)]
    return said


def person_fields(answers: Mapping[str, str]) -> dict[str, object]:
    """The same answers as the operation takes them."""
    flags = {"yes": True, "no": False}
    texts = ("relation", "given_name", "family_name", "known_as", "home", "postcode", "phone",
             "first_language")  # fmt: skip
    fields: dict[str, object] = {name: answers.get(name, "") for name in texts}
    for name in ("born_on", "due_on"):
        fields[name] = date.fromisoformat(answers[name]) if answers.get(name) else None
    for name in ("parental_responsibility", "lives_here", "needs_interpreter"):
        fields[name] = flags.get(answers.get(name, ""))
    key = answers.get("setting")
    fields["setting"] = Setting.objects.filter(key=key).first() if key else None
    return fields
