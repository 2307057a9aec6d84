"""The journal under a full disk, the names of errors, and how long a fault stands: without engine nor database."""

from __future__ import annotations

import os
import resource
import socket
import ssl

import pytest

from commun.mailing.delivery import journal
from commun.mailing.delivery.faults import Faults, SteadyClock, name_of
from commun.mailing.delivery.journal import Journal, Unwritable, owner_is_dead, read, take_over
from commun.mailing.types import WaitingFor

# --- the journal ----------------------------------------------------------------------------------------


def test_a_short_write_is_no_record_and_what_follows_is_one(tmp_path):
    path = tmp_path / "a.journal"
    opened = Journal(path)
    opened.wire(1)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 4, hard))  # room for four bytes more
    try:
        with pytest.raises(Unwritable):
            opened.wire(1234567)
        with pytest.raises(Unwritable):
            opened.wire(1234568)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    opened.try_out()
    opened.wire(7)
    opened.result(7, "accepted", 250, "2.0.0")
    told = read(path.read_bytes())
    assert told.on_wire == {1, 7}
    assert told.known[7].fate == "accepted"


def test_the_fence_counts_behind_half_a_line_too(tmp_path):
    path = tmp_path / "a.journal"
    opened = Journal(path)
    opened.wire(1)
    os.write(opened._fd, b"W 12")
    opened._end += 4
    assert not owner_is_dead(path)
    assert take_over(path).on_wire == {1}
    with pytest.raises(journal.Fenced):
        opened.wire(13)
    assert read(path.read_bytes()).on_wire == {1}


# --- names ----------------------------------------------------------------------------------------------


def caused(error: Exception, by: Exception) -> Exception:
    error.__cause__ = by
    return error


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (ConnectionRefusedError(111, "refused"), WaitingFor.RELAY_UNREACHABLE),
        (TimeoutError(), WaitingFor.RELAY_UNREACHABLE),
        (ssl.SSLError("wrong version"), WaitingFor.RELAY_UNREACHABLE),
        (socket.gaierror(-2, "Name or service not known"), WaitingFor.NAME),
        (caused(OSError("x"), OSError(24, "Too many open files")), WaitingFor.DESCRIPTORS),
        (caused(OSError("x"), ssl.SSLCertVerificationError("expired")), WaitingFor.CERTIFICATE),
        (KeyError("x"), WaitingFor.BUG),
    ],
)
def test_each_error_has_its_name(error, name):
    assert name_of(error) is name


def test_a_fault_is_tried_again_after_a_pause_that_doubles_and_is_counted_once_for_four_connections():
    at = [0.0]
    standing = Faults(clock=lambda: at[0])
    pauses = []
    for _ in range(7):
        for _ in range(4):
            standing.met(WaitingFor.JOURNAL)
        began = at[0]
        while standing.pausing:
            at[0] += 0.5
        pauses.append(at[0] - began)
    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    standing.gone(WaitingFor.JOURNAL)
    assert standing.standing is None


def test_a_clock_that_jumps_is_believed_once_back_or_once_it_stays():
    wall, tick = [1000.0], [0.0]
    watched = SteadyClock(settles=120, wall=lambda: wall[0], clock=lambda: tick[0])

    def after(seconds: float, *, jump: float = 0.0, drift: float = 0.0) -> bool:
        tick[0] += seconds
        wall[0] += seconds * (1 + drift) + jump
        return watched.jumped()

    assert not any(after(1, drift=0.5) for _ in range(300))  # made to run faster: no jump
    assert after(1, jump=3600)
    assert not after(1, jump=-3600)
    assert after(1, jump=-86400)
    assert all(after(1) for _ in range(110))
    assert not after(10)
