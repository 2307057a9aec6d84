"""Addresses of this room."""

from django.urls import path

from commun.territories.views import suggest

app_name = "territories"
urlpatterns = [
    path("annuaire/suggestions/territoires/", suggest.territories, name="suggest_territories"),
    path("annuaire/suggestions/organisations/", suggest.organisations, name="suggest_organisations"),
]
