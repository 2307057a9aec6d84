"""Addresses of the team's screens, under `/gestion/abonnements/`."""

from django.urls import path

from commun.subscribers.admin import one_person, views

app_name = "subscribers_team"
urlpatterns = [
    path("", views.index, name="index"),
    path("ajouter/", views.add, name="add"),
    path("importer/", views.import_file, name="import"),
    path("preuves/", views.proofs, name="proofs"),
    path("ecartees/", views.suppressions, name="suppressions"),
    path("ecartees/<int:pk>/lever/", views.lift, name="lift"),
    path("exporter/", one_person.export_list, name="export_list"),
    path("<int:pk>/exporter/", one_person.export, name="export"),
    path("<int:pk>/effacer/", one_person.erase, name="erase"),
    path("<int:pk>/adresse/", one_person.address, name="address"),
    path("<int:pk>/choix/", one_person.choices, name="choices"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/desabonner/", views.unsubscribe, name="unsubscribe"),
    path("<int:pk>/ecarter/", views.suppress, name="suppress"),
]
