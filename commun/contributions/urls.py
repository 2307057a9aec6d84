"""Public addresses of this room."""

from __future__ import annotations

from django.urls import path

from commun.contributions.views import give, page

app_name = "contributions"
urlpatterns = [
    path("contribution/<token:token>/", page.show, name="page"),
    path("contribution/<token:token>/confirmer/", page.claim, name="page_claim"),
    path("contribution/<token:token>/repondre/", page.answer, name="page_answer"),
    path("contribution/<token:token>/corriger/", page.correct, name="page_correct"),
    path("contribution/<token:token>/retirer/", page.withdraw, name="page_withdraw"),
    path("contribution/<token:token>/fichier/<int:pk>/", page.file, name="page_file"),
    path("contribuer/", give.choose, name="choose"),
    path("merci/", give.thanked_people, name="thanked"),
    path("contribuer/suite/<token:token>/", give.resume, name="resume"),
    path("contribuer/suite/<token:token>/envoyer/", give.send, name="send"),
    path("contribuer/suite/<token:token>/corriger/", give.correct, name="correct"),
    path("contribuer/suite/<token:token>/plus-tard/", give.later, name="later"),
    path("contribuer/suite/<token:token>/<str:step>/", give.step, name="step"),
    path("contribuer/confirmer/<token:token>/", give.confirm, name="confirm"),
    path("contribuer/<str:slug>/", give.start, name="start"),
]
