"""From what somebody gave to a draft an editor finishes."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from commun.accounts.models import User
from commun.common import richtext
from commun.library.exceptions import SectionMissing
from commun.library.models import ConceptIndexPage, ExperiencePage, ResourceIndexPage, ResourcePage
from commun.library.selectors import MODELS
from commun.library.types import FigureDraft, ResourceDraft, ResourceKind

_SHARED = ("title", "summary", "contributor", "credit", "source_label", "source_url", "cover_image_id")
_LATER = ("licence", "summary")  # and the credit that a licence asks for: an editor fills them before publishing
_TOLD = ("means_cost", "means_time", "means_people", "testifies_until")


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
