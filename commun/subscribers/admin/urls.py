"""Addresses of the team's screens, under `/gestion/abonnements/`."""

from django.urls import path

from commun.subscribers.admin import acts, imports, one_person, segments, views

app_name = "subscribers_team"
urlpatterns = [
    path("", views.index, name="index"),
    path("ajouter/", views.add, name="add"),
    path("importer/", imports.bring, name="import"),
    path("importer/<int:pk>/", imports.one, name="import_file"),
    path("importer/<int:pk>/refusees/", imports.refused, name="import_refused"),
    path("importer/<int:pk>/rendre/", imports.give_back, name="import_give_back"),
    *(
        path(f"importer/<int:pk>/{what}/", imports.act, {"what": what}, name=f"import_{what}")
        for what in ("essayer", "ajouter", "abandonner", "defaire")
    ),
    path("agir/", acts.begin, name="act"),
    path("actes/<int:pk>/", acts.one, name="bulk_act"),
    path("actes/<int:pk>/defaire/", acts.undo, name="undo_bulk_act"),
    path("segments/", segments.save, name="save_segment"),
    path("segments/<int:pk>/oublier/", segments.forget, name="forget_segment"),
    path("preuves/", views.proofs, name="proofs"),
    path("preuves/exporter/", one_person.export_address, name="export_address"),
    path("preuves/effacer/", one_person.erase_address, name="erase_address"),
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
