"""Public addresses of this room."""

from __future__ import annotations

from django.urls import path

from commun.cooperation.views import needs

app_name = "cooperation"
urlpatterns = [
    path("besoin/<str:token>/", needs.show, name="need"),
    path("besoin/<str:token>/message/", needs.precise, name="need_precise"),
    path("besoin/<str:token>/clore/", needs.finish, name="need_finish"),
    path("besoin/<str:token>/rouvrir/", needs.reopen, name="need_reopen"),
    path("besoin/<str:token>/rappels/", needs.refuse, name="need_refuse"),
]
