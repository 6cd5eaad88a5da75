"""The written agreement as a paper: for the worker to give, and for whoever agreed to keep."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from tests.factories.families import Help, consent_given, episode_in
from tests.factories.partnership import AT, signed_in, worker
from tests.integration.web.yourfamily.conftest import signs_in

from earlydoors.domain.consent.models import Agreement, Covered, Heard, Sharing
from earlydoors.domain.partnership.models import Setting
from earlydoors.domain.people.operations import keep_from, place_at, take_in, write_down
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.profile.current import current

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("assets")]


@pytest.fixture
def help_() -> Help:
    return episode_in("helping")


def read(answer: Any) -> str:
    """What a paper says, as one line."""
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def paper_of(client: Client, agreement: Agreement) -> str:
    return read(client.get(reverse("agreement:paper", args=[agreement.pk])))


def test_it_says_in_plain_words_what_was_agreed(help_: Help) -> None:
    given = help_.agreement
    assert given is not None
    given.change(
        by=help_.lead, at=AT, parts=["plan"], purpose="Calmer mornings.", helped_by=["easy_read"]
    )
    Covered.make(by=help_.lead, at=AT, agreement=given, person=help_.child)
    said = paper_of(signed_in(help_.lead), given)
    for words in (
        "What you agreed",
        "Calmer mornings.",
        "This is about: Sophie Tarn.",
        "You agreed that we pass on: • Our plan, and how it goes",
        "We do not pass on:",
        "with easy read or pictures",
        current().words.social_care.one,
        "One copy is yours to keep.",
    ):
        assert words in said, words


def test_it_is_tagged_and_names_nobody_in_its_own_data(help_: Help) -> None:
    assert help_.agreement is not None
    answer = signed_in(help_.lead).get(reverse("agreement:paper", args=[help_.agreement.pk]))
    paper = PdfReader(BytesIO(answer.content))
    root: Any = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert paper.metadata is not None
    assert (paper.metadata.title, paper.metadata.author) == ("What you agreed", None)
    assert answer["Content-Disposition"] == 'attachment; filename="agreement.pdf"'
    looked = AuditEvent.objects.filter(verb="family.looked", details__part="agreement")
    assert looked.count() == 1


def test_the_law_stands_apart_from_the_agreement(help_: Help) -> None:
    given = help_.agreement
    assert given is not None
    client = signed_in(help_.lead)
    page = client.get(reverse("agreement:form", args=[given.pk])).content.decode()
    stated = {one.key: one for one in current().information.bases}
    for found in (page, paper_of(client, given)):
        law = found.split("The law about records")[1]
        assert "Your agreement is about the help." in law
        assert stated["public_bodies"].plain in law
        # The family shares with no charity, so its basis is not theirs to read about.
        assert stated["voluntary_bodies"].plain not in law
    assert "assumed:" in page


def test_what_must_not_reach_them_stays_out_of_every_copy(help_: Help) -> None:
    """A father agrees for himself; the nursery is kept from him, and why somebody was not asked
    is for nobody of the family."""
    lead, nursery = help_.lead, Setting.objects.filter(agency__kind="early_years").first()
    assert nursery is not None
    father = write_down(given_name="Daniel", family_name="Reid", by=lead, at=AT)
    take_in(
        family=help_.family, person=father, relation="father", on=local_day(AT),
        parental_responsibility=True, lives_here=False, by=lead, at=AT,
    )  # fmt: skip
    place = place_at(
        person=help_.child, kind="nursery", says=nursery.name, setting=nursery,
        family=help_.family, by=lead, at=AT,
    )  # fmt: skip
    keep_from(place=place, person=father, why="He is not to know.", family=help_.family,
              by=lead, at=AT)  # fmt: skip
    first = help_.agreement
    assert first is not None
    given = Agreement.make(
        by=lead, at=AT, family=help_.family, person=father, agreed_on=local_day(AT),
        told_how="phone", in_writing=True, form_record=first.form_record,
        purpose=f"Mornings at {nursery.name}.",
    )  # fmt: skip
    Sharing.make(
        by=lead, at=AT, agreement=given, agency=nursery.agency, setting=nursery, shares=True
    )
    Heard.make(
        by=lead, at=AT, agreement=given, person=help_.parent, said="not_asked",
        why_not="She hides from him.",
    )  # fmt: skip
    own = signs_in(father, lead)
    copies = [
        paper_of(signed_in(lead), given),
        read(own.get(reverse("yourfamily:agreement", args=[given.pk]))),
    ]
    for said in copies:
        assert nursery.name not in said
        assert "She hides from him" not in said
        assert "He is not to know" not in said
        assert "Daniel Reid" in said


def test_whoever_agreed_has_their_own_and_nobody_elses(help_: Help) -> None:
    given = help_.agreement
    assert given is not None
    address = reverse("yourfamily:agreement", args=[given.pk])
    mother = signs_in(help_.parent, help_.lead)
    assert "What you agreed" in read(mother.get(address))
    assert AuditEvent.objects.filter(verb="family.looked", details__part="own page").exists()
    assert signs_in(help_.child, help_.lead).get(address).status_code == 404
    stranger = write_down(given_name="Sam", family_name="Else", by=help_.lead, at=AT)
    assert signs_in(stranger, help_.lead).get(address).status_code == 404
    assert signed_in(help_.lead).get(address).status_code == 404
    assert signed_in(worker()).get(reverse("agreement:paper", args=[given.pk])).status_code == 404


def test_it_can_be_made_to_be_filled_in(help_: Help) -> None:
    client = signed_in(help_.lead)
    for name, extra in (("blank_paper", []), ("blank_paper_for", [help_.parent.pk])):
        said = read(client.get(reverse(f"agreement:{name}", args=[help_.family.pk, *extra])))
        assert "Saying yes to early help" in said
        assert "Health, disability, and how we feel" in said
        assert ("Kelly Tarn" in said) == bool(extra)


def test_an_agreement_taken_back_says_so(help_: Help) -> None:
    given = help_.agreement
    assert given is not None
    consent_given(help_)
    assert "This was taken back on" in paper_of(signed_in(help_.lead), given)
