"""Several people, or several workers, at the same instant; each on a connection of its own."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from commun.common import clock
from commun.common.errors import AppError
from commun.contributions.models import Contribution, FormDraft
from commun.contributions.services import deciding, giving
from commun.contributions.types import Kind
from commun.library.api import ResourcePage
from commun.mailing.models import ServiceMail
from tests.contributions.conftest import deliver
from tests.contributions.factories import given, moderator
from tests.inbound import corpus
from tests.library.factories import ThemeFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts) -> list[Any]:
    gate, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        gate.wait()
        try:
            outcomes[place] = acts[place]()
        except AppError as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def message(number: int) -> bytes:
    return corpus.text(
        "Bonjour,\n\nVoici notre guide.\n",
        From=f"Camille <camille{number}@bourg.example.org>",
        Message_ID=f"<{number}@bourg.example.org>",
        Subject=f"Un guide n° {number}",
    )


def test_mails_of_the_same_instant_are_each_one_contribution_acknowledged_once():
    at_once(*(lambda number=number: deliver(message(number)) for number in range(4)))
    assert Contribution.objects.count() == 4
    assert ServiceMail.objects.count() == 4


def test_one_mail_brought_twice_at_the_same_instant_is_one_contribution():
    at_once(lambda: deliver(message(1)), lambda: deliver(message(1)))
    assert Contribution.objects.count() == 1
    assert ServiceMail.objects.count() == 1


def test_two_editors_who_accept_at_once_make_one_draft():
    ThemeFactory()
    row, first, second = given(), moderator(), moderator("autre@example.org")
    outcomes = at_once(
        *(
            lambda by=by: deciding.accept(contribution_id=row.pk, by=by, now=clock.now())  # each presses the button
            for by in (first, second)
        )
    )
    assert sum(isinstance(one, AppError) for one in outcomes) == 1
    assert ResourcePage.objects.count() == 1


def test_a_form_given_twice_and_confirmed_twice_at_once_is_one_contribution():
    draft = giving.start_draft(
        kind=Kind.QUESTION, values={"titre": "Une question", "texte": "Laquelle ?"}, user=None, now=clock.now()
    )
    you = {"nom": "Camille", "adresse": "camille@example.org", "structure": "", "remerciement": False}
    FormDraft.objects.filter(pk=draft.pk).update(data={**draft.data, "vous": you})
    outcomes = at_once(*[lambda: giving.give(draft_id=draft.pk, user=None, now=clock.now())] * 2)
    assert sum(isinstance(one, AppError) for one in outcomes) == 1
    at_once(*[lambda: giving.confirm_address(key=draft.key, now=clock.now())] * 3)
    assert Contribution.objects.count() == 1
    assert ServiceMail.objects.count() == 2  # the confirmation, the acknowledgement
