"""Addresses of joining records, and of noticing that there may be two."""

from django.urls import path

from earlydoors.web.joining.views import deciding, done, listing, noticing

app_name = "joining"
_PAIR = "duplicates/<uuid:pair_id>/"
_JOINING = "duplicates/joined/<uuid:joining_id>/"
urlpatterns = [
    path("duplicates/", listing.worklist, name="worklist"),
    path("duplicates/joined/", done.joinings, name="joinings"),
    path(_JOINING, done.joining, name="joining"),
    path(f"{_JOINING}undo", done.undo, name="undo"),
    path(_PAIR, deciding.pair, name="pair"),
    path(f"{_PAIR}two-people", deciding.two_people, name="two_people"),
    path(f"{_PAIR}not-sure", deciding.not_sure, name="not_sure"),
    path(f"{_PAIR}look-again", deciding.look_again, name="look_again"),
    path(
        "families/<uuid:family_id>/people/<uuid:person_id>/same",
        noticing.notice,
        name="notice",
    ),
]
