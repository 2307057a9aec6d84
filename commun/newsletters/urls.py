"""Addresses of the letter in the administration, under `/gestion/lettre/`. Its public pages are Wagtail's."""

from django.urls import path

from commun.newsletters.views import afterwards, borrowing, errata, issues, letting_go, live, review, sending, trials

app_name = "newsletters"
urlpatterns = [
    path("", issues.issues, name="issues"),
    path("calendrier/", issues.calendar, name="calendar"),
    path("calendrier/<int:theme>/deplacer/", issues.plan, name="plan"),
    path("composer/<int:theme>/", issues.compose, name="compose"),
    path("essais/", trials.lists, name="trial_lists"),
    path("essais/nouvelle/", trials.edit_list, name="new_trial_list"),
    path("essais/<int:pk>/", trials.edit_list, name="trial_list"),
    path("essais/<int:pk>/supprimer/", trials.forget_list, name="forget_trial_list"),
    path("<int:pk>/", sending.issue, name="issue"),
    path("<int:pk>/apres/", afterwards.afterwards, name="afterwards"),
    path("<int:pk>/reprendre-des-rubriques/", borrowing.borrow, name="borrow"),
    path("<int:pk>/etat.json", sending.state, name="state"),
    path("<int:pk>/document/<slug:name>/", sending.document, name="document"),
    path("<int:page_id>/constats/", live.LiveChecks.as_view(), name="live_checks"),
    path("<int:pk>/soumettre/", sending.submit, name="submit"),
    path("<int:pk>/retirer/", review.withdraw, name="withdraw"),
    path("<int:pk>/relire/", review.read, name="read"),
    path("<int:pk>/refuser/", review.refuse, name="refuse"),
    path("<int:pk>/repondre/<int:entry>/", review.answer, name="answer"),
    path("<int:pk>/deplacer/", letting_go.move, name="move"),
    path("<int:pk>/approuver/", review.approve, name="approve"),
    path("<int:pk>/envoyer/", letting_go.send, name="send"),
    path("<int:pk>/essai/", trials.test, name="test"),
    path("<int:pk>/pause/", sending.pause, name="pause"),
    path("<int:pk>/reprendre/", sending.resume, name="resume"),
    path("<int:pk>/arreter/", letting_go.stop, name="stop"),
    path("<int:pk>/remettre-en-ligne/", sending.restore, name="restore"),
    path("<int:pk>/corriger/", sending.correct, name="correct"),
    path("<int:pk>/rectificatif/", errata.erratum, name="erratum"),
    path("<int:pk>/rectificatif/<int:number>/message/", errata.document, name="erratum_document"),
    path("<int:pk>/rectificatif/<int:number>/approuver/", errata.approve, name="erratum_approve"),
    path("<int:pk>/rectificatif/<int:number>/retirer/", errata.withdraw, name="erratum_withdraw"),
    path("<int:pk>/rectificatif/<int:number>/envoyer/", errata.send, name="erratum_send"),
    path("<int:pk>/rectificatif/<int:number>/arreter/", errata.stop, name="erratum_stop"),
]
