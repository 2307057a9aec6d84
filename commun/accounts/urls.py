"""Addresses of ProConnect, under `/compte/` (found by allauth beside `provider`)."""

from django.urls import include, path

from commun.accounts import proconnect

urlpatterns = [
    path(
        "proconnect/",
        include(
            [
                path("login/", proconnect.oauth2_login, name="proconnect_login"),
                path("login/callback/", proconnect.oauth2_callback, name="proconnect_callback"),
            ]
        ),
    )
]
