"""The tree of pages and the address of the site: made once by `migrate`, then left to the team."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Collection, Locale, Page, Site

from commun.agenda import api as agenda
from commun.cms.api import let_moderation_in
from commun.library import api as library
from commun.newsletters import api as newsletters
from commun.website.models import HomePage, LegalPage
from commun.website.starters import STARTERS

_ROOT = "Racine"


def prepare_site(*, sender: Any, **kwargs: Any) -> None:
    """Receiver of `post_migrate`. What exists is never changed, but for the site's address, which is a setting, and
    the names that Wagtail gives in English."""
    ensure_site()


def ensure_site() -> HomePage:
    """Home, sections, legal pages; the default site points at them under `SITE_URL`."""
    # A database emptied since (tests that flush) numbers its content types anew.
    ContentType.objects.clear_cache()
    with transaction.atomic():
        root = _root()
        home = HomePage.objects.first() or _make_home(root=root)
        parts = urlsplit(settings.SITE_URL)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        values = {
            "hostname": parts.hostname or "localhost",
            "port": port,
            "site_name": settings.SITE_NAME,
            "root_page": home,
        }
        site = Site.objects.filter(is_default_site=True).first()
        if site is None:
            Site.objects.create(is_default_site=True, **values)
        elif any(getattr(site, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(site, name, value)
            site.save()
        library.ensure_sections(home=home)
        agenda.ensure_sections(home=home)
        newsletters.ensure_sections(home=home)
        _ensure_legal(home=home)
        for section in (library.ResourceIndexPage, agenda.AgendaIndexPage, agenda.NewsIndexPage):
            let_moderation_in(section=section.objects.get())
    return home


def _root() -> Page:
    """The invisible root. Wagtail makes it in its first migration only: an emptied database has none."""
    Locale.objects.get_or_create(language_code="fr")
    if not Collection.objects.filter(depth=1).update(name=_ROOT):
        Collection.add_root(name=_ROOT)
    if not Page.objects.filter(depth=1).update(title=_ROOT, draft_title=_ROOT):
        Page.add_root(instance=Page(title=_ROOT, slug="root"))
    return Page.objects.get(depth=1)


def _make_home(*, root: Page) -> HomePage:
    # Wagtail's own welcome page holds the address we want.
    Page.objects.filter(depth=2, slug="home", url_path="/home/").exclude(content_type__app_label="website").update(
        slug="bienvenue-wagtail"
    )
    home: HomePage = root.add_child(instance=HomePage(title=settings.SITE_NAME, slug="accueil"))
    home.save_revision().publish()
    Site.objects.filter(is_default_site=True).update(root_page=home)
    Page.objects.filter(depth=2, slug="bienvenue-wagtail", numchild=0).delete()
    return home


def _ensure_legal(*, home: HomePage) -> None:
    existing = set(LegalPage.objects.values_list("slug", flat=True))
    for starter in STARTERS:
        if starter.slug not in existing:
            page = LegalPage(slug=starter.slug, title=starter.title, summary=starter.summary, body=starter.body())
            home.add_child(instance=page)
            page.save_revision().publish()
