"""What shows an agreement: a file attached, opened by those who may, set aside, never altered."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from tests.factories.evidence import PDF, signed_form
from tests.factories.families import Help, episode_in
from tests.factories.partnership import AT, signed_in

from earlydoors.domain.consent import attaching
from earlydoors.domain.consent.models import Agreement, Evidence
from earlydoors.foundation import attached
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.scanning import MalwareError

pytestmark = pytest.mark.django_db


@pytest.fixture
def help_() -> Help:
    return episode_in("helping")


@pytest.fixture
def agreement(help_: Help) -> Agreement:
    assert help_.agreement is not None
    return help_.agreement


def send(client: Client, agreement: Agreement, content: bytes, **more: Any) -> Any:
    name = more.pop("name", "Sophie Tarn signed.pdf")
    file = SimpleUploadedFile(name, content) if content else ""
    sent = {"says": "The form, signed on paper", "file": file, **more}
    return client.post(reverse("agreement:attach", args=[agreement.pk]), sent)


def photograph(kind: str = "JPEG") -> bytes:
    """A picture that says where it was taken, lies on its side, and has a corner of its own."""
    picture = Image.new("RGB", (40, 20), "white")
    picture.paste("black", (0, 0, 10, 5))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif.get_ifd(0x8825)[2] = (54.0, 32.0, 10.0)  # the latitude
    made = BytesIO()
    picture.save(made, kind, exif=exif, comment="taken at home")
    return made.getvalue()


def test_a_file_is_attached_and_opened_by_who_sees_the_record(
    help_: Help, agreement: Agreement
) -> None:
    client = signed_in(help_.lead)
    form = reverse("agreement:form", args=[agreement.pk])
    assert "Nothing is attached" in client.get(form).content.decode()

    assert send(client, agreement, PDF)["Location"] == form

    page = client.get(form).content.decode()
    assert "The form, signed on paper" in page
    one = Evidence.objects.get()
    opened = client.get(reverse("agreement:evidence", args=[one.pk]))
    assert opened.content == PDF
    assert opened["Content-Type"] == "application/pdf"
    assert opened["X-Content-Type-Options"] == "nosniff"
    assert opened["Content-Disposition"].startswith("attachment;")
    assert "Sophie" not in opened["Content-Disposition"]
    assert AuditEvent.objects.filter(verb="family.looked", details__part="evidence").count() == 1
    assert AuditEvent.objects.get(verb="consent.evidence_attached").details == {
        "kind": "pdf",
        "fingerprint": one.fingerprint,
    }


def test_somebody_else_neither_attaches_nor_opens(help_: Help, agreement: Agreement) -> None:
    one = signed_form(help_)
    client = signed_in(help_.outsider)
    assert send(client, agreement, PDF).status_code == 404
    for route in ("evidence", "aside"):
        assert client.get(reverse(f"agreement:{route}", args=[one.pk])).status_code == 404
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photograph_loses_where_it_was_taken_and_stands_upright(
    help_: Help, agreement: Agreement, kind: str
) -> None:
    send(signed_in(help_.lead), agreement, photograph(kind), name="IMG_0001.jpg")
    one = Evidence.objects.get()
    with Image.open(BytesIO(bytes(one.file.content))) as kept:
        assert (kept.format, kept.size) == (kind, (20, 40))
        assert not dict(kept.getexif())
        assert not {"exif", "comment", "Comment"} & kept.info.keys()
        corner: Any = kept.convert("L").getpixel((18, 2))
        assert corner < 60
    assert one.kind == kind.lower()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Choose a file."),
        (b"<html><script>alert(1)</script>", "not a PDF, JPEG or PNG"),
        (b"PK\x03\x04 a document", "not a PDF, JPEG or PNG"),
        (photograph()[:200], "not a PDF, JPEG or PNG, or it is damaged"),
        (b"%PDF-1.7" + b" " * attached.LARGEST, "larger than 10 MB"),
    ],
    ids=["nothing", "a page", "a document", "half a picture", "too large"],
)
def test_what_is_not_taken_says_why_and_keeps_what_was_typed(
    help_: Help, agreement: Agreement, content: bytes, says: str
) -> None:
    page = send(signed_in(help_.lead), agreement, content).content.decode()
    assert says in page
    assert 'value="The form, signed on paper"' in page
    assert not Evidence.objects.exists()


def test_a_picture_of_too_many_points_is_not_opened(
    help_: Help, agreement: Agreement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attached, "_MOST_POINTS", 40 * 20 - 1)
    page = send(signed_in(help_.lead), agreement, photograph())
    assert "too many points" in page.content.decode()


def test_it_has_to_be_said_what_it_is(help_: Help, agreement: Agreement) -> None:
    page = send(signed_in(help_.lead), agreement, b"", says=" ").content.decode()
    assert page.count("There is a problem") == 1
    assert page.index("Choose a file.") < page.index("Write an answer: What is it")
    assert not Evidence.objects.exists()


def test_the_same_file_is_kept_once(help_: Help, agreement: Agreement) -> None:
    client = signed_in(help_.lead)
    send(client, agreement, PDF)
    assert "attached to the agreement already" in send(client, agreement, PDF).content.decode()
    assert Evidence.objects.count() == 1


def test_there_is_an_end_to_how_many(
    help_: Help, agreement: Agreement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "MOST", 1)
    client = signed_in(help_.lead)
    send(client, agreement, PDF)
    assert "Set one aside first" in send(client, agreement, PDF + b"\n").content.decode()


def test_what_carries_malware_is_not_taken_and_that_is_kept(
    help_: Help, agreement: Agreement, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(_: Any) -> None:
        raise MalwareError("Eicar")

    monkeypatch.setattr("earlydoors.web.agreement.evidence.look_through", found)
    page = send(signed_in(help_.lead), agreement, PDF)
    assert "carries something harmful" in page.content.decode()
    assert not Evidence.objects.exists()
    assert AuditEvent.objects.get(verb="consent.evidence_refused").details["malware"] == "Eicar"


def test_a_mistake_is_set_aside_with_a_reason_and_kept(help_: Help, agreement: Agreement) -> None:
    one = signed_form(help_)
    client = signed_in(help_.lead)
    address = reverse("agreement:aside", args=[one.pk])
    assert client.post(address, {"why": ""}).status_code == 200

    client.post(address, {"why": "Another family’s form"})

    one.refresh_from_db()
    assert one.set_aside_why == "Another family’s form"
    assert one.file.content
    assert one.says not in client.get(
        reverse("agreement:form", args=[agreement.pk])
    ).content.decode().replace("set aside", "")
    assert client.get(reverse("agreement:evidence", args=[one.pk])).status_code == 404
    # What was set aside by mistake can be attached again.
    send(client, agreement, bytes(one.file.content))
    assert Evidence.objects.filter(set_aside_at=None).count() == 1
    assert one.set_aside_at >= AT  # type: ignore[operator]
