"""Addresses of the team's screens, under `/gestion/contributions/`."""

from django.urls import path

from commun.contributions.admin import acts, feeds, views

app_name = "contributions_team"
urlpatterns = [
    path("", views.index, name="index"),
    path("prochain-numero/", views.board, name="board"),
    path("flux/", feeds.index, name="feeds"),
    path("flux/ajouter/", feeds.add, name="feed_add"),
    path("flux/<int:pk>/", feeds.detail, name="feed"),
    path("flux/<int:pk>/<slug:name>/", feeds.act, name="feed_act"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/fichier/<int:file>/", views.file, name="file"),
    path("<int:pk>/brouillon/", acts.draft, name="draft"),
    path("<int:pk>/confier/", acts.assign, name="assign"),
    path("<int:pk>/prendre/", acts.take, name="take"),
    path("<int:pk>/demander/", acts.ask, name="ask"),
    path("<int:pk>/repondre/", acts.answer, name="answer"),
    path("<int:pk>/refuser/", acts.decline, name="decline"),
    path("<int:pk>/indesirable/", acts.spam, name="spam"),
    path("<int:pk>/rattacher/", acts.merge, name="merge"),
    path("<int:pk>/separer/", acts.split, name="split"),
    path("<int:pk>/annuler/<int:event>/", acts.undo, name="undo"),
]
