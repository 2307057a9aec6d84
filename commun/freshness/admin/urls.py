"""Addresses of the team's screens."""

from __future__ import annotations

from django.urls import path

from commun.freshness.admin import views

app_name = "freshness_team"
urlpatterns = [
    path("a-verifier/", views.index, name="index"),
    path("a-verifier/<int:pk>/", views.detail, name="page"),
    path("a-verifier/<int:pk>/confirmer/", views.confirm, name="confirm"),
    path("a-verifier/signalement/<int:pk>/repondre/", views.answer, name="answer"),
    path("a-verifier/signalement/<int:pk>/rouvrir/", views.reopen, name="reopen"),
    path("a-verifier/<int:page>/lien/<int:pk>/<slug:act>/", views.link, name="link"),
]
