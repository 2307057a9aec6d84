"""Every page, every way Wagtail has to publish, move, copy or delete it, as everybody: what the database says of it.

Each way has several doors (alone, in bulk, with what stands under a parent…); somebody may, as soon as one lets her.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Page, Revision
from wagtail.test.utils.form_data import querydict_from_html

from commun.accounts.api import EXPLOITATION, MODERATION, REDACTION, VALIDATION, create_member
from commun.agenda.api import AgendaIndexPage, NewsIndexPage
from commun.common import clock
from commun.contributions.services import contributor, deciding
from commun.library import api as library
from commun.newsletters import api as letters
from commun.website.models import HomePage, LegalPage
from tests.agenda.factories import EventFactory, NewsFactory
from tests.cms.factories import home
from tests.contributions.factories import given
from tests.library import factories
from tests.newsletters import factories as issues

LETTERS = {"R": REDACTION, "V": VALIDATION, "M": MODERATION, "E": EXPLOITATION}
CHANGED = "Autre titre"
WAYS = (
    "add",
    "add on line",
    "edit",
    "publish",
    "plan",
    "take off line",
    "move",
    "copy",
    "copy on line",
    "delete a draft",
    "delete",
)
SUPERUSER, ACCOUNT, NOBODY = "S", "A", "N"


@dataclass(frozen=True)
class Row:
    """A page as the walk finds it. `frozen`: its state is not the walk's to change. `every_door`: everybody tries them
    all; elsewhere *rédaction* alone does, and others the first (a door is Wagtail's, the same for all pages)."""

    name: str
    page: Any
    frozen: bool = False
    every_door: bool = False


# --- the site ---------------------------------------------------------------------------------------


def make_site() -> list[Row]:
    """Every type of page, in each state that changes who may what; each with neighbours and a draft that waits."""
    editor, approver = issues.member("editrice", REDACTION), issues.member("relecteur", VALIDATION)
    theme = issues.filled_theme()
    for _ in range(2):
        factories.ThemeFactory(), factories.ConceptFactory(), EventFactory(), NewsFactory()
    kit = factories.KitFactory(title="Un kit")
    factories.KitFactory(title="Un autre kit")
    sheets = [factories.SheetFactory(parent=kit) for _ in range(2)]
    sent, submitted, draft = (letters.compose_issue(theme=theme, user=editor, now=issues.NOW) for _ in range(3))
    for issue in (sent, submitted):
        letters.submit_issue(issue=issue, user=editor, now=issues.NOW)
    letters.approve_issue(issue=sent, user=approver, now=issues.NOW)
    letters.send_issue(issue=sent, user=approver, now=issues.NOW)
    sent.refresh_from_db()
    row = given(licence="licence-ouverte-2.0", thanks=True)
    deciding.accept(contribution_id=row.pk, by=editor, now=clock.now())
    contributor.withdraw(contribution_id=row.pk, now=clock.now())
    row.refresh_from_db()
    own = LegalPage(title="Notre équipe", slug="notre-equipe")
    home().add_child(instance=own)
    return [
        Row("home", HomePage.objects.get()),
        Row("list of themes", library.ThemeIndexPage.objects.get()),
        Row("list of resources", library.ResourceIndexPage.objects.get()),
        Row("list of concepts", library.ConceptIndexPage.objects.get()),
        Row("list of events", AgendaIndexPage.objects.get()),
        Row("list of news", NewsIndexPage.objects.get()),
        Row("archive of the letter", letters.IssueIndexPage.objects.get(), every_door=True),
        Row("text the law asks for", LegalPage.objects.get(slug="mentions-legales")),
        Row("other information page", own),
        Row("theme", factories.ThemeFactory()),
        Row("theme of an issue", theme),
        Row("experience", factories.ExperienceFactory()),
        Row("article", factories.ArticleFactory(), every_door=True),
        Row("article taken back by whoever gave it", row.page.specific, frozen=True, every_door=True),
        Row("guide", factories.GuideFactory()),
        Row("kit (with sheets)", kit),
        Row("sheet of a kit", sheets[1]),
        Row("concept", factories.ConceptFactory()),
        Row("event", EventFactory()),
        Row("news", NewsFactory()),
        Row("issue: draft", draft, frozen=True, every_door=True),
        Row("issue: submitted", submitted, frozen=True, every_door=True),
        Row("issue: sent", sent, frozen=True, every_door=True),
    ]


# --- people -----------------------------------------------------------------------------------------


def make_people() -> dict[str, Client]:
    """One signed-in browser each."""
    people = {
        letter: create_member(email=f"{letter}@example.org", groups=(group,)) for letter, group in LETTERS.items()
    }
    people[SUPERUSER] = get_user_model().objects.create_superuser("superuser@example.org")
    people[ACCOUNT] = create_member(email="lectrice@example.org")
    browsers = {}
    for letter, user in people.items():
        browsers[letter] = Client()
        browsers[letter].force_login(user)
    browsers[NOBODY] = Client()
    return browsers


# --- what came of it --------------------------------------------------------------------------------


def _added(row: Row, *, live: bool = False) -> Callable[[], bool]:
    known = set(Page.objects.values_list("pk", flat=True))
    model = row.page._meta.model

    def look() -> bool:
        found = model.objects.exclude(pk__in=known)
        return (found.filter(live=True) if live else found).exists()

    return look


def _stored(row: Row) -> Page:
    return Page.objects.get(pk=row.page.pk)


def _edited(row: Row) -> bool:
    return _stored(row).latest_revision_id != row.page.latest_revision_id


def _published(row: Row) -> bool:
    page = _stored(row)
    return page.live and page.title == CHANGED


def _planned(row: Row) -> bool:
    return Revision.objects.for_instance(row.page).filter(approved_go_live_at__isnull=False).exists()


def _off_line(row: Row) -> bool:
    page = _stored(row)
    return not page.live or page.expire_at is not None


def _moved(row: Row) -> bool:
    return _stored(row).path[:-4] != row.page.path[:-4]


def _deleted(row: Row) -> bool:
    return not Page.objects.filter(pk=row.page.pk).exists()


# --- the doors --------------------------------------------------------------------------------------

Door = Callable[[Client], Any]


class Doors:
    """What one posts to do each thing to one page."""

    def __init__(self, row: Row, form: QueryDict) -> None:
        self.row, self.page, self._form = row, row.page, form
        self.parent = row.page.get_parent()

    def _editing(self, **changes: str) -> dict[str, Any]:
        data = {**dict(self._form.lists()), "title": CHANGED}
        return data | {name: value for name, value in changes.items() if name in data or name.startswith("action")}

    def _edit(self, **changes: str) -> Door:
        url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return lambda client: client.post(url, self._editing(**changes))

    def _add(self, **changes: str) -> Door:
        meta = self.page._meta
        url = reverse("wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, self.parent.pk])
        data = self._editing(slug="ajoutee", number="50", **changes)
        return lambda client: client.post(url, data)

    def _bulk(self, act: str, page: Page, **data: Any) -> Door:
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", act])
        return lambda client: client.post(f"{url}?id={page.pk}", data)

    def _one(self, view: str, page: Page, *arguments: int, **data: Any) -> Door:
        url = reverse(f"wagtailadmin_pages:{view}", args=[page.pk, *arguments])
        return lambda client: client.post(url, data)

    def _copy(self, page: Page, **data: str) -> Door:
        parent = page.get_parent() or page
        where = {"new_title": "Copie", "new_slug": f"copie-{page.pk}", "new_parent_page": parent.pk}
        return self._one("copy", page, **where, **data)

    def _destinations(self) -> list[Page]:
        """Another place where its type may stand, and the one where the site has no address."""
        here = {self.parent.pk, self.page.pk}
        allowed = Page.objects.type(*self.page.allowed_parent_page_models()).exclude(pk__in=here).exclude(depth=1)
        root = Page.get_first_root_node()
        return [*allowed[:1], *([root] if root.pk not in here else [])]

    def of(self, way: str) -> list[Door]:
        return getattr(self, "_" + way.replace(" ", "_") + "_doors")()

    def _add_doors(self) -> list[Door]:
        return [self._add()]

    def _add_on_line_doors(self) -> list[Door]:
        return [self._add(**{"action-publish": "1"})]

    def _edit_doors(self) -> list[Door]:
        return [self._edit()]

    def _publish_doors(self) -> list[Door]:
        return [
            self._bulk("publish", self.page),
            self._edit(**{"action-publish": "1"}),
            self._bulk("publish", self.parent, include_descendants="on"),
            self._bulk("publish", home(), include_descendants="on"),
        ]

    def _plan_doors(self) -> list[Door]:
        later = f"{timezone.localtime() + timedelta(days=30):%Y-%m-%d %H:%M}"
        return [self._edit(**{"action-publish": "1", "go_live_at": later})]

    def _take_off_line_doors(self) -> list[Door]:
        later = f"{timezone.localtime() + timedelta(days=30):%Y-%m-%d %H:%M}"
        return [
            self._one("unpublish", self.page),
            self._bulk("unpublish", self.page),
            self._one("unpublish", self.parent, include_descendants="on"),
            self._bulk("unpublish", self.parent, include_descendants="on"),
            self._bulk("unpublish", home(), include_descendants="on"),
            self._edit(**{"action-publish": "1", "expire_at": later}),
        ]

    def _move_doors(self) -> list[Door]:
        found = self._destinations()
        return [
            *(self._one("move_confirm", self.page, place.pk) for place in found),
            *(self._bulk("move", self.page, chooser=place.pk) for place in found),
        ]

    def _copy_doors(self) -> list[Door]:
        return [self._copy(self.page), self._copy(self.parent, copy_subpages="on")]

    def _copy_on_line_doors(self) -> list[Door]:
        return [
            self._copy(page, **under, **how)
            for page, under in ((self.page, {}), (self.parent, {"copy_subpages": "on"}))
            for how in ({"publish_copies": "on"}, {"alias": "on"})
        ]

    def _delete_a_draft_doors(self) -> list[Door]:
        return self._delete_doors()

    def _delete_doors(self) -> list[Door]:
        sure = {"confirm_site_name": settings.WAGTAIL_SITE_NAME}
        return [
            do(page)
            for page in (self.page, self.parent)
            for do in (lambda page: self._one("delete", page, **sure), lambda page: self._bulk("delete", page, **sure))
        ]


# --- the walk ---------------------------------------------------------------------------------------


def walk() -> dict[str, dict[str, str]]:
    """Row → way → letters of those who may."""
    rows, people = make_site(), make_people()
    _leave_drafts_waiting(rows)
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        doors = Doors(row, _form_of(row, people[SUPERUSER]))
        found[row.name] = {
            way: "".join(letter for letter, client in people.items() if _may(letter, client, row, way, doors))
            for way in WAYS
        }
    return found


def _leave_drafts_waiting(rows: list[Row]) -> None:
    """A version with another title: publishing shows."""
    for row in rows:
        draft = row.page.get_latest_revision_as_object()
        draft.title = CHANGED
        draft.save_revision()
        row.page.refresh_from_db()


def _form_of(row: Row, client: Client) -> QueryDict:
    html = client.get(reverse("wagtailadmin_pages:edit", args=[row.page.pk])).content.decode()
    data = querydict_from_html(html, form_id="page-edit-form").copy()
    for field in row.page._meta.get_fields():
        if isinstance(field, StreamField):  # its inputs are drawn by the browser
            data[f"{field.name}-count"] = "0"
    return data


def _may(letter: str, client: Client, row: Row, way: str, doors: Doors) -> bool:
    tried = doors.of(way)
    if letter != "R" and not row.every_door:
        tried = tried[:1]
    with transaction.atomic():
        may = _lets(client, row, way, tried)
        transaction.set_rollback(True)
    return may


def _lets(client: Client, row: Row, way: str, doors: list[Door]) -> bool:
    """Try one door after the other until the database shows that something came of it."""
    if not row.frozen:
        Page.objects.filter(pk=row.page.pk).update(live=way not in {"publish", "plan", "delete a draft"})
    look = _LOOKS[way](row)
    if look():  # it is so already
        return False
    for door in doors:
        client.cookies.pop("messages", None)
        door(client)
        if look():
            return True
    return False


_LOOKS: dict[str, Callable[[Row], Callable[[], bool]]] = {
    "add": _added,
    "add on line": lambda row: _added(row, live=True),
    "edit": lambda row: lambda: _edited(row),
    "publish": lambda row: lambda: _published(row),
    "plan": lambda row: lambda: _planned(row),
    "take off line": lambda row: lambda: _off_line(row),
    "move": lambda row: lambda: _moved(row),
    "copy": _added,
    "copy on line": lambda row: _added(row, live=True),
    "delete a draft": lambda row: lambda: _deleted(row),
    "delete": lambda row: lambda: _deleted(row),
}
