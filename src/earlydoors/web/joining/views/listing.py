"""The list of records that may be two of one person."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from earlydoors.domain.joining import queries
from earlydoors.domain.partnership.rights import Right
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.parts import Count, Pages
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.words import count
from earlydoors.web.joining import pages

A_PAGE = 20
SHOWN = {
    "waiting": "to look at",
    "unsure": "nobody is sure of",
    "apart": "marked as two people",
}
_EXPLAINS = (
    "Two that look alike appear here once the register is compared with itself, or when somebody "
    "notices it on a person’s page."
)
_EMPTY = {
    "waiting": ("No records to look at", _EXPLAINS),
    "unsure": ("Nothing is left open", "Pairs that somebody was not sure of appear here."),
    "apart": (
        "Nobody is marked as two people",
        "Twins and namesakes appear here once somebody has said that they are two people.",
    ),
}
_ORDER = {"waiting": ("-strength", "created_at", "pk"), "unsure": ("-changed_at", "pk")}


@require_safe
def worklist(request: PageRequest) -> HttpResponse:
    """Pairs of records that wait for somebody, the likeliest first."""
    actor = request.actor
    actor.must(Right.JOIN)
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else "waiting"
    everything = queries.pairs_for(actor)
    open_ = queries.waiting(everything)
    listed = {
        "waiting": open_.filter(state="waiting"),
        "unsure": open_.filter(state="unsure"),
        "apart": everything.filter(state="apart"),
    }
    found = listed[shown].select_related("first", "second", "created_by")
    at = Paginator(found.order_by(*_ORDER.get(shown, ("-changed_at", "pk"))), A_PAGE).get_page(
        request.GET.get("page", "1")
    )
    counts = [
        Count(rows.count(), SHOWN[key], _to(key), active=key == shown)
        for key, rows in listed.items()
    ]
    joined = queries.joinings_for(actor).filter(undone_at=None).count()
    counts.append(Count(joined, "joined", reverse("joining:joinings")))
    hidden = queries.out_of_sight(actor)
    return render(
        request,
        "joining/worklist.html",
        page=pages.Worklist(
            counts=tuple(counts),
            rows=tuple(pages.row_of(pair) for pair in at.object_list),
            pages=Pages(
                number=at.number,
                of=at.paginator.num_pages,
                previous=_to(shown, at.number - 1) if at.has_previous() else None,
                next=_to(shown, at.number + 1) if at.has_next() else None,
            ),
            heading=f"Records {SHOWN[shown]}",
            empty_title=_EMPTY[shown][0],
            empty_text=_EMPTY[shown][1],
            hidden=_hidden(hidden),
        ),
    )


def _hidden(number: int) -> str:
    if not number:
        return ""
    return (
        f"{count(number, 'more pair')} of records concern families that are not open to you. "
        "Whoever keeps the register sees them."
    )


def _to(shown: str, number: int = 1) -> str:
    asked = [f"show={shown}"] if shown != "waiting" else []
    asked += [f"page={number}"] if number > 1 else []
    return reverse("joining:worklist") + (f"?{'&'.join(asked)}" if asked else "")
