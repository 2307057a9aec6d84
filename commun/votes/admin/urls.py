"""Addresses of the team's screens, under `/gestion/votes/`."""

from django.urls import path

from commun.votes.admin import views

app_name = "votes_team"
urlpatterns = [
    path("", views.index, name="index"),
    path("nouveau/", views.create, name="create"),
    path("<int:pk>/", views.vote, name="vote"),
    path("<int:pk>/modifier/", views.edit, name="edit"),
    path("<int:pk>/annoncer/", views.announce, name="announce"),
    path("<int:pk>/reprendre/", views.take_back, name="take_back"),
    path("<int:pk>/supprimer/", views.delete, name="delete"),
    path("<int:pk>/tirage/", views.draw, name="draw"),
    path("<int:pk>/inviter/", views.invite, name="invite"),
    path("<int:pk>/annuler/", views.cancel, name="cancel"),
    path("<int:pk>/raisons/", views.departure, name="departure"),
    path("<int:pk>/electeurs/", views.electors, name="electors"),
    path("<int:pk>/electeurs/<int:elector>/radier/", views.strike, name="strike"),
]
