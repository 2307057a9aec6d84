"""Addresses of this room."""

from django.urls import path

from commun.votes.views import ballots, downloads, invitations, pages, receipts

app_name = "votes"
urlpatterns = [
    path("votes/", pages.index, name="index"),
    path("votes/recount.py", downloads.program, name="program"),
    path("votes/invitation/<token:token>/", invitations.invitation, name="invitation"),
    path("votes/<slug:slug>/", pages.vote, name="vote"),
    path("votes/<slug:slug>/bulletin/", ballots.choose, name="choose"),
    path("votes/<slug:slug>/bulletin/<int:elector>/", ballots.ballot, name="ballot"),
    path("votes/<slug:slug>/verifier/", receipts.verify, name="verify"),
    path("votes/<slug:slug>/recu/<int:number>/<str:commitment>/", receipts.receipt, name="receipt"),
    path("votes/<slug:slug>/bulletins/", pages.published, name="published"),
    path("votes/<slug:slug>/proces-verbal/", pages.minutes, name="minutes"),
    path("votes/<slug:slug>/urne.jsonl", downloads.box, name="box"),
    path("votes/<slug:slug>/electeurs.jsonl", downloads.electorate, name="electorate"),
]
