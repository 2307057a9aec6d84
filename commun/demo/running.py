"""The demonstration once settings are read: load, send, tell, serve."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from commun.common import clock
from commun.common.workers import Worker
from commun.demo.content.letter import LETTER
from commun.demo.content.people import APPROVER, EDITOR, MEMBER
from commun.demo.services.contributions import load_contributions
from commun.demo.services.letter import send_demo_issue
from commun.demo.services.load import load_demo
from commun.demo.services.people import approver
from commun.mailing.api import release, resume, send_progress
from commun.mailing.types import SendProgress, SendState
from commun.newsletters.api import SendCancelled

PATIENCE_SECONDS = 120


class NothingMoves(Exception):
    """The send cannot go on; the text says why, to the person at the terminal."""


def say(line: str = "") -> None:
    print(line, flush=True)  # noqa: T201 (a command speaks to a terminal)


@contextmanager
def working() -> Iterator[Worker]:
    """A worker in this process, as `manage.py worker` runs in another; what is on the wire is finished on leaving."""
    worker = Worker()
    thread = threading.Thread(target=worker.run, name="worker")
    thread.start()
    try:
        yield worker
    finally:
        worker.stop.set()
        thread.join(timeout=60)


def load_and_send() -> SendProgress:
    """Load what is missing, send the issue if it never left, wait until it is over. Raises `NothingMoves`."""
    now = clock.now()
    issue = load_demo(now=now, say=lambda line: say(f"  {line}"))
    try:
        send = send_demo_issue(issue=issue, now=clock.now())
    except SendCancelled:
        raise NothingMoves("L’envoi a été annulé dans l’administration. Pour repartir : make demo RESET=yes") from None
    progress = send_progress(send_id=send.pk)
    if progress.state == SendState.FINISHED:
        say("La lettre est déjà partie : rien n’est envoyé une seconde fois.")
        return progress
    say(f"Envoi de la lettre n° {LETTER.number} par SMTP…")
    _let_go(progress=progress)
    with working() as worker:
        return _wait(send_id=send.pk, worker=worker)


def _let_go(*, progress: SendProgress) -> None:
    """A demonstration stopped in mid-send and taken up later: its only operator is the person who started it."""
    act = {SendState.HELD: release, SendState.PAUSED: resume}.get(progress.state)
    if act is not None:
        act(send_id=progress.send_id, by=approver())


def _wait(*, send_id: int, worker: Worker) -> SendProgress:
    progress = send_progress(send_id=send_id)
    settled, since = -1, time.monotonic()
    while progress.state not in {SendState.FINISHED, SendState.CANCELLED}:
        done = _settled(progress)
        if done != settled:
            settled, since = done, time.monotonic()
            _show(progress=progress, done=done)
        elif worker.failed or time.monotonic() - since > PATIENCE_SECONDS:
            raise NothingMoves(
                f"L’envoi n’avance plus (état : {progress.state}). Relancez : il reprendra sans doublon."
            )
        if progress.state == SendState.HELD:
            _let_go(progress=progress)
        time.sleep(0.2)
        progress = send_progress(send_id=send_id)
    _show(progress=progress, done=_settled(progress), last=True)
    return progress


def _settled(progress: SendProgress) -> int:
    return sum(progress.counts[state] for state in ("accepted", "refused", "uncertain", "excluded"))


def _show(*, progress: SendProgress, done: int, last: bool = False) -> None:
    """One line that moves on a terminal; its last state only, elsewhere."""
    total = progress.total or 0
    line = f"  {done} sur {total or '…'} : {progress.counts['accepted']} acceptés"
    if sys.stdout.isatty():
        sys.stdout.write(f"\r{line}   " + ("\n" if last else ""))
        sys.stdout.flush()
    elif last:
        say(line)


def summary(progress: SendProgress) -> tuple[str, bool]:
    """The line scripts read, and whether everybody received the letter."""
    recipients, accepted = progress.total or 0, progress.counts["accepted"]
    line = f"demo: recipients={recipients} accepted={accepted} web={settings.SITE_URL}/lettre/{LETTER.number}/"
    return line, recipients == accepted and recipients > 0


def let_mail_come_in() -> None:
    """What people gave: once, and only where somebody will look at it. The worker that serves handles the mail."""
    load_contributions(now=clock.now())


def tell_ways_in() -> None:
    site = settings.SITE_URL
    say()
    say(f"  Le site            {site}/")
    say(f"  La lettre          {site}/lettre/{LETTER.number}/")
    say(f"  Messages reçus     {site}/boite-de-demonstration/")
    say(f"  Administration     {site}/gestion/")
    say(f"  Contributions      {site}/gestion/contributions/")
    say()
    say(
        f"Pour entrer : {site}/compte/login/ , une de ces adresses, puis le code arrivé dans la boîte de démonstration."
    )
    for who, person in (("rédactrice", EDITOR), ("valideuse", APPROVER), ("membre", MEMBER)):
        say(f"  {person.email:<36} {person.first_name} {person.last_name}, {who}")
    say()
    say("Ctrl-C pour arrêter.")


def serve(*, port: int) -> None:
    """The site and its worker, until Ctrl-C."""
    from django.core.servers import basehttp
    from django.core.wsgi import get_wsgi_application

    application: Any = get_wsgi_application()
    with working():
        try:
            basehttp.run("127.0.0.1", port, application, threading=True)
        except KeyboardInterrupt:
            say("\nArrêt…")
