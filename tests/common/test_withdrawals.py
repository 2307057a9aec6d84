"""Who left is also a line beside the database, whatever happens to the process that writes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from commun.common import clock, withdrawals
from commun.common.models import Withdrawal
from commun.common.privacy import erase_person
from commun.common.signing import address_hash
from commun.common.withdrawals import Line
from commun.mailing import api as mail
from commun.mailing.types import SuppressionReason
from commun.subscribers.services import subscriptions
from tests.subscribers.factories import make_subscriber

NOW = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
WHO, OTHER = "a" * 64, "b" * 64


def lines(settings) -> list[tuple[str, str]]:
    return [(line.kind, line.who) for line in withdrawals.read(settings.WITHDRAWALS_FILE)]


def note(*, kind: str, now: datetime, who: str = WHO) -> None:
    """As a process killed between its commit and the line."""
    Withdrawal.objects.create(kind=kind, who=who, at=now)


@pytest.mark.django_db
def test_leaving_complaining_being_put_aside_and_erased_are_lines(settings, django_capture_on_commit_callbacks):
    left, complained, dead = (make_subscriber(address=f"{name}@example.org") for name in ("p", "q", "r"))
    now = clock.now()
    with django_capture_on_commit_callbacks(execute=True):
        subscriptions.unsubscribe(recipient_key=left.key, method="one_click", now=now)
        subscriptions.unsubscribe(recipient_key=complained.key, method="complaint", kind="complained", now=now)
        row = mail.suppress(reason=SuppressionReason.HARD_BOUNCE, address=dead.address, now=now)
        mail.suppress(reason=SuppressionReason.HARD_BOUNCE, address=dead.address, now=now)
        mail.lift(suppression=row, why="elle répond", by=None, now=now)
        subscriptions.activate(subscriber=left, method="form", now=now)
        erase_person(email="Q@example.org", now=now)
    hers = address_hash("q@example.org")
    assert lines(settings) == [
        ("unsubscribed", left.address_hash),
        ("complained", hers),
        ("suppressed:hard_bounce", dead.address_hash),
        ("lifted:hard_bounce", dead.address_hash),
        ("returned", left.address_hash),
        ("suppressed:erasure", hers),
        ("erased", hers),
    ]
    assert settings.WITHDRAWALS_FILE.stat().st_mode & 0o777 == 0o600
    assert "@" not in settings.WITHDRAWALS_FILE.read_text()


@pytest.mark.django_db
def test_nothing_is_written_of_what_was_not_committed(settings):
    withdrawals.note(kind=withdrawals.ERASED, who=WHO, now=NOW)
    assert not settings.WITHDRAWALS_FILE.exists()


@pytest.mark.django_db
def test_a_disk_that_takes_nothing_stops_nobody_from_leaving(settings, tmp_path, django_capture_on_commit_callbacks):
    (tmp_path / "file").touch()
    settings.WITHDRAWALS_FILE = tmp_path / "file" / "withdrawals.txt"
    with django_capture_on_commit_callbacks(execute=True):
        withdrawals.note(kind=withdrawals.ERASED, who=WHO, now=NOW)
    settings.WITHDRAWALS_FILE = tmp_path / "withdrawals.txt"
    assert withdrawals.catch_up(now=NOW) == 1
    assert ("erased", WHO) in lines(settings)


@pytest.mark.django_db
def test_what_was_left_out_is_written_once_and_until_when_it_is_all_there_is_said(settings):
    note(kind="unsubscribed", now=NOW)
    assert withdrawals.catch_up(now=NOW) == 1
    assert withdrawals.catch_up(now=NOW + timedelta(minutes=1)) == 0
    # Dated before the sweep, committed after it.
    note(kind="erased", now=NOW - timedelta(minutes=2))
    assert withdrawals.catch_up(now=NOW + timedelta(minutes=2)) == 1
    assert withdrawals.catch_up(now=NOW + timedelta(hours=2)) == 0
    assert lines(settings) == [("unsubscribed", WHO), ("complete", "-"), ("erased", WHO), ("complete", "-")]


@pytest.mark.django_db
def test_a_file_longer_than_is_read_at_once_is_read_from_its_end(settings, monkeypatch):
    monkeypatch.setattr(withdrawals, "_BLOCK", 150)
    for minutes in range(20):
        note(kind="unsubscribed", now=NOW + timedelta(minutes=minutes))
    assert withdrawals.catch_up(now=NOW + timedelta(minutes=20)) == 20
    note(kind="erased", now=NOW + timedelta(minutes=21))
    assert withdrawals.catch_up(now=NOW + timedelta(minutes=22)) == 1
    assert len(lines(settings)) == 22
    assert len(set(lines(settings))) == 3


@pytest.mark.django_db
def test_a_line_cut_short_by_a_full_disk_spoils_no_other(settings):
    settings.WITHDRAWALS_FILE.write_text(f"{Line(NOW, 'erased', WHO)}\n2026-03-01T09:00:00.0000")
    note(kind="unsubscribed", now=NOW, who=OTHER)
    withdrawals.catch_up(now=NOW)
    assert lines(settings) == [("erased", WHO), ("unsubscribed", OTHER), ("complete", "-")]


def test_what_was_lifted_or_undone_by_coming_back_is_not_done_again():
    def at(minutes: int, kind: str, who: str = WHO) -> Line:
        return Line(NOW + timedelta(minutes=minutes), kind, who)

    kept = [at(1, "unsubscribed"), at(4, "suppressed:hard_bounce"), at(5, "erased", OTHER)]
    undone = [at(0, "unsubscribed", OTHER), at(2, "returned", OTHER), at(2, "suppressed:manual")]
    assert withdrawals.standing([*kept, *undone, at(3, "lifted:manual"), kept[0]]) == kept


@pytest.mark.django_db
def test_rows_are_forgotten_and_lines_stay(settings):
    note(kind="erased", now=NOW)
    withdrawals.catch_up(now=NOW)
    assert withdrawals.forget_old(now=NOW + timedelta(days=91)) == 1
    assert ("erased", WHO) in lines(settings)
