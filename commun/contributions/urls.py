"""Public addresses of this room."""

from __future__ import annotations

from django.urls import path

from commun.contributions.views import page

app_name = "contributions"
urlpatterns = [
    path("contribution/<str:token>/", page.show, name="page"),
    path("contribution/<str:token>/confirmer/", page.claim, name="page_claim"),
    path("contribution/<str:token>/repondre/", page.answer, name="page_answer"),
    path("contribution/<str:token>/corriger/", page.correct, name="page_correct"),
    path("contribution/<str:token>/retirer/", page.withdraw, name="page_withdraw"),
    path("contribution/<str:token>/fichier/<int:pk>/", page.file, name="page_file"),
]
