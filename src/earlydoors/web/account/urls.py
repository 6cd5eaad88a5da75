"""Where people sign in and out, and the pages about the product itself."""

from django.urls import path

from earlydoors.web.account import views

app_name = "account"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("practice/", views.practice, name="practice"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("about/", views.about, name="about"),
]
