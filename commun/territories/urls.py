"""Addresses of this room."""

from django.urls import path

from commun.territories.views import directory, mandates, renewal, suggest, way_back

app_name = "territories"
_MINE = "mon-espace/collectivites/"
urlpatterns = [
    path("annuaire/suggestions/territoires/", suggest.territories, name="suggest_territories"),
    path("annuaire/suggestions/organisations/", suggest.organisations, name="suggest_organisations"),
    path("annuaire/<slug:slug>/", directory.organisation, name="organisation"),
    path("mandat/renouveler/<token:token>/", renewal.renew, name="renew"),
    path(_MINE, mandates.index, name="mandates"),
    path(f"{_MINE}revenir/", way_back.go_back, name="go_back"),
    path(f"{_MINE}affiliation/", mandates.affiliation, name="affiliation"),
    path(f"{_MINE}ajouter/", mandates.add, name="add"),
    path(f"{_MINE}ajouter/hors-registre/", mandates.add_free, name="add_free"),
    path(f"{_MINE}<int:pk>/", mandates.mandate, name="mandate"),
    path(f"{_MINE}<int:pk>/adresse/", mandates.prove_by_address, name="prove_by_address"),
    path(f"{_MINE}<int:pk>/code/", mandates.send_code, name="send_code"),
    path(f"{_MINE}<int:pk>/code/saisir/", mandates.confirm_code, name="confirm_code"),
    path(f"{_MINE}<int:pk>/verification/", mandates.ask, {"kind": "verification"}, name="ask_check"),
    path(f"{_MINE}<int:pk>/lettre/", mandates.ask, {"kind": "lettre"}, name="ask_letter"),
    path(f"{_MINE}<int:pk>/renouveler/", mandates.renew, name="renew_mine"),
    path(f"{_MINE}<int:pk>/reprendre/", mandates.resume, name="resume"),
    path(f"{_MINE}<int:pk>/quitter/", mandates.leave, name="leave"),
    path(f"{_MINE}<int:pk>/decider/", mandates.decide, name="decide"),
]
