"""The one guard of forms that anonymous people post, in place of a CSRF cookie.

A visitor gets no cookie, so Django's token cannot be used. Four checks replace it: the browser's
own word on where the request comes from (`Sec-Fetch-Site`, `Origin`), a signed timestamp, a field
that only robots fill, and a rate limit. Forms of signed-in people keep Django's CSRF token.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from commun.common import public, ratelimit, signing
from commun.common.errors import ExpiredLink, LinkError, RateLimited

STAMP_LIFETIME = timedelta(hours=24)


def is_same_site(request: HttpRequest) -> bool:
    """Whether the browser says that this request was made by one of our own pages.

    Every current browser sends `Sec-Fetch-Site`; older ones send `Origin` with a POST. A client that
    sends neither is not a browser carrying somebody's session, and anonymous forms have none to steal.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    host = urlsplit(origin).netloc
    return host in {urlsplit(settings.SITE_URL).netloc, request.get_host()}


def refuse_for_now(request: HttpRequest, error: RateLimited) -> HttpResponse:
    """The page that says when to come back."""
    refusal = render(request, "errors/rate_limited.html", {"minutes": -(-error.retry_after // 60)}, status=429)
    refusal["Retry-After"] = str(error.retry_after)
    return refusal


def anonymous_form(*, scope: str, limit: int, period: timedelta) -> Callable[[Callable], Callable]:
    """Decorate a view that anonymous people may POST to: origin and rate are checked, CSRF is not."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                if not is_same_site(request):
                    return render(request, "errors/foreign_form.html", status=403)
                try:
                    ratelimit.hit(scope=scope, who=ratelimit.client(request), limit=limit, period=period)
                except RateLimited as error:
                    return refuse_for_now(request, error)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


class GuardedForm(forms.Form):
    """Form with the two hidden fields of the guard. Subclass it for every anonymous form.

    Render `{{ form.guard_fields }}` inside `<form>`. What was typed is kept when the guard refuses.
    """

    horodatage = forms.CharField(required=False, widget=forms.HiddenInput)
    # Named like something a robot wants to fill; hidden from people and from assistive technologies.
    site_internet = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["horodatage"].initial = signing.sign(purpose="form", value=type(self).__name__)

    @property
    def guard_fields(self) -> str:
        from django.template.loader import render_to_string

        public.refuse()  # the stamp of a page that is kept would grow old
        # A refused form is shown again with a fresh stamp, so that correcting it takes as long as it takes.
        stamp = self.fields["horodatage"].initial
        return render_to_string("forms/guard_fields.html", {"stamp": stamp, "prefix": self.prefix})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("site_internet"):
            raise forms.ValidationError(
                "Un champ réservé aux robots a été rempli. Laissez-le vide et renvoyez le formulaire.", code="robot"
            )
        try:
            value = signing.unsign(purpose="form", token=cleaned.get("horodatage") or "", max_age=STAMP_LIFETIME)
            if value != type(self).__name__:
                raise LinkError
        except ExpiredLink:
            raise forms.ValidationError(
                "Cette page est restée ouverte plus d’un jour. Vérifiez votre saisie et renvoyez-la.", code="stale"
            ) from None
        except LinkError:
            raise forms.ValidationError(
                "Le formulaire n’a pas pu être vérifié. Vérifiez votre saisie et renvoyez-la.", code="unverified"
            ) from None
        return cleaned
