"""Addresses of the moderation's screens, under `/gestion/mandats/`."""

from django.urls import path

from commun.territories.admin import organisations, views

app_name = "mandates_team"
urlpatterns = [
    path("", views.index, name="index"),
    path("demandes/<int:pk>/", views.request_page, name="request"),
    path("demandes/<int:pk>/piece/", views.document, name="document"),
    path("demandes/<int:pk>/annuler/", views.undo, name="undo"),
    path("<int:pk>/", views.membership, name="membership"),
    path("<int:pk>/decider/", views.decide_membership, name="decide_membership"),
    path("organismes/<int:pk>/", organisations.organisation, name="organisation"),
    path("organismes/<int:pk>/verifier/", organisations.check, name="check_organisation"),
]
