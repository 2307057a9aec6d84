"""Addresses of the screens of sends, under `/gestion/envois/`."""

from django.urls import path

from commun.mailing.admin import deliverability, operators, sends

app_name = "mailing_sends"
urlpatterns = [
    path("", sends.index, name="index"),
    path("messageries/", operators.index, name="operators"),
    path("messageries/ajouter/", operators.operator, name="add_operator"),
    path("messageries/rythme/", operators.pace, name="pace"),
    path("messageries/<int:pk>/", operators.operator, name="operator"),
    path("messageries/<int:pk>/pause/", operators.pause, name="pause_operator"),
    path("messageries/<int:pk>/rouvrir/", operators.reopen, name="reopen_operator"),
    path("delivrabilite/", deliverability.page, name="deliverability"),
    path("<int:pk>/", sends.send, name="send"),
    path("<int:pk>/avancement/", sends.live, name="live"),
    path("<int:pk>/non-recus.csv", sends.not_received, name="not_received"),
    path("<int:pk>/preuve.json", sends.proof, name="proof"),
    path("<int:pk>/annuler/", sends.cancel, name="cancel"),
    path("<int:pk>/conduire/<slug:action>/", sends.control, name="control"),
    path("<int:pk>/incertaines/", sends.uncertain, name="uncertain"),
    path("<int:pk>/incertaines/<slug:verdict>/", sends.decide, name="decide"),
]
