"""Joining: a form that tells nobody anything, and the page where the mail's link leads."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from commun.common import clock
from commun.common.errors import ExpiredLink
from commun.common.guard import anonymous_form
from commun.mailing.api import tokens
from commun.subscribers.forms import SubscriptionForm
from commun.subscribers.selectors.people import subscriber_of_key
from commun.subscribers.services import person_mail, requests
from commun.subscribers.types import SubscriberState
from commun.subscribers.views.common import even_pace, personal


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form(scope="subscribers.subscribe", limit=20, period=timedelta(hours=1))
@even_pace
def subscribe(request: HttpRequest) -> HttpResponse:
    form = SubscriptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        requests.request_subscription(
            address=form.cleaned_data["email"],
            topics=form.cleaned_data["topics"],
            consent_text=form.consent_text,
            now=clock.now(),
        )
        return render(request, "subscribers/subscription_asked.html")
    return render(request, "subscribers/subscribe.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form(scope="subscribers.confirm", limit=60, period=timedelta(hours=1))
@personal
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button, and changes nothing: robots follow the links of mails before people do."""
    key = tokens.read_recipient_token(purpose=tokens.CONFIRM, token=token)
    if request.method == "POST":
        subscriber = requests.confirm(key=key, now=clock.now())
    else:
        found = subscriber_of_key(key=key)
        if found is None or not requests.confirmation_is_open(subscriber=found, now=clock.now()):
            raise ExpiredLink("confirm")
        subscriber = found
    if subscriber.state == SubscriberState.ACTIVE:
        url = person_mail.preferences_url(subscriber=subscriber)
        topics = [topic.name for topic in subscriber.topics.all()]
        return render(request, "subscribers/subscribed.html", {"preferences_url": url, "topics": topics})
    return render(request, "subscribers/confirm.html", {"subscriber": subscriber})
