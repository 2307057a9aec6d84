"""Addresses of the team's screens, under `/gestion/`."""

from django.urls import path

from commun.cooperation.admin import needs, proposals

app_name = "cooperation_team"
urlpatterns = [
    path("besoins/", needs.index, name="needs"),
    path("besoins/carte/", needs.geography, name="needs_map"),
    path("besoins/<int:pk>/", needs.detail, name="need"),
    path("besoins/<int:pk>/prendre/", needs.take, name="need_take"),
    path("besoins/<int:pk>/classement/", needs.edit, name="need_edit"),
    path("besoins/<int:pk>/repondre/", needs.answer, name="need_answer"),
    path("besoins/<int:pk>/clore/", needs.close, name="need_close"),
    path("besoins/<int:pk>/rouvrir/", needs.reopen, name="need_reopen"),
    path("propositions/", proposals.index, name="proposals"),
    path("propositions/vote/", proposals.vote, name="proposals_vote"),
    path("propositions/<int:pk>/<str:act>/", proposals.act, name="proposal_act"),
]
