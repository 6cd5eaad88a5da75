"""The copy as a paper: what was taken out is in no form inside the file."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject
from tests.factories.families import MORNING, Help, episode_in
from tests.factories.information import (
    gathered_for,
    looked_at,
    passage_with,
    readable,
    request_about,
    weighed,
)
from tests.factories.partnership import signed_in, worker

from earlydoors.domain.information import bundling, releasing
from earlydoors.domain.information.models import Copy
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people import facts
from earlydoors.domain.people import operations as people
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.profile.current import current
from earlydoors.web.information.paper import paper_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("assets")]
CAREFUL = "Mr Pike of number 9 told us in confidence"
WHOLE = "07700 900123"


@pytest.fixture
def help_() -> Help:
    help_ = episode_in("helping")
    people.describe(family=help_.family, careful=CAREFUL, by=help_.lead, at=help_.at)
    facts.add_route(
        person=help_.child, kind="mobile", value=WHOLE, safe="care", how="Text only",
        by=help_.lead, at=help_.at,
    )  # fmt: skip
    return help_


@pytest.fixture
def guardian() -> Actor:
    return worker("auditor", name="Grace Guard")


@pytest.fixture
def made(help_: Help, guardian: Actor) -> Copy:
    """A copy with words taken out of one passage, and another passage taken out whole."""
    one = request_about(help_, by=guardian, state="working")
    held = gathered_for(one, by=guardian)
    given: dict[str, Any] = {"by": guardian, "at": datetime.now(UTC), "reason": "another"}
    bundling.decide(
        passage=passage_with(held, CAREFUL), hides="words", words=["Mr Pike", "number 9"], **given
    )
    bundling.decide(passage=passage_with(held, WHOLE), hides="all", **given)
    weighed(one, by=guardian)
    for _ in range(2):  # what was taken out whole has plain words too, which stand elsewhere
        looked_at(held, by=guardian)
        copy = releasing.make_copy(
            request=one, profile=current(), readable=readable, by=guardian, at=given["at"]
        )
        if copy is not None:
            return copy
    raise AssertionError("no copy was made")


def everything_in(file: bytes) -> str:
    """All that can be got out of a file: its text, its bookmarks, what it says of itself, each
    string and each stream of every object."""
    reader = PdfReader(BytesIO(file))
    found = [page.extract_text() for page in reader.pages]
    found += [str(reader.metadata), file.decode("latin-1")]
    for number in range(1, int(str(reader.trailer["/Size"]))):
        found += _inside(reader.get_object(number))
    return "\n".join(found)


def _inside(one: Any) -> list[str]:
    found: list[str] = []
    if isinstance(one, StreamObject):
        found.append(one.get_data().decode("latin-1"))
    if isinstance(one, DictionaryObject):
        return found + [said for held in one.values() for said in _inside(held)]
    if isinstance(one, ArrayObject):
        return [said for held in one for said in _inside(held)]
    return [*found, str(one)]


def test_what_was_taken_out_is_in_no_form_inside_the_file(made: Copy, guardian: Actor) -> None:
    client = signed_in(guardian)

    answer = client.get(reverse("information:paper", args=[made.pk]))

    found = everything_in(answer.content)
    flat = " ".join(found.split())
    assert MORNING in flat, "what goes out is found by this reading, so what does not would be too"
    assert "told us in confidence" in flat
    assert "taken out: it is about another person" in flat
    squeezed = "".join(found.split()).casefold()
    for out in ("Pike", "number 9", WHOLE, "900123", "Text only"):
        assert "".join(out.split()).casefold() not in squeezed


def test_it_is_read_by_a_screen_reader_and_its_title_names_nobody(
    made: Copy, guardian: Actor
) -> None:
    answer = signed_in(guardian).get(reverse("information:paper", args=[made.pk]))

    reader = PdfReader(BytesIO(answer.content))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "The information held"
    assert made.content_mark[:16] in reader.pages[0].extract_text()
    read = AuditEvent.objects.filter(verb="information.copy_read", subject_id=str(made.pk))
    assert [one.details["part"] for one in read] == ["paper"]


def test_the_paper_is_made_of_what_went_out_and_of_nothing_else(made: Copy) -> None:
    before = paper_of(made)
    for passage in made.request.gatherings.get().passages.all():
        passage.parts = [{"label": "Says", "says": "Something else"}]
        passage.save(update_fields=["parts"])

    assert paper_of(Copy.objects.get(pk=made.pk)) == before
