"""Beside the form of an event in the administration: those that look alike on the same days, while it is typed."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commun.accounts.models import User
from commun.agenda.api import EventPage, TimeZone
from commun.contributions.selectors.same_days import alike_events


def _moment(*, required: bool) -> forms.DateTimeField:
    """As the form of a page writes it; a year that is not over yet while it is typed (« 0202 ») is none."""
    reasonable = [
        MinValueValidator(datetime(1900, 1, 1, tzinfo=UTC)),
        MaxValueValidator(datetime(2999, 1, 1, tzinfo=UTC)),
    ]
    return forms.DateTimeField(
        input_formats=[settings.WAGTAIL_DATETIME_FORMAT], required=required, validators=reasonable
    )


class _TypedForm(forms.Form):
    """What is in the fields, perhaps half of it."""

    titre = forms.CharField(max_length=255)
    debut = _moment(required=True)
    fin = _moment(required=False)
    fuseau = forms.ChoiceField(choices=TimeZone.choices)
    page = forms.IntegerField(required=False, max_value=2**31 - 1)


@require_safe
def alike(request: HttpRequest) -> HttpResponse:
    """A piece of page, empty where nothing looks alike or too little is typed. Drafts too, of those one may edit."""
    form = _TypedForm(request.GET)
    found: list[tuple[EventPage, str]] = []
    if form.is_valid():
        typed = form.cleaned_data
        zone = ZoneInfo(typed["fuseau"])
        others = EventPage.objects.exclude(pk=typed["page"]) if typed["page"] else EventPage.objects.all()
        pages = alike_events(
            title=typed["titre"],
            start=_on(zone, typed["debut"]),
            end=_on(zone, typed["fin"]) if typed["fin"] else None,
            among=others.order_by("start", "pk"),
        )
        found = [(page, address) for page in pages if (address := _address(page, user=request.user))]
    return render(request, "contributions/admin/alike.html", {"found": found})


def _on(zone: ZoneInfo, typed: datetime) -> datetime:
    return timezone.localtime(typed).replace(tzinfo=zone)


def _address(page: EventPage, *, user: User | AnonymousUser) -> str:
    if page.permissions_for_user(user).can_edit():
        return reverse("wagtailadmin_pages:edit", args=[page.pk])
    return page.url or "" if page.live else ""
