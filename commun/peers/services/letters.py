"""What we write to the people of an introduction. Addresses are told once both said yes, and not before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from commun.accounts.models import User
from commun.common import french, mails
from commun.peers import links
from commun.peers.models import Introduction
from commun.peers.selectors.introductions import others_to_meet
from commun.peers.types import Side, Subject

_ABOUT = {
    Subject.THEIR_NEED: "de votre besoin",
    Subject.OUR_NEED: "de son besoin",
    Subject.PAGE: "de ce que vous racontez",
}


def ask(*, row: Introduction, people: Sequence[User], again: bool = False) -> int:
    """Each has a link of her own; how many were written to."""
    name = french.name(row.asking.label)
    subject = f"{name} souhaite vous rencontrer" if not again else f"{name} attend votre réponse"
    for person in people:
        mails.post(
            to=person.email,
            template="peers/mail/asked.txt",
            subject=subject,
            row=row,
            person=person,
            again=again,
            told_about=_ABOUT.get(Subject(row.subject), ""),
            url=links.introduction_url(reference=row.reference, user_id=person.pk),
        )
    return len(people)


def introduce(*, row: Introduction, now: datetime) -> None:
    """One mail to each, that says who the other is and how to write to her; with an invitation where a time was
    chosen. To answer it is to write to the other."""
    from commun.peers.calendars import to_ical  # icalendar is heavy, and a worker that sends letters has no use for it

    sides = [(Side.ASKING, row.user, row.answered_by), (Side.ASKED, row.answered_by, row.user)]
    for side, person, other in sides:
        if person is None or other is None:
            continue
        body = row.asked if side == Side.ASKING else row.asking
        url = links.introduction_url(reference=row.reference, user_id=person.pk)
        invitation = (
            [("rendez-vous.ics", to_ical(row=row, url=url, now=now), "text/calendar")] if row.meeting_at else []
        )
        mails.post(
            to=person.email,
            template="peers/mail/introduced.txt",
            subject=f"Vous voilà en relation avec {french.name(body.label)}",
            answer_to=other.email,
            attached=invitation,
            row=row,
            person=person,
            other=other,
            body=body,
            asks=side == Side.ASKING,
            url=url,
        )


def tell_not_this_time(*, row: Introduction, now: datetime) -> None:
    """The same words whether the other said no or nothing."""
    if row.user is None or not row.user.is_active:
        return
    mails.post(
        to=row.user.email,
        template="peers/mail/not_this_time.txt",
        subject=f"Pas cette fois avec {french.name(row.asked.label)}",
        row=row,
        person=row.user,
        others=[(one, links.ask_path(slug=one.slug)) for one in others_to_meet(row=row, at=now)],
        url=links.introduction_url(reference=row.reference, user_id=row.user.pk),
    )


def ask_if_it_helped(*, row: Introduction) -> int:
    """Both, once; how many were written to."""
    written = 0
    for side, person, body in ((Side.ASKING, row.user, row.asked), (Side.ASKED, row.answered_by, row.asking)):
        said = row.helped_asking if side == Side.ASKING else row.helped_asked
        if person is None or not person.is_active or said:
            continue
        mails.post(
            to=person.email,
            template="peers/mail/helped.txt",
            subject=f"Cet échange avec {french.name(body.label)} vous a-t-il aidés ?",
            row=row,
            person=person,
            body=body,
            url=links.introduction_url(reference=row.reference, user_id=person.pk),
        )
        written += 1
    return written
