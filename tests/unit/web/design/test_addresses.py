"""An address worked out once is the one that Django gives."""

from uuid import uuid4

import pytest
from django import urls
from django.urls import NoReverseMatch, set_script_prefix

from earlydoors.web.design.addresses import reverse

FORMS = [
    ("home:work", []),
    ("families:family", [uuid4()]),
    ("families:family", [uuid4()]),
    ("families:family", [str(uuid4())]),
    ("families:person", [uuid4(), uuid4()]),
    ("restricted:notice", ["a b/ç"]),
]


@pytest.mark.parametrize(("name", "args"), FORMS)
def test_an_address_is_the_one_that_django_gives(name: str, args: list[object]) -> None:
    try:
        theirs = urls.reverse(name, args=args)
    except NoReverseMatch:
        with pytest.raises(NoReverseMatch):
            reverse(name, args)
        return
    assert reverse(name, args) == theirs
    assert reverse(name, args=args) == theirs


def test_a_route_that_is_not_there_has_no_address() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("families:nothing", [uuid4()])


def test_an_address_lies_where_the_product_does() -> None:
    plain = reverse("home:work")
    set_script_prefix("/early/")
    try:
        assert reverse("home:work") == f"/early{plain}"
    finally:
        set_script_prefix("/")
