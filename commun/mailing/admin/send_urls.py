"""Addresses of the screens of sends, under `/gestion/envois/`."""

from django.urls import path

from commun.mailing.admin import sends

app_name = "mailing_sends"
urlpatterns = [
    path("", sends.index, name="index"),
    path("<int:pk>/", sends.send, name="send"),
    path("<int:pk>/avancement/", sends.live, name="live"),
    path("<int:pk>/non-recus.csv", sends.not_received, name="not_received"),
    path("<int:pk>/preuve.json", sends.proof, name="proof"),
    path("<int:pk>/annuler/", sends.cancel, name="cancel"),
    path("<int:pk>/conduire/<slug:action>/", sends.control, name="control"),
    path("<int:pk>/incertaines/", sends.uncertain, name="uncertain"),
    path("<int:pk>/incertaines/<slug:verdict>/", sends.decide, name="decide"),
]
