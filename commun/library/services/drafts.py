"""From what somebody gave to a draft an editor finishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from commun.accounts.models import User
from commun.cms.types import Licence
from commun.common import richtext
from commun.library.exceptions import SectionMissing
from commun.library.models import ConceptIndexPage, ExperiencePage, ResourceIndexPage, ResourcePage, ThemePage
from commun.library.selectors import MODELS
from commun.library.types import ResourceKind
from commun.territories.api import Organisation, Territory

_SHARED = ("title", "summary", "contributor", "credit", "source_label", "source_url", "cover_image_id")
_LATER = ("licence", "summary")  # and the credit that a licence asks for: an editor fills them before publishing
_TOLD = ("means_cost", "means_time", "means_people", "testifies_until")


@dataclass(frozen=True, kw_only=True)
class FigureDraft:
    """A result: a figure, what it counts, when, and who says so."""

    value: str
    label: str
    date: date
    source: str
    source_url: str = ""


@dataclass(frozen=True, kw_only=True)
class ResourceDraft:
    """What somebody gave, ready to become a draft page. All is plain text: what is rich on the page is made of it.

    The fields of an experience are ignored for the other kinds.
    """

    kind: ResourceKind
    title: str
    summary: str = ""
    body: str = ""
    themes: Sequence[ThemePage] = ()
    territories: Sequence[Territory] = ()
    organisations: Sequence[Organisation] = ()
    contributor: Organisation | None = None
    credit: str = ""
    licence: Licence | None = None
    source_label: str = ""
    source_url: str = ""
    cover_image_id: int | None = None
    document_ids: Sequence[int] = ()
    context: str = ""
    what_failed: str = ""
    means_cost: str = ""
    means_time: str = ""
    means_people: str = ""
    figures: Sequence[FigureDraft] = field(default_factory=tuple)
    testifies_until: date | None = None


def create_resource_draft(*, draft: ResourceDraft, owner: User | None = None) -> ResourcePage:
    """Make an unpublished page of the right type, with its first revision; its address comes from its title.

    Raises `SectionMissing` when the list it belongs to does not exist. What the editor must still fill (licence,
    summary) may be empty; what is given must be valid (`ValidationError`).
    """
    section = ConceptIndexPage if draft.kind == ResourceKind.CONCEPT else ResourceIndexPage
    parent = section.objects.first()
    if parent is None:
        raise SectionMissing(section.__name__)
    page = MODELS[draft.kind](live=False, owner=owner, **_fields(draft=draft))
    page.themes = list(draft.themes)
    page.territories = list(draft.territories)
    page.organisations = list(draft.organisations)
    page.documents = [
        page._meta.get_field("documents").related_model(document_id=pk, sort_order=order)
        for order, pk in enumerate(dict.fromkeys(draft.document_ids))
    ]
    if isinstance(page, ExperiencePage):
        page.figures = [_figure(page=page, figure=figure, order=order) for order, figure in enumerate(draft.figures)]
    with transaction.atomic():
        parent.add_child(instance=page)
        page.clean_fields(exclude=[name for name in _LATER if not getattr(page, name)])
        page.save_revision(user=owner, log_action=True, clean=False)
    return page


def _fields(*, draft: ResourceDraft) -> dict[str, Any]:
    fields = {name: getattr(draft, name) for name in _SHARED}
    fields["licence"] = draft.licence or ""
    fields["body"] = [("paragraph", text)] if (text := richtext.from_text(draft.body)) else []
    if draft.kind == ResourceKind.EXPERIENCE:
        fields |= {name: getattr(draft, name) for name in _TOLD}
        fields["context"] = richtext.from_text(draft.context)
        fields["what_failed"] = richtext.from_text(draft.what_failed)
    return fields


def _figure(*, page: ExperiencePage, figure: FigureDraft, order: int) -> Any:
    model = page._meta.get_field("figures").related_model
    return model(
        value=figure.value,
        label=figure.label,
        date=figure.date,
        source=figure.source,
        source_url=figure.source_url,
        sort_order=order,
    )
