"""« Toujours vrai ? »: whoever knows best is asked, then whoever knows next, then the team sees it in its list.

Each has a month. One mail a person and a month, for all of her pages, in working hours. What she answers leads to a
page, then a button.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from commun.accounts.models import User
from commun.common import french, mails
from commun.common.hours import on_a_week_day
from commun.common.signing import keyed_hash
from commun.contributions.api import contributors_of
from commun.freshness import tokens
from commun.freshness.exceptions import NothingAsked, WordsMissing
from commun.freshness.lives import PAGE, PATIENCE
from commun.freshness.models import Watch
from commun.freshness.types import Asked, PageState, Why
from commun.library.api import confirm_resource, credited, to_review
from commun.territories.api import Organisation, members_of

LOT = 200  # pages asked about in one turn
MOST_IN_A_MAIL = 10
_NEXT = {Asked.CONTRIBUTOR: Asked.MEMBER, Asked.MEMBER: Asked.TEAM}


@dataclass(frozen=True, slots=True)
class _Person:
    asked: Asked
    address: str
    name: str


def ask_due(*, now: datetime) -> int:
    """Ask about what must be confirmed (periodic); how many pages were asked about or put in the team's list."""
    due = {one.page_id: Why.FIGURES if one.by_figures else Why.AGE for one in to_review(on=timezone.localdate(now))}
    _forget_confirmed(due=due, now=now)
    watched = Watch.objects.filter(page__in=due).exclude(state=PageState.TRUE)
    open_rows = {row.page_id: row for row in watched}
    fresh = [pk for pk in due if pk not in open_rows]
    silent = {
        pk: _NEXT[Asked(row.asked_of)]
        for pk, row in open_rows.items()
        if row.state == PageState.ASKED and row.asked_of in _NEXT and row.asked_at and now - row.asked_at > PATIENCE
    }
    starts = {**silent, **dict.fromkeys(fresh, Asked.CONTRIBUTOR)}
    lot = dict(list(starts.items())[:LOT])
    by_person = _who(starts=lot, now=now)
    done = 0
    for person, page_ids in by_person.items():
        done += _ask(person=person, page_ids=page_ids, why=due, now=now)
    return done


def _who(*, starts: dict[int, Asked], now: datetime) -> dict[_Person, list[int]]:
    """Whom to ask about each page, from this rank on."""
    first = [pk for pk, asked in starts.items() if asked == Asked.CONTRIBUTOR]
    contributors = contributors_of(page_ids=first)
    bodies = credited(page_ids=list(starts))
    organisations = Organisation.objects.in_bulk({pk for found in bodies.values() for pk in found})
    members: dict[int, _Person | None] = {}
    found: dict[_Person, list[int]] = defaultdict(list)
    for pk, asked in starts.items():
        given = contributors.get(pk)
        if asked == Asked.CONTRIBUTOR and given is not None:
            found[_Person(Asked.CONTRIBUTOR, given.address, given.name)].append(pk)
            continue
        known = (_member(organisations[one], members=members, now=now) for one in bodies.get(pk, ()))
        person = next(filter(None, known), None) if asked != Asked.TEAM else None
        found[person or _Person(Asked.TEAM, "", "")].append(pk)
    return found


def _member(organisation: Organisation, *, members: dict[int, _Person | None], now: datetime) -> _Person | None:
    if organisation.pk not in members:
        found = members_of(organisation=organisation, at=now)
        user = next((one.user for one in found if one.user.email), None)
        members[organisation.pk] = _Person(Asked.MEMBER, user.email, user.first_name) if user is not None else None
    return members[organisation.pk]


@transaction.atomic
def _ask(*, person: _Person, page_ids: Iterable[int], why: dict[int, Why], now: datetime) -> int:
    """All of hers in one mail; none where she had one within the month: they wait for the next."""
    address_hash = hash_of(person.address)
    if address_hash and not on_a_week_day(now):
        return 0
    if address_hash and Watch.objects.filter(asked_hash=address_hash, asked_at__gt=now - PATIENCE).exists():
        return 0
    pages = Page.objects.live().filter(pk__in=page_ids).order_by("last_published_at", "pk")
    asked = []
    for page in pages[: MOST_IN_A_MAIL if address_hash else None]:
        row, _ = Watch.objects.get_or_create(page=page, defaults={"moved_at": now})
        row = Watch.objects.select_for_update().get(pk=row.pk)
        if row.state not in {PageState.TRUE, PageState.ASKED}:
            continue  # somebody said something meanwhile
        row.state, row.why, row.words = PageState.ASKED, why[page.pk], ""
        row.asked_of, row.asked_at, row.asked_hash, row.moved_at = person.asked, now, address_hash, now
        row.save()
        asked.append((page, question_url(row)))
    if asked and address_hash:
        _write(person=person, pages=asked)
    return len(asked)


def _write(*, person: _Person, pages: list[tuple[Page, str]]) -> None:
    more = len(pages) - 1
    subject = f"Toujours vrai ? {pages[0][0].title}" + (f", et {french.count(more, 'autre page')}" if more else "")
    mails.post(
        to=person.address,
        template="freshness/mail/still_true.txt",
        subject=subject,
        name=person.name,
        is_member=person.asked == Asked.MEMBER,
        pages=pages,
        days=PATIENCE.days,
    )


def question_path(row: Watch) -> str:
    return tokens.still_true_path(reference=row.reference, asked_at=row.question)


def question_url(row: Watch) -> str:
    return settings.SITE_URL + question_path(row)


def hash_of(address: str) -> str:
    return keyed_hash(purpose="freshness.asked", value=address) if address else ""


def _forget_confirmed(*, due: Collection[int], now: datetime) -> None:
    """An editor confirmed it on its own screen, or took it off line: nobody is asked any more."""
    asked = Watch.objects.filter(state=PageState.ASKED).exclude(page__in=due)
    asked.update(state=PageState.TRUE, why="", asked_of="", asked_hash="", moved_at=now)
    said = Watch.objects.filter(~Q(state=PageState.TRUE), page__live=False)
    said.update(state=PageState.TRUE, why="", asked_of="", asked_hash="", words="", moved_at=now)


@transaction.atomic
def answer(*, watch_id: int, state: PageState, words: str, now: datetime) -> Watch:
    """What whoever was asked says. Raises `NothingAsked`, `WordsMissing`."""
    row = Watch.objects.select_for_update().get(pk=watch_id)
    if row.state == PageState.TRUE:
        raise NothingAsked
    if state == PageState.CHANGED and not words.strip():
        raise WordsMissing
    PAGE.check(row.state, state)
    if state == PageState.TRUE:
        _settle(row, by=None, now=now)
    else:
        row.state, row.words, row.moved_at = state, words.strip(), now
        row.save(update_fields=["state", "words", "moved_at"])
    return row


@transaction.atomic
def confirm(*, page_id: int, by: User, now: datetime) -> bool:
    """The team looked at it: it is true as it stands on line. False where it is not on line any more."""
    row = Watch.objects.select_for_update().filter(page=page_id).first()
    if row is None:
        return confirm_resource(page_id=page_id, on=timezone.localdate(now), by=by)
    return _settle(row, by=by, now=now)


def _settle(row: Watch, *, by: User | None, now: datetime) -> bool:
    row.state, row.why, row.words, row.asked_of, row.asked_hash = PageState.TRUE, "", "", "", ""
    row.moved_at = now
    row.save()
    return confirm_resource(page_id=row.page_id, on=timezone.localdate(now), by=by)
