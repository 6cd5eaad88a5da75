"""Addresses of the requests about the information that is held on somebody."""

from django.urls import path

from earlydoors.web.information import disputed, gathered, views
from earlydoors.web.information.steps import STEPS

app_name = "information"
urlpatterns = [
    path("", views.everything, name="list"),
    path("new/", views.new, name="new"),
    path("<uuid:information_id>/", views.one, name="one"),
    path("<uuid:information_id>/who/", views.who, name="who"),
    path("<uuid:information_id>/take-up/", views.take_up, name="take_up"),
    path("<uuid:information_id>/gathered/", gathered.gathered, name="gathered"),
    path("<uuid:information_id>/copy/", gathered.make, name="make"),
    path("passages/<uuid:passage_id>/", gathered.passage, name="passage"),
    path("passages/<uuid:passage_id>/disagree/", disputed.disagree, name="disagree"),
    path("receivers/<uuid:receiver_id>/", disputed.receiver, name="receiver"),
    path("copies/<uuid:copy_id>/", gathered.copy, name="copy"),
    path("copies/<uuid:copy_id>/document/", gathered.document, name="document"),
    path("copies/<uuid:copy_id>/file/", gathered.file, name="file"),
    path("copies/<uuid:copy_id>/paper/", gathered.paper, name="paper"),
    *(
        path(f"<uuid:information_id>/{key.replace('_', '-')}/", views.step, {"key": key}, name=key)
        for key in STEPS
    ),
]
