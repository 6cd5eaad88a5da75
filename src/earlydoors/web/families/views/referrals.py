"""A referral to social care, as it was recorded."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families import pages
from earlydoors.web.families.scope import frame, looked, whole


def referral(request: PageRequest, family_id: UUID, referral_id: UUID) -> HttpResponse:
    """What the worry was, who was told of it, when and how, and whether the family knew."""
    family = whole(request, family_id)
    found = get_object_or_404(family.harm_referrals.select_related("created_by"), pk=referral_id)
    looked(request, family, "harm")
    page = pages.referral_page(frame(request, family, "chronology"), found)
    return render(request, "families/referral.html", page=page)
