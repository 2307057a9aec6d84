"""Addresses of the team's screens, under `/gestion/`."""

from django.urls import path

from commun.cooperation.admin import needs, projects, proposals

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
    path("projets/", projects.index, name="projects"),
    path("projets/ouvrir/<int:vote>/<int:number>/", projects.open_one, name="project_open"),
    path("projets/<int:pk>/", projects.detail, name="project"),
    path("projets/<int:pk>/modifier/", projects.edit, name="project_edit"),
    path("projets/<int:pk>/clore-appel/", projects.end_call, name="project_end_call"),
    path("projets/<int:pk>/etape/", projects.move, name="project_move"),
    path("projets/<int:pk>/arreter/", projects.give_up, name="project_give_up"),
    path("projets/<int:pk>/bilan/", projects.report, name="project_report"),
    path("propositions/", proposals.index, name="proposals"),
    path("propositions/vote/", proposals.vote, name="proposals_vote"),
    path("propositions/<int:pk>/<str:act>/", proposals.act, name="proposal_act"),
]
