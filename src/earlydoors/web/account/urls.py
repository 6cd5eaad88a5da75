"""Signing in and out, one's own account, and the pages about the product itself."""

from django.urls import path

from earlydoors.web.account import ending, openid, role, second, views, wayin, yours

app_name = "account"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/second-step/", second.second_step, name="second-step"),
    path("sign-in/passkey/", second.passkey_answer, name="passkey-answer"),
    path("sign-in/passkey/ask/", second.passkey_ask, name="passkey-ask"),
    path("sign-in/with/<slug:key>/", openid.go, name="go-elsewhere"),
    path("sign-in/with/<slug:key>/back/", openid.back, name="came-back"),
    path("way-in/<str:token>/", wayin.way_in, name="way-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("signed-out/", ending.signed_out, name="signed-out"),
    path("staying/", ending.stays, name="staying"),
    path("practice/", views.practice, name="practice"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("about/", views.about, name="about"),
    path("your-account/", yours.yours, name="yours"),
    path("your-account/role/", role.role, name="role"),
    path("your-account/prove/", yours.prove, name="prove"),
    path("your-account/password/", yours.password, name="password"),
    path("your-account/second-step/", second.second_step_due, name="second-step-due"),
    path("your-account/app/", yours.app, name="app"),
    path("your-account/passkey/", yours.passkey, name="passkey"),
    path("your-account/passkey/options/", yours.passkey_options, name="passkey-options"),
    path("your-account/codes/", yours.codes, name="codes"),
    path("your-account/take-away/", yours.take_away, name="take-away"),
    path("your-account/join/", openid.join, name="join-elsewhere"),
    path("your-account/sign-ins/end/", yours.end_sign_in, name="end-sign-in"),
]
