"""My work: one list, in the order in which things need whoever is signed in."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.home import gathering, pages


@require_safe
def work(request: PageRequest) -> HttpResponse:
    """What needs the actor, and what they wait for. A member of a family is led to their own."""
    if request.actor.is_family:
        return redirect("yourfamily:home")
    matters = gathering.matters_of(request.actor, request.today)
    page = pages.work(
        matters,
        request.actor,
        request.today,
        shown=request.GET.get("show", "all"),
        address=reverse("home:work"),
    )
    return render(request, "home/work.html", page=page)
