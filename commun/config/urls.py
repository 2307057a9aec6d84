"""Addresses of the site. Wagtail's pages come last: they answer whatever is left."""

from django.apps import apps
from django.http import Http404
from django.urls import include, path, re_path
from django.views.defaults import page_not_found
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from commun.accounts.views import TeamLogoutView
from commun.cms.api import serve
from commun.common import redaction
from commun.common.converters import before_tokens
from commun.common.views import media, nothing_here
from commun.website.open import interface

urlpatterns = [
    # The administration's password form is closed: people sign in with an e-mailed code.
    path("gestion/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("gestion/logout/", TeamLogoutView.as_view()),
    # A second door to every act on pages, that no screen uses and no hook sees.
    re_path(r"^gestion/api/main/pages/\d+/action/", page_not_found, {"exception": Http404()}),
    path("gestion/password_reset/<path:rest>", nothing_here),
    path("gestion/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # One way in; and no password to choose nor to lose, so no mail about one.
    path("compte/login/code/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("compte/password/<path:rest>", nothing_here),
    path("compte/", include("allauth.urls")),
    path("", include("commun.agenda.urls")),
    path("", include("commun.freshness.urls")),
    path("", include("commun.contributions.urls")),
    path("", include("commun.cooperation.urls")),
    path("", include("commun.inbound.urls")),
    path("", include("commun.mailing.urls")),
    path("", include("commun.peers.urls")),
    path("", include("commun.subscribers.urls")),
    path("", include("commun.territories.urls")),
    path("", include("commun.votes.urls")),
    path("", include("commun.website.urls")),
    path("api/v1/", interface.urls()),
    path("media/<path:path>", media, name="media"),
]
if apps.is_installed("commun.demo"):
    urlpatterns.append(path("boite-de-demonstration/", include("commun.demo.urls")))
redaction.learn(before_tokens(urlpatterns))
urlpatterns += [
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]

handler400 = "commun.website.views.errors.bad_request"
handler403 = "commun.website.views.errors.forbidden"
handler404 = "commun.website.views.errors.not_found"
handler429 = "commun.common.views.too_many_requests"  # allauth's own name for it
handler500 = "commun.website.views.errors.server_error"
