"""Public addresses of this room."""

from __future__ import annotations

from django.urls import path

from commun.freshness.views import public

app_name = "freshness"
urlpatterns = [
    path("signaler/<int:pk>/", public.report, name="report"),
    path("signalement/<token:token>/", public.reported, name="reported"),
    path("signalement-adresse/<token:token>/", public.address, name="address"),
    path("toujours-vrai/<token:token>/", public.still_true, name="still_true"),
]
