"""The template environment: strict, escaping, with the design system's components at hand."""

from typing import Any

from django.templatetags.static import static
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined

from earlydoors.web.design import words
from earlydoors.web.design.addresses import reverse


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named route."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def environment(**options: Any) -> Environment:
    """Build the environment Django hands its options to.

    An undefined name is an error wherever it is used, so that a page cannot silently leave
    something out. The components are found as `govuk_frontend_jinja/components/...`.
    """
    own = options.pop("loader")
    options.pop("autoescape", None)
    options["undefined"] = StrictUndefined
    made = Environment(
        loader=ChoiceLoader(
            [own, PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})]
        ),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    made.globals.update(url=url, static=static)
    made.filters.update(
        day=words.day,
        day_short=words.day_short,
        moment=words.moment,
        clock=words.clock,
        until=words.until,
        count=words.count,
        count_in_words=words.count_in_words,
        sentence=words.sentence,
        nl2p=words.nl2p,
    )
    return made
