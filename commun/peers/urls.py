"""Public addresses of this room."""

from __future__ import annotations

from django.urls import path

from commun.peers.views import introductions, network, standing

app_name = "peers"
urlpatterns = [
    path("reseau/", network.index, name="network"),
    path("reseau/<slug:slug>/", network.neighbours, name="neighbours"),
    path("ensemble/", standing.index, name="standing"),
    path("ensemble/ouvrir/", standing.begin, name="round_open"),
    path("ensemble/repondre/<token:token>/", standing.answer, name="answer"),
    path("ensemble/<slug:reference>/", standing.show, name="round"),
    path("ensemble/<slug:reference>/liens/", standing.more_links, name="round_links"),
    path("ensemble/<slug:reference>/effacer/", standing.erase, name="round_erase"),
    path("rencontres/demander/<slug:slug>/", introductions.ask, name="ask"),
    path("rencontres/ne-pas-etre-sollicitee/", introductions.quiet, name="quiet"),
    path("rencontre/<token:token>/", introductions.show, name="introduction"),
    path("rencontre/<token:token>/oui/", introductions.accept, name="accept"),
    path("rencontre/<token:token>/pas-cette-fois/", introductions.decline, name="decline"),
    path("rencontre/<token:token>/retirer/", introductions.withdraw, name="withdraw"),
    path("rencontre/<token:token>/aide/", introductions.helped, name="helped"),
    path("rencontre/<token:token>/montrer/", introductions.change_shown, name="change_shown"),
    path("rencontre/<token:token>/silence/", introductions.leave_alone, name="leave_alone"),
    path("rencontre/<token:token>/rendez-vous.ics", introductions.invitation, name="invitation"),
]
