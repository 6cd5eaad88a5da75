"""A page that is one form: put together, shown again with its faults, or beside theirs."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Self

from django.http import HttpResponse

from earlydoors.domain.partnership.recorded import Recorded
from earlydoors.domain.people.models import Family, Person
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.parts import Row
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families.pages import Earlier, FormPage
from earlydoors.web.families.scope import frame
from earlydoors.web.sections.own import Own

CONFLICT = 409


class Form:
    """One form of a family's record, on its way to becoming a page."""

    def __init__(
        self,
        request: PageRequest,
        family: Family,
        *own: Own,
        title: str,
        button: str,
        back: str = "",
        back_text: str = "",
        tone: str = "primary",
        here: str = "",
        tab: str = "",
    ) -> None:
        self._request, self._own = request, own
        self._earlier: tuple[Earlier, ...] = ()
        self._page = FormPage(
            frame=frame(request, family, here),
            title=title,
            fields=(),
            button=button,
            back=back or reverse("families:family", args=[family.pk]),
            back_text=back_text or str(family),
            tone=tone,
            tab=tab,
        )

    def seen(self, row: Recorded) -> Self:
        """Carry the stamp of the record that the form shows."""
        self._page = replace(self._page, seen=row.changed_at.isoformat())
        return self

    def says(self, *sentences: str) -> Self:
        """Explain, above the questions, what happens and to whom."""
        self._page = replace(self._page, told=(*self._page.told, *sentences))
        return self

    def links(self, *more: tuple[str, str]) -> Self:
        """Add other ways, as links below the form: address and text."""
        self._page = replace(self._page, more=(*self._page.more, *more))
        return self

    def earlier(self, versions: tuple[Earlier, ...]) -> Self:
        """Show what it was before."""
        self._earlier = versions
        return self

    def late(self, sentence: str, row: Recorded, theirs: Sequence[Row]) -> HttpResponse:
        """Somebody else saved in between: their version beside, nothing overwritten. Saving again
        is done knowing theirs."""
        self._own[0].refuse("", sentence)
        self.seen(row)
        self._page = replace(self._page, theirs=tuple(theirs), theirs_by=row.changed_by.name)
        return self.answer(status=CONFLICT)

    def page(self) -> FormPage:
        """The page as it stands, for a template of its own."""
        return replace(
            self._page,
            fields=tuple(field for own in self._own for field in own.fields),
            refusals=tuple(says for own in self._own for says in own.refusals),
        )

    def answer(self, status: int = 200) -> HttpResponse:
        """The page."""
        page = self.page()
        return render(
            self._request,
            "families/form.html",
            page=page,
            status=status,
            page_faulty=page.faulty,
            earlier=self._earlier,
        )


def of_person(
    request: PageRequest,
    family: Family,
    person: Person,
    *own: Own,
    title: str,
    button: str,
    tab: str,
) -> Form:
    """A form about someone of the family; its way back is their page."""
    return Form(
        request,
        family,
        *own,
        title=title,
        button=button,
        back=reverse("families:person", args=[family.pk, person.pk]),
        back_text=person.full_name,
        tab=tab,
    )
