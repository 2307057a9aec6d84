"""One act on many people: said before, done by a worker in lots of one transaction each, undone the same way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django_tasks import task

from commun.common import clock, withdrawals
from commun.subscribers import segments, wording
from commun.subscribers.exceptions import NotTheNumber, WorkMoved
from commun.subscribers.lives import BULK_ACT
from commun.subscribers.models import BulkAct, BulkChange, ConsentEvent, Subscriber, Topic
from commun.subscribers.selectors.segments import people
from commun.subscribers.services.subscriptions import prove, set_preferences, unsubscribe
from commun.subscribers.types import ACT_UNDOABLE, BulkKind, BulkState, Preference, SubscriberState

LOT = 200
SILENT = timedelta(minutes=2)
_BUSY = (BulkState.DOING, BulkState.UNDOING)


def act(
    *,
    kind: BulkKind,
    conditions: Sequence[segments.Condition],
    topic: Topic | None,
    until: date | None,
    why: str,
    expected: int,
    by: Any,
    now: datetime,
) -> BulkAct:
    """A worker does it. Raises `NotTheNumber` when other people answer to the conditions than were announced."""
    number = concerned(kind=kind, conditions=conditions).count()
    if number != expected:
        raise NotTheNumber(str(number))
    with transaction.atomic():
        row = BulkAct.objects.create(
            kind=kind,
            conditions=segments.as_json(conditions),
            topic=topic,
            until=until,
            why=why[:200],
            expected=expected,
            by=by,
            created_at=now,
            touched_at=now,
        )
        transaction.on_commit(lambda: go_on.enqueue(row.pk))
    return row


def concerned(*, kind: BulkKind, conditions: Sequence[segments.Condition]) -> Any:
    """Whom such an act changes anything for: whoever left, or never confirmed, is left alone."""
    found = people(conditions=conditions).filter(state=SubscriberState.ACTIVE)
    if kind in (BulkKind.ADD_TOPIC, BulkKind.REMOVE_TOPIC, BulkKind.EVERY_ISSUE):
        return found.filter(preference=Preference.CHOSEN_TOPICS)  # the others receive everything already
    return found.filter(paused_until__gt=clock.today()) if kind == BulkKind.RESUME else found


def left_without_topic(*, conditions: Sequence[segments.Condition], topic: Topic | None) -> int:
    """How many have chosen no other topic: without that one, they receive every issue."""
    others = Subscriber.topics.through.objects.filter(subscriber=OuterRef("pk")).exclude(topic=topic)
    return int(concerned(kind=BulkKind.REMOVE_TOPIC, conditions=conditions).filter(~Exists(others)).count())


def undo(*, pk: int, now: datetime) -> None:
    """Whoever has asked for nothing since is as she was; the others are counted. Raises `WorkMoved`."""
    with transaction.atomic():
        row = BulkAct.objects.select_for_update().get(pk=pk)
        if not BULK_ACT.allows(row.state, BulkState.UNDOING) or not row.changes.exists():
            raise WorkMoved
        row.state, row.cursor, row.kept, row.touched_at = BulkState.UNDOING, 0, 0, now
        row.save(update_fields=["state", "cursor", "kept", "touched_at"])
        transaction.on_commit(lambda: go_on.enqueue(pk))


@task()
def go_on(pk: int) -> None:
    """What a worker does with one act; harmless twice."""
    work(pk=pk)


def work(*, pk: int) -> None:
    while _lot(pk):
        pass


def _lot(pk: int) -> bool:
    """One lot, under the lock of its act: two workers take turns, and a crash repeats nothing."""
    with transaction.atomic():
        row = (
            BulkAct.objects.select_for_update(of=("self",))
            .filter(pk=pk, state__in=_BUSY)
            .select_related("topic")
            .first()
        )
        if row is None:
            return False
        done = _do(row) if row.state == BulkState.DOING else _take_back(row)
        row.touched_at = clock.now()
        if done is None:
            row.state = BulkState.DONE if row.state == BulkState.DOING else BulkState.UNDONE
            row.ended_at = row.touched_at
        else:
            row.cursor = done
        row.save(update_fields=["state", "cursor", "kept", "touched_at", "ended_at"])
    return done is not None


def _do(row: BulkAct) -> int | None:
    """The last one it came to; None when there is nobody left."""
    found = concerned(kind=BulkKind(row.kind), conditions=segments.read(row.conditions))
    lot = list(found.filter(pk__gt=row.cursor).order_by("pk")[:LOT])
    for person in lot:
        before = _choices(person)
        _apply(row, person)
        person.refresh_from_db()
        if (after := _choices(person)) != before:
            BulkChange.objects.create(act=row, person=person, before=before, after=after)
    return lot[-1].pk if lot else None


def _apply(row: BulkAct, person: Subscriber) -> None:
    now, chosen = clock.now(), set(person.topics.all())
    if row.kind == BulkKind.LEAVE:
        unsubscribe(recipient_key=person.key, method=wording.TEAM, now=now)
        return
    preference, until = Preference(person.preference), person.paused_until
    if row.kind == BulkKind.ADD_TOPIC and row.topic is not None:
        chosen.add(row.topic)
    elif row.kind == BulkKind.REMOVE_TOPIC and row.topic is not None:
        chosen.discard(row.topic)
        preference = preference if chosen else Preference.EVERY_ISSUE  # nothing chosen would be no letter at all
    elif row.kind == BulkKind.EVERY_ISSUE:
        preference = Preference.EVERY_ISSUE
    else:
        until = row.until if row.kind == BulkKind.PAUSE else None
    set_preferences(
        subscriber=person, preference=preference, topics=chosen, paused_until=until, method=wording.TEAM, now=now
    )


def _choices(person: Subscriber) -> dict[str, Any]:
    return {
        "state": person.state,
        "preference": person.preference,
        "topics": sorted(person.topics.values_list("pk", flat=True)),
        "paused_until": person.paused_until.isoformat() if person.paused_until else None,
    }


def _take_back(row: BulkAct) -> int | None:
    lot = list(row.changes.filter(pk__gt=row.cursor).select_related("person").order_by("pk")[:LOT])
    for change in lot:
        person = Subscriber.objects.select_for_update().filter(pk=change.person_id).first()
        if person is None:
            continue
        if _choices(person) == change.after and not _asked_since(person, row.created_at):
            _restore(person, change.before)
        else:
            row.kept += 1
    return lot[-1].pk if lot else None


def _asked_since(person: Subscriber, moment: datetime) -> bool:
    """Whether she asked for anything, even what the act had done to her: it is her choice from then on."""
    hers = ~Q(method=wording.TEAM) | Q(detail__again=True)
    since = ConsentEvent.objects.filter(hers, subject=person.address_hash, at__gte=moment)
    return since.exclude(kind="address").exists()


def _restore(person: Subscriber, before: dict[str, Any]) -> None:
    now = clock.now()
    if person.state != before["state"]:
        person.state, person.left_at = before["state"], None
        person.save(update_fields=["state", "left_at"])
        prove(address_hash=person.address_hash, kind="returned", method=wording.TEAM, detail={"undone": True}, now=now)
        withdrawals.note(kind=withdrawals.RETURNED, who=person.address_hash, now=now)
        return
    until = before["paused_until"]
    set_preferences(
        subscriber=person,
        preference=Preference(before["preference"]),
        topics=Topic.objects.filter(pk__in=before["topics"]),
        paused_until=date.fromisoformat(until) if until else None,
        method=wording.TEAM,
        now=now,
    )


def enqueue_silent(*, now: datetime) -> int:
    """What a dead worker left (periodic)."""
    silent = list(BulkAct.objects.filter(state__in=_BUSY, touched_at__lt=now - SILENT).values_list("pk", flat=True))
    for pk in silent:
        go_on.enqueue(pk)
    return len(silent)


def forget_changes(*, now: datetime) -> int:
    """How each was before goes after thirty days (periodic); then nothing can be undone."""
    old = BulkAct.objects.filter(state__in=(BulkState.DONE, BulkState.UNDONE), ended_at__lt=now - ACT_UNDOABLE)
    return BulkChange.objects.filter(act__in=old).delete()[0]
