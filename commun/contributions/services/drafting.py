"""A contribution as a draft page of the right type: fields, files, credit and licence in their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page

from commun.accounts.models import User
from commun.agenda.api import (
    EventChange,
    EventDraft,
    EventPage,
    NewsDraft,
    NewsKind,
    TimeZone,
    create_event_draft,
    create_news_draft,
    note_entry,
    propose_change,
)
from commun.cms.api import CommunDocument, CommunImage, Licence
from commun.contributions.exceptions import FieldMissing
from commun.contributions.models import Contribution, File
from commun.contributions.telling import Told, tell
from commun.contributions.types import FileState, Kind, Source, Trust
from commun.library.api import ResourceDraft, ResourceKind, create_resource_draft

PAGES = {Kind.RESOURCE, Kind.EVENT, Kind.NEWS}  # what becomes a page


@dataclass(kw_only=True)
class Made:
    """What accepting made: kept in the log, so that undoing takes it all back."""

    page: Page
    images: list[int] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)


def make_draft(*, contribution: Contribution, alternatives: Mapping[int, str], by: User) -> Made:
    """`alternatives`: file → what its picture shows, "" where it is decorative.

    Raises `FieldMissing`, and what the rooms below raise for values that no page takes (`ValidationError`).
    """
    images, documents = _copy_files(contribution=contribution, alternatives=alternatives, by=by)
    if contribution.kind == Kind.EVENT and (page := _changed(contribution, by)) is not None:
        return Made(page=page, images=[one.pk for one in images], documents=[one.pk for one in documents])
    make = {Kind.RESOURCE: _resource, Kind.EVENT: _event, Kind.NEWS: _news}[Kind(contribution.kind)]
    page = make(contribution, by, images, documents)
    if contribution.kind == Kind.EVENT:
        _note_entry(contribution, page)
    return Made(page=page, images=[one.pk for one in images], documents=[one.pk for one in documents])


def _changed(row: Contribution, by: User) -> Page | None:
    """Of an event that is a page already, that page with the change as a draft; None where it is none any more."""
    fields = row.fields
    page_id = fields.get("known_page")
    if not page_id or not EventPage.objects.filter(pk=page_id).exists():
        return None
    zone, start = fields.get("time_zone"), _instant(fields.get("start"))
    change = EventChange(
        title=_new_title(row, page_id=page_id),
        start=start,
        end=start and (_instant(fields.get("end")) or start + timedelta(hours=2)),
        all_day=bool(fields.get("all_day")) if start else None,
        time_zone=TimeZone(zone) if start and zone in TimeZone.values else None,
        place=str(fields["place"])[:200] if fields.get("place") else None,
        # An invitation to one session says nothing of whether the event stands.
        is_cancelled=bool(fields.get("cancelled")) or (None if fields.get("calendar_sessions") else False),
    )
    page = propose_change(page_id=page_id, change=change, by=by)
    _note_entry(row, page)
    return page


def _new_title(row: Contribution, *, page_id: int) -> str | None:
    """Where its feed calls it otherwise than the last time; a mail's subject is no title, and what the team wrote on
    the page stays where the feed says what it said."""
    if row.source != Source.FEED:
        return None
    uid = row.fields.get("calendar_uid")
    former = Contribution.objects.filter(page=page_id, source=Source.FEED, pk__lt=row.pk).order_by("-pk")
    before = next((one for one in former[:20] if one.fields.get("calendar_uid") == uid), None)
    return row.title if before is not None and before.title != row.title else None


def _note_entry(row: Contribution, page: Page) -> None:
    """Later versions of the invitation will be known as this page's."""
    source, uid = row.fields.get("calendar_source"), row.fields.get("calendar_uid")
    if source and uid and isinstance(page, EventPage):
        note_entry(source=source, uid=uid, sequence=int(row.fields.get("calendar_sequence") or 0), page=page)


def credit_of(contribution: Contribution) -> str:
    """Nobody is named before she proved that it is she who wrote, nor without her agreement."""
    given = str(contribution.fields.get("credit") or "")
    if given or contribution.trust != Trust.PROVEN:
        return given[:160]
    name = contribution.name if contribution.thanks else ""
    structure = "" if contribution.organisation_id else contribution.organisation_name
    return " / ".join(part for part in (name, structure) if part)[:160]


def _organisation(contribution: Contribution) -> Any:
    return contribution.organisation if contribution.trust == Trust.PROVEN else None


def _resource(row: Contribution, by: User, images: list[CommunImage], documents: list[CommunDocument]) -> Page:
    fields, told = row.fields, told_of(row)
    kind = fields.get("resource_kind")
    organisation = _organisation(row)
    return create_resource_draft(
        draft=ResourceDraft(
            kind=ResourceKind(kind) if kind in ResourceKind.values else ResourceKind.ARTICLE,
            title=row.title,
            summary=told.summary[:500],
            body=told.body,
            themes=[row.theme] if row.theme else [],
            territories=[row.territory] if row.territory else [],
            organisations=[organisation] if organisation else [],
            contributor=organisation,
            credit=credit_of(row),
            licence=Licence(row.licence) if row.licence else None,
            source_url=str(fields.get("link") or "")[:500],
            source_label=str(fields.get("link_label") or "")[:160] if fields.get("link") else "",
            cover_image_id=images[0].pk if images else None,
            document_ids=[one.pk for one in documents],
        ),
        owner=by,
    )


def _event(row: Contribution, by: User, images: list[CommunImage], documents: list[CommunDocument]) -> Page:
    fields, told = row.fields, told_of(row)
    start = _instant(fields.get("start"))
    if start is None:
        raise FieldMissing("start")
    all_day = bool(fields.get("all_day"))
    organisation = _organisation(row)
    zone = fields.get("time_zone")
    return create_event_draft(
        draft=EventDraft(
            title=row.title,
            start=start,
            end=_instant(fields.get("end")) or start + (timedelta() if all_day else timedelta(hours=2)),
            summary=told.summary[:400],
            body=told.body,
            all_day=all_day,
            time_zone=TimeZone(zone) if zone in TimeZone.values else TimeZone.PARIS,
            place=str(fields.get("place") or "")[:200],
            is_online=bool(fields.get("online")),
            website_url=str(fields.get("link") or "")[:500],
            registration_url=str(fields.get("registration") or "")[:500],
            organiser=organisation,
            organiser_name="" if organisation else str(fields.get("organiser") or "")[:160],
            territory=row.territory,
            themes=[row.theme] if row.theme else [],
            cover_image_id=images[0].pk if images else None,
        ),
        owner=by,
    )


def _news(row: Contribution, by: User, images: list[CommunImage], documents: list[CommunDocument]) -> Page:
    fields, told = row.fields, told_of(row)
    kind = fields.get("news_kind")
    return create_news_draft(
        draft=NewsDraft(
            title=row.title,
            announced_on=timezone.localdate(row.received_at),
            kind=NewsKind(kind) if kind in NewsKind.values else NewsKind.ANNONCE,
            summary=told.summary[:500],
            body=told.body,
            partner=_organisation(row),
            when=str(fields.get("when") or "")[:160],
            link_url=str(fields.get("link") or "")[:500],
            link_label=str(fields.get("link_label") or "")[:120] if fields.get("link") else "",
            themes=[row.theme] if row.theme else [],
            cover_image_id=images[0].pk if images else None,
        ),
        owner=by,
    )


def _instant(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
    return timezone.make_aware(found) if found is not None and timezone.is_naive(found) else found


def told_of(row: Contribution) -> Told:
    """In short, and the text that follows."""
    given = str(row.fields.get("summary") or "")
    return tell(row.text, summary=given, with_files=row.files.exists())


def _copy_files(
    *, contribution: Contribution, alternatives: Mapping[int, str], by: User
) -> tuple[list[CommunImage], list[CommunDocument]]:
    """Public copies; what was given stays as it came, private, with its contribution."""
    images, documents = [], []
    rights = _rights(contribution)
    for given in contribution.files.filter(state=FileState.KEPT):
        if given.is_image:
            shows = alternatives.get(given.pk, given.alt_text)
            images.append(_image(given=given, shows=shows, rights=rights, by=by))
        else:
            documents.append(_document(given=given, rights=rights, by=by))
    return images, documents


def _rights(row: Contribution) -> dict[str, str]:
    """A licence that obliges to name the author is of no use without a name: reserved until the editor knows."""
    credit = credit_of(row) or (row.organisation.name if row.organisation and row.trust == Trust.PROVEN else "")
    return {"credit": credit, "licence": row.licence if row.licence and credit else Licence.RESERVED}


def _bytes(given: File) -> ContentFile:
    with given.file.open("rb") as stored:
        return ContentFile(stored.read(), name=given.name)


def _image(*, given: File, shows: str, rights: dict[str, str], by: User) -> CommunImage:
    shows = " ".join(shows.split())[:255]
    image = CommunImage(
        title=given.name[:255],
        file=_bytes(given),
        alt_text=shows,
        is_decorative=not shows,
        uploaded_by_user=by,
        **rights,
    )
    image.save()
    return image


def _document(*, given: File, rights: dict[str, str], by: User) -> CommunDocument:
    document = CommunDocument(
        title=given.name[:255],
        file=_bytes(given),
        page_count=given.pages or None,
        uploaded_by_user=by,
        **rights,
    )
    document.save()
    return document
