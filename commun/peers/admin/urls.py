"""Addresses of the team's screens, under `/gestion/`."""

from django.urls import path

from commun.peers.admin import introductions

app_name = "peers_team"
urlpatterns = [
    path("rencontres/", introductions.index, name="introductions"),
]
