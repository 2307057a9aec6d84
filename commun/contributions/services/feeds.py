"""Partners' feeds are read, and what they announce becomes contributions: moderated as any other, nothing published.

A turn is taken by a conditional UPDATE, then read by a task: fetched outside any transaction, written in one. Killed in
between, the feed is read at its next turn; an entry that was seen comes in once. What says something else afterwards
changes the contribution that still waits, or is proposed as a change of the page it became.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django_tasks import task

from commun.accounts.models import User
from commun.agenda.api import TimeZone, entry_of
from commun.common import clock
from commun.common.fetch import Answer, FetchFailed, Known, Resolve, Why, fetch, resolve
from commun.contributions.lives import FEED
from commun.contributions.models import Contribution, Feed, FeedEntry
from commun.contributions.services import kin
from commun.contributions.services.lifecycle import hear
from commun.contributions.services.receiving import Given, receive
from commun.contributions.types import FeedState, Kind, Source, Trust
from commun.contributions.understanding.feeds import Entry, Unreadable, read_feed

EVERY = timedelta(hours=6)
AFTER_A_REFUSAL = timedelta(hours=24)
MOST_BYTES = 10 * 1024 * 1024
SECONDS = 40.0
PATIENCE = 60.0
MOST_NEW = 20  # of one reading: nobody moderates more of a partner in a morning
NEWS_BEFORE = timedelta(days=30)  # older than that when the feed is added is an archive
KEPT = timedelta(days=400)
LOT = 20
_ACCEPT = "text/calendar, application/atom+xml, application/rss+xml, application/json;q=0.9, */*;q=0.5"
_SAID = ("start", "end", "all_day", "time_zone", "place", "cancelled", "link", "registration")


def read_due(*, now: datetime) -> int:
    """Hand the feeds that are due to the queue (periodic)."""
    due = Feed.objects.exclude(state=FeedState.STOPPED).filter(next_at__lte=now).order_by("next_at", "pk")
    done = 0
    for feed in due[:LOT]:
        if Feed.objects.filter(pk=feed.pk, next_at=feed.next_at).update(next_at=now + EVERY):
            read.enqueue(feed_id=feed.pk)
            done += 1
    return done


@task()
def read(feed_id: int) -> None:
    read_now(feed_id=feed_id, now=clock.now())


def read_now(*, feed_id: int, now: datetime, resolve: Resolve = resolve) -> int:
    """Fetch it and write down what is new; how many contributions it made or changed."""
    feed = Feed.objects.exclude(state=FeedState.STOPPED).filter(pk=feed_id).first()
    if feed is None:
        return 0
    known = Known(etag=feed.etag, modified=feed.modified)
    try:
        answer = fetch(
            url=feed.url,
            known=known,
            accept=_ACCEPT,
            most_bytes=MOST_BYTES,
            seconds=SECONDS,
            patience=PATIENCE,
            resolve=resolve,
        )
        if answer.is_unchanged:
            entries = None
        elif answer.status != 200:
            return _refuse(feed_id=feed_id, why=f"http_{answer.status}", now=now)
        else:
            entries = read_feed(answer.body, received_at=now, time_zone=TimeZone.PARIS)
    except FetchFailed as error:
        if error.why == Why.BUSY:
            return 0
        return _refuse(feed_id=feed_id, why=error.why, now=now)
    except Unreadable as error:
        return _refuse(feed_id=feed_id, why=error.why, now=now)
    return _keep(feed_id=feed_id, answer=answer, entries=entries, now=now)


@transaction.atomic
def _refuse(*, feed_id: int, why: str, now: datetime) -> int:
    feed = Feed.objects.select_for_update(of=("self",)).get(pk=feed_id)
    if feed.state != FeedState.STOPPED:
        FEED.check(feed.state, FeedState.REFUSED)
        feed.state, feed.why, feed.read_at, feed.next_at = FeedState.REFUSED, why, now, now + AFTER_A_REFUSAL
        feed.etag = feed.modified = ""
        feed.save()
    return 0


@transaction.atomic
def _keep(*, feed_id: int, answer: Answer, entries: list[Entry] | None, now: datetime) -> int:
    feed = Feed.objects.select_for_update(of=("self",)).select_related("organisation", "theme").get(pk=feed_id)
    if feed.state == FeedState.STOPPED:
        return 0
    FEED.check(feed.state, FeedState.READ)
    feed.state, feed.why, feed.read_at, feed.moved_to = FeedState.READ, "", now, answer.moved_to[:2000]
    done = 0
    if entries is not None:
        done, left = _take(feed=feed, entries=entries, now=now)
        feed.entries_found = len(entries)
        # What waits for the next turn must be sent again.
        known = answer.known if not left else Known()
        feed.etag, feed.modified = known.etag, known.modified
    feed.save()
    return done


def _take(*, feed: Feed, entries: list[Entry], now: datetime) -> tuple[int, int]:
    """How many made or changed a contribution, and how many wait for the next turn."""
    seen = {row.uid: row for row in FeedEntry.objects.filter(feed=feed)}
    done = left = 0
    for entry in entries:
        row = seen.get(entry.uid)
        if row is not None and row.digest == entry.digest:
            continue
        if done >= MOST_NEW:
            left += 1
            continue
        contribution = _enter(feed=feed, entry=entry, row=row, now=now)
        done += contribution is not None
        said: dict[str, Any] = {"digest": entry.digest, "seen_at": now}
        if contribution is not None:  # else what came of an earlier version stands
            said["contribution"] = contribution
        FeedEntry.objects.update_or_create(feed=feed, uid=entry.uid, defaults=said)
    FeedEntry.objects.filter(feed=feed, uid__in=[entry.uid for entry in entries]).update(seen_at=now)
    return done, left


def _enter(*, feed: Feed, entry: Entry, row: FeedEntry | None, now: datetime) -> Contribution | None:
    """The contribution that this entry made or changed; None where there is nothing to decide."""
    if not entry.is_event:
        return _news(feed=feed, entry=entry, now=now) if row is None else None
    sources = [feed.source, *kin.mail_kin(feed)]
    waiting = kin.open_among(sources=sources, uid=entry.uid)
    if waiting is not None:
        return _change(row=waiting, feed=feed, entry=entry, now=now)
    fields = _fields(feed=feed, entry=entry)
    own = entry_of(source=feed.source, uid=entry.uid)
    if own is not None and entry.sequence < own.sequence:
        return None  # an older version than the page was made of
    page = own.page_id if own is not None else kin.page_among(sources=sources[1:], uid=entry.uid)
    if page is not None:
        fields["known_page"] = page
    elif row is not None or entry.is_cancelled:
        return None  # decided already, or called off before anybody heard of it
    return _receive(feed=feed, entry=entry, kind=Kind.EVENT, fields=fields, now=now)


def _news(*, feed: Feed, entry: Entry, now: datetime) -> Contribution | None:
    if entry.published is not None and entry.published < feed.added_at - NEWS_BEFORE:
        return None
    fields = {"link": entry.link} if entry.link else {}
    return _receive(feed=feed, entry=entry, kind=Kind.NEWS, fields=fields, now=now)


def _receive(*, feed: Feed, entry: Entry, kind: Kind, fields: dict[str, Any], now: datetime) -> Contribution:
    return receive(
        given=Given(
            kind=kind,
            source=Source.FEED,
            title=entry.title,
            text=entry.text,
            fields=fields,
            name=feed.name,
            trust=Trust.PROVEN,  # the team entered the address, and what it serves is its owner's
            organisation=feed.organisation,
            organisation_name="" if feed.organisation else feed.name,
            territory=feed.organisation.place if feed.organisation is not None else None,
            theme=feed.theme,
        ),
        now=now,
    )


def _change(*, row: Contribution, feed: Feed, entry: Entry, now: datetime) -> Contribution | None:
    """What still waits says what the later version says; what it replaced stays in the log."""
    known = row.fields.get("calendar_source") == feed.source
    if known and entry.sequence < int(row.fields.get("calendar_sequence") or 0):
        return None
    kept = {name: value for name, value in row.fields.items() if name not in _SAID}
    hear(
        row=row,
        now=now,
        words="called_off" if entry.is_cancelled else "feed",
        fields={**kept, **_fields(feed=feed, entry=entry)},
        title=entry.title if known else row.title,
        text=entry.text if known and entry.text else row.text,
    )
    return row


def _fields(*, feed: Feed, entry: Entry) -> dict[str, Any]:
    """As `shapes.Fields` says; what is nothing is not kept."""
    found = {
        "start": entry.start,
        "end": entry.end,
        "all_day": entry.all_day,
        "time_zone": entry.time_zone if entry.time_zone in TimeZone.values else "",
        "place": entry.place,
        "link": entry.link,
        "registration": entry.registration,
        "organiser": "" if feed.organisation else feed.name,
        "calendar_source": feed.source,
        "calendar_uid": entry.uid,
        "calendar_sequence": entry.sequence,
        "cancelled": entry.is_cancelled,
    }
    return {name: value for name, value in found.items() if value}


# --- what the team does -------------------------------------------------------------------------------


def add(*, values: dict[str, Any], by: User, now: datetime) -> Feed:
    """It is read at the next turn."""
    return Feed.objects.create(**values, added_by=by, added_at=now, next_at=now)


@transaction.atomic
def edit(*, feed_id: int, values: dict[str, Any], now: datetime) -> Feed:
    """Another address is read anew."""
    feed = Feed.objects.select_for_update(of=("self",)).get(pk=feed_id)
    if values["url"] != feed.url:
        feed.etag = feed.modified = feed.moved_to = ""
        feed.next_at = now if feed.state != FeedState.STOPPED else None
    for name, value in values.items():
        setattr(feed, name, value)
    feed.save()
    return feed


@transaction.atomic
def stop(*, feed_id: int) -> None:
    """Nothing more comes in; what came stays."""
    feed = Feed.objects.select_for_update(of=("self",)).get(pk=feed_id)
    FEED.check(feed.state, FeedState.STOPPED)
    feed.state, feed.next_at = FeedState.STOPPED, None
    feed.save(update_fields=["state", "next_at"])


@transaction.atomic
def read_again(*, feed_id: int, now: datetime) -> None:
    """At the next turn, whatever it said before; one that was stopped begins again."""
    feed = Feed.objects.select_for_update(of=("self",)).get(pk=feed_id)
    if feed.state == FeedState.STOPPED:
        feed.state, feed.why = FeedState.NEW, ""
    feed.next_at, feed.etag, feed.modified = now, "", ""
    feed.save()


def forget_entries(*, now: datetime) -> int:
    """Periodic: what no feed has said for more than a year."""
    return FeedEntry.objects.filter(seen_at__lt=now - KEPT).delete()[0]
