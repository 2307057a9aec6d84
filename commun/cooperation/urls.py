"""Public addresses of this room."""

from __future__ import annotations

from django.urls import path

from commun.cooperation.views import ideas, inside, needs, projects, starts

app_name = "cooperation"
urlpatterns = [
    path("besoin/<token:token>/", needs.show, name="need"),
    path("besoin/<token:token>/message/", needs.precise, name="need_precise"),
    path("besoin/<token:token>/clore/", needs.finish, name="need_finish"),
    path("besoin/<token:token>/rouvrir/", needs.reopen, name="need_reopen"),
    path("besoin/<token:token>/lettre/", needs.show_to_others, name="need_shown"),
    path("besoin/<token:token>/rappels/", needs.refuse, name="need_refuse"),
    path("idee/<token:token>/", ideas.show, name="idea"),
    path("projets/", projects.index, name="projects"),
    path("projets/<slug:slug>/", projects.show, name="project"),
    path("projets/<slug:slug>/participer/", projects.enrol, name="project_enrol"),
    path("projets/<slug:slug>/quitter/<int:pk>/", projects.leave, name="project_leave"),
    path("projets/<slug:slug>/document/<int:pk>/", inside.file, name="project_file"),
    path("projets/<slug:slug>/espace/", inside.space, name="project_space"),
    path("projets/<slug:slug>/espace/ecrire/", inside.write, name="project_write"),
    path("projets/<slug:slug>/espace/documents/", inside.document, name="project_document"),
    path("projets/<slug:slug>/espace/reunions/", inside.meeting, name="project_meeting"),
    path("projets/<slug:slug>/espace/reunions/<int:pk>/annuler/", inside.cancel_meeting, name="project_meeting_cancel"),
    path("projets/<slug:slug>/espace/reunions/<int:pk>.ics", inside.meeting_ics, name="project_meeting_ics"),
    path("projets/<slug:slug>/espace/plan/", inside.plan, name="project_plan"),
    path("projets/<slug:slug>/espace/plan/etapes/<int:pk>/", inside.step, name="project_step"),
    path("projets/<slug:slug>/espace/plans/<int:pk>/", inside.comment, name="project_comment"),
    path("nous-le-faisons/<int:pk>/", starts.begin, name="start"),
    path("demarche/<token:token>/", starts.news, name="start_news"),
    path("demarche/<token:token>/nouvelles/", starts.tell, name="start_tell"),
    path("demarche/<token:token>/visible/", starts.show, name="start_show"),
    path("demarche/<token:token>/retirer/", starts.remove, name="start_remove"),
    path("demarche/<token:token>/silence/", starts.quiet, name="start_quiet"),
    path("nouvelles-de-projet/<token:token>/", inside.stop_digest, name="digest"),
]
