"""Where we are in a long list, and the addresses of the pages beside this one."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page

from earlydoors.web.design.parts import Pages


def pages_of(at: Page[Any], **asked: str) -> Pages:
    """A page of a list by `?page=`, with whatever else the address asks."""

    def to(number: int) -> str:
        return "?" + urlencode({**asked, "page": str(number)})

    return Pages(
        number=at.number,
        of=at.paginator.num_pages,
        previous=to(at.number - 1) if at.has_previous() else None,
        next=to(at.number + 1) if at.has_next() else None,
    )
