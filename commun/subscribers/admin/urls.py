"""Addresses of the team's screens, under `/gestion/abonnements/`."""

from django.urls import path

from commun.subscribers.admin import views

app_name = "subscribers_team"
urlpatterns = [
    path("", views.index, name="index"),
    path("ajouter/", views.add, name="add"),
    path("importer/", views.import_file, name="import"),
    path("preuves/", views.proofs, name="proofs"),
    path("ecartees/", views.suppressions, name="suppressions"),
    path("ecartees/<int:pk>/lever/", views.lift, name="lift"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/desabonner/", views.unsubscribe, name="unsubscribe"),
    path("<int:pk>/ecarter/", views.suppress, name="suppress"),
]
