"""Public addresses of this room."""

from __future__ import annotations

from django.urls import path

from commun.contributions.views import give, page

app_name = "contributions"
urlpatterns = [
    path("contribution/<str:token>/", page.show, name="page"),
    path("contribution/<str:token>/confirmer/", page.claim, name="page_claim"),
    path("contribution/<str:token>/repondre/", page.answer, name="page_answer"),
    path("contribution/<str:token>/corriger/", page.correct, name="page_correct"),
    path("contribution/<str:token>/retirer/", page.withdraw, name="page_withdraw"),
    path("contribution/<str:token>/fichier/<int:pk>/", page.file, name="page_file"),
    path("contribuer/", give.choose, name="choose"),
    path("merci/", give.thanked_people, name="thanked"),
    path("contribuer/suite/<str:token>/", give.resume, name="resume"),
    path("contribuer/suite/<str:token>/envoyer/", give.send, name="send"),
    path("contribuer/suite/<str:token>/corriger/", give.correct, name="correct"),
    path("contribuer/suite/<str:token>/plus-tard/", give.later, name="later"),
    path("contribuer/suite/<str:token>/<str:step>/", give.step, name="step"),
    path("contribuer/confirmer/<str:token>/", give.confirm, name="confirm"),
    path("contribuer/<str:slug>/", give.start, name="start"),
]
