"""The product's addresses and one more: the page that every page is measured against."""

from django.http import HttpResponse
from django.urls import include, path

from earlydoors.config import urls as product
from earlydoors.domain.frontdoor import involvement
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest


def empty(request: PageRequest) -> HttpResponse:
    """Signed in, framed, and nothing else."""
    return render(request, "bench/empty.html")


urlpatterns = [path("bench/empty", empty), path("", include(product.urlpatterns))]

handler400, handler403 = product.handler400, product.handler403
handler404, handler500 = product.handler404, product.handler500

# Eight clients ask in seconds what eight people ask in a week.
involvement.MOST_AN_HOUR = 10**9
