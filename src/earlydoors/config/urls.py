"""Every address of the product, by the place people go."""

from django.urls import include, path

urlpatterns = [
    path("", include("earlydoors.web.account.urls")),
    path("", include("earlydoors.web.home.urls")),
    path("", include("earlydoors.web.frontdoor.urls")),
    path("", include("earlydoors.web.known.urls")),
    path("", include("earlydoors.web.families.urls")),
    path("", include("earlydoors.web.joining.urls")),
    path("", include("earlydoors.web.agreement.urls")),
    path("", include("earlydoors.web.assessments.urls")),
    path("", include("earlydoors.web.plans.urls")),
    path("panels/", include("earlydoors.web.panels.urls")),
    path("files/", include("earlydoors.web.imports.urls")),
    path("emergencies/", include("earlydoors.web.emergencies.urls")),
    path("members/", include("earlydoors.web.members.urls")),
    path("information/", include("earlydoors.web.information.urls")),
    path("retention/", include("earlydoors.web.retention.urls")),
    path("restricted/", include("earlydoors.web.restricted.urls")),
    path("declared/", include("earlydoors.web.declared.urls")),
    path("looks/", include("earlydoors.web.looks.urls")),
    path("studies/", include("earlydoors.web.studies.urls")),
    path("figures/", include("earlydoors.web.figures.urls")),
    path("installation/", include("earlydoors.web.installation.urls")),
    path("area/", include("earlydoors.web.area.urls")),
    path("your-family/", include("earlydoors.web.yourfamily.urls")),
]

handler400 = "earlydoors.web.design.errors.bad_request"
handler403 = "earlydoors.web.design.errors.not_allowed"
handler404 = "earlydoors.web.design.errors.not_found"
handler500 = "earlydoors.web.design.errors.server_error"
