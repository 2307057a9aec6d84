"""Addresses of this room that people reach from the site or from a mail. `mailing` writes their paths into messages."""

from django.urls import path

from commun.subscribers.views import moving, personal_data, preferences, subscription, unsubscription

app_name = "subscribers"
urlpatterns = [
    path("abonnement/", subscription.subscribe, name="subscribe"),
    path("abonnement/confirmation/<token:token>/", subscription.confirm, name="confirm"),
    path("preferences/", preferences.lost_link, name="lost_link"),
    path("preferences/donnees/<token:token>/", personal_data.personal_data, name="personal_data"),
    path("preferences/donnees/<token:token>/effacement/", personal_data.erase, name="erase"),
    path("preferences/<token:token>/", preferences.preferences, name="preferences"),
    path("preferences/<token:token>/donnees/", preferences.ask_personal_data, name="ask_personal_data"),
    path("preferences/<token:token>/retour/", preferences.come_back, name="come_back"),
    path("preferences/<token:token>/adresse/", moving.ask, name="ask_move"),
    path("preferences/adresse/<token:token>/", moving.confirm, name="move"),
    path("preferences/adresse/<token:token>/refus/", moving.refuse, name="move_back"),
    path("desabonnement/<token:token>/", unsubscription.unsubscribe, name="unsubscribe"),
]
