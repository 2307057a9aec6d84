"""Several requests at the same instant, each on a connection of its own."""

from __future__ import annotations

import threading

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection

from commun.accounts.services import ask_code, use_code
from commun.accounts.types import CodePurpose
from commun.common import clock

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act, times: int) -> list[object]:
    gate, outcomes = threading.Barrier(times), []

    def run(number: int) -> None:
        gate.wait()
        try:
            outcomes.append(act(number))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_of_requests_made_together_one_leaves_by_mail_and_all_hold_its_code():
    now = clock.now()

    def ask(number):
        return ask_code(
            purpose=CodePurpose.ENTER, email="a@example.org", client="c", now=now, draw=lambda: f"code {number}"
        )

    outcomes = at_once(ask, 6)
    assert [one.mailed for one in outcomes].count(True) == 1
    assert len({one.code for one in outcomes}) == 1


def test_of_people_who_type_the_same_code_together_one_enters():
    now = clock.now()
    ask_code(purpose=CodePurpose.ENTER, email="a@example.org", client="c", now=now, draw=lambda: "code")
    assert at_once(lambda _: use_code(purpose=CodePurpose.ENTER, code="code", now=now), 6).count(True) == 1


def test_acts_made_together_are_all_counted_in_the_database(settings):
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "commun.common.cache.CountingDatabaseCache", "LOCATION": "counted_at_once"},
    }
    call_command("createcachetable", verbosity=0)
    caches["default"].add("acts", 0, timeout=600)
    assert sorted(at_once(lambda _: caches["default"].incr("acts"), 8)) == list(range(1, 9))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE counted_at_once")
