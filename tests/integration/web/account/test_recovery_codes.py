"""Recovery codes: each works once, and what is kept of them can be read by nobody."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils.timezone import now
from tests.integration.web.account.ways import SECOND, enters, is_in, with_app

from earlydoors.domain.partnership.actor import Actor
from earlydoors.web.account import factors

pytestmark = pytest.mark.django_db


def test_a_recovery_code_works_once(strict, kelly: Actor, client: Client) -> None:
    with_app(kelly)
    first, *_ = factors.fresh_codes(kelly.member)
    enters(client, kelly)
    client.post(SECOND, {"code": f" {first[0]} {first[1:6]}-{first[6:]}"})
    assert is_in(client)

    other = Client()
    enters(other, kelly)
    other.post(SECOND, {"code": first})

    assert not is_in(other)
    assert factors.own(kelly.member).codes_left == 9


def test_each_of_the_ten_works_and_none_can_be_read(strict, kelly: Actor) -> None:
    codes = factors.fresh_codes(kelly.member)
    kept = json.dumps(Authenticator.objects.get(user=kelly.member).data)
    assert len(set(codes)) == 10
    assert not [code for code in codes if code in kept or code[1:] in kept]
    assert not [code for code in codes if not factors.check_code(kelly.member, code, now())]
    assert factors.own(kelly.member).codes_left == 0


@pytest.mark.parametrize("code", ["", "0", "x" * 11, "١٢٣٤٥٦٧٨٩٠١", "99999999999", "000000"])
def test_what_is_no_recovery_code_lets_nobody_in(strict, kelly: Actor, code: str) -> None:
    factors.fresh_codes(kelly.member)
    assert not factors.check_code(kelly.member, code, now())
    assert factors.own(kelly.member).codes_left == 10


def test_codes_of_an_earlier_kind_work_no_more_and_nothing_breaks(strict, kelly: Actor) -> None:
    Authenticator.objects.create(
        user=kelly.member, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"}
    )
    assert not factors.check_code(kelly.member, "01234567890", now())
    assert factors.own(kelly.member).codes_left == 0


def test_new_recovery_codes_end_the_old(strict, kelly: Actor, client: Client) -> None:
    with_app(kelly)
    old, *_ = factors.fresh_codes(kelly.member)
    factors.fresh_codes(kelly.member)
    enters(client, kelly)
    client.post(SECOND, {"code": old})
    assert not is_in(client)
