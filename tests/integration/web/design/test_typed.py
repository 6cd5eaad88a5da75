"""What somebody types to find somebody is in no address, and stays with their sign-in."""

from urllib.parse import unquote_plus

import pytest
from django.urls import reverse
from tests.factories.families import known_family
from tests.factories.partnership import signed_in, typed_in

from earlydoors.web.design.typed import MOST

pytestmark = pytest.mark.django_db


def test_an_address_carries_a_mark_in_its_place() -> None:
    known = known_family()
    client = signed_in(known.by)
    address = typed_in(client, "Sophie Tarn")
    page = client.get(address).content.decode()
    assert "1 family found for “Sophie Tarn”" in page
    assert "sophie" not in unquote_plus(address).lower()
    assert typed_in(client, "Sophie Tarn") == address, "the same words have the same mark"
    assert typed_in(client, "") == reverse("families:search")


def test_the_words_of_a_chronology_too() -> None:
    known = known_family()
    client = signed_in(known.by)
    path = reverse("families:chronology", args=[known.family.pk])
    sent = {"words": "Grandma Jean", "kind": ["family"], "order": "earliest"}
    answer = client.post(path, sent)
    address = unquote_plus(answer.headers["Location"])
    assert "kind=family" in address
    assert "order=earliest" in address
    assert "grandma" not in address.lower()
    page = client.get(answer.headers["Location"]).content.decode()
    assert 'value="Grandma Jean"' in page
    assert "Grandma" not in "".join(part.split('"')[0] for part in page.split('href="')[1:])


def test_another_sign_in_knows_nothing_of_a_mark() -> None:
    known = known_family()
    address = typed_in(signed_in(known.by), "Sophie")
    page = signed_in(known.by).get(address).content.decode()
    assert "Sophie" not in page.split("<h2")[0]
    assert "Families I see" in page


def test_only_the_latest_are_kept() -> None:
    client = signed_in(known_family().by)
    first = typed_in(client, "Sophie")
    for number in range(MOST):
        last = typed_in(client, f"Somebody {number}")
    assert "found for" not in client.get(first).content.decode()
    assert f"for “Somebody {MOST - 1}”" in client.get(last).content.decode()
