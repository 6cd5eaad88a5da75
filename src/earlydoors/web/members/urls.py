"""Looking after the members of one's agency."""

from django.urls import path

from earlydoors.web.members import views

app_name = "members"
urlpatterns = [
    path("", views.show, name="list"),
    path("invite/", views.invite, name="invite"),
    path("invitations/<uuid:invitation_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:member_id>/way-in/", views.way_in, name="way_in"),
    path("<uuid:member_id>/sign-out/", views.sign_out, name="sign_out"),
    path("<uuid:member_id>/end/", views.end, name="end"),
]
