"""Addresses of the team's screens, under `/gestion/`."""

from django.urls import path

from commun.peers.admin import introductions, network

app_name = "peers_team"
urlpatterns = [
    path("rencontres/", introductions.index, name="introductions"),
    path("rencontres/liens/", network.index, name="network"),
    path("rencontres/liens/suggerer/<int:first>/<int:second>/", network.suggest, name="suggest"),
]
