"""A vote under way and one that is over, held by the services themselves under a clock set to the days of the story."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from commun.accounts.api import create_member
from commun.common import clock
from commun.demo.content import votes as content
from commun.demo.content.markup import to_text
from commun.demo.services.people import approver, editor
from commun.demo.services.shelf import Shelf
from commun.library.api import ThemePage
from commun.votes import api

LATEST = timedelta(days=20)


def load_votes(*, shelf: Shelf, now: datetime) -> None:
    """Once: a vote that somebody opened, or closed, is never held again."""
    if api.Vote.objects.exists():
        return
    with _clock_of_the_story():
        _hold_closed(now=now)
        _hold_open(shelf=shelf, now=now)


def _hold_closed(*, now: datetime) -> None:
    vote = _announce(
        title=content.CLOSED_TITLE,
        text=content.CLOSED_TEXT,
        options=[
            api.OptionDraft(title=to_text(title), summary=to_text(text)) for title, text in content.CLOSED_OPTIONS
        ],
        kinds=["departement"],
        opens_at=now - timedelta(days=60),
        closes_at=now - timedelta(days=30),
    )
    for rank, (code, grades, roles) in enumerate(content.CLOSED_BALLOTS):
        _set_clock(vote.opens_at + timedelta(days=1 + rank, hours=rank % 7))
        _cast(vote=vote, departement=code, grades=grades, roles=roles)
    _set_clock(vote.closes_at)
    api.close_vote(vote_id=vote.pk)


def _hold_open(*, shelf: Shelf, now: datetime) -> None:
    pages = {"eau": "l-eau-un-bien-a-partager", "jeunes": "la-parole-des-jeunes"}
    vote = _announce(
        title=content.OPEN_TITLE,
        text=content.OPEN_TEXT,
        options=[
            api.OptionDraft(title=to_text(title), summary=to_text(text), link=_path(shelf, pages.get(page, "")))
            for title, text, page in content.OPEN_OPTIONS
        ],
        kinds=["commune", "epci", "departement"],
        opens_at=now - timedelta(days=5),
        closes_at=now + LATEST,
    )
    for rank, code in enumerate(content.OPEN_BALLOTS):
        _set_clock(vote.opens_at + timedelta(hours=5 + 20 * rank))
        grades = [(rank + number) % 4 for number in range(len(content.OPEN_OPTIONS))]
        _cast(vote=vote, departement=code, grades=grades, roles=[0] * len(grades))


def _path(shelf: Shelf, slug: str) -> str:
    page: ThemePage | None = shelf.themes.get(slug)
    return (page.url or "") if page is not None else ""


def _announce(
    *,
    title: str,
    text: str,
    options: list[api.OptionDraft],
    kinds: list[str],
    opens_at: datetime,
    closes_at: datetime,
) -> api.Vote:
    values = {
        "title": to_text(title),
        "presentation": f"{to_text(text)}\n\n{to_text(content.INVENTED)}",
        "method": api.VoteMethod.MAJORITY_JUDGMENT,
        "kinds": kinds,
        "ladder": [api.LadderStep.READY.value, api.LadderStep.DEPARTEMENTS.value],
        "public_value_name": "",
        "note": "",
        "opens_at": opens_at,
        "closes_at": closes_at,
    }
    before = opens_at - timedelta(days=7)
    vote = api.create_vote(values=values, options=options, by=editor(), now=before)
    api.schedule_vote(vote_id=vote.pk, by=approver(), now=before)
    _set_clock(opens_at)
    return api.open_vote(vote_id=vote.pk, electors=api.usual_electorate(kinds))


def _cast(*, vote: api.Vote, departement: str, grades: Collection[int], roles: Collection[int]) -> None:
    person = create_member(email=content.account_of(departement))
    elector = api.electors_of(user=person, vote=vote, now=clock.now()).get()
    api.cast_ballot(
        elector=elector,
        grades=list(grades),
        roles=list(roles),
        user=person,
        submission=hashlib.sha256(f"{vote.slug}:{departement}:{elector.last_number}".encode()).hexdigest()[:43],
        seen=elector.last_number,
    )


@contextmanager
def _clock_of_the_story() -> Iterator[None]:
    """The box dates its events by the database's clock: this story happened before it was loaded."""
    kept = clock.database_now
    try:
        yield
    finally:
        clock.database_now = kept


def _set_clock(at: datetime) -> None:
    clock.database_now = lambda: at
