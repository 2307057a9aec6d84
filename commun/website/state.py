"""Whether all is well, and what to do where it is not: one list, the gravest first."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from commun.common import french, observation, states
from commun.common.observation import DiskSeen, SweepSeen, TasksSeen, WorkerSeen
from commun.common.states import Mover
from commun.contributions.api import oldest_file_waiting
from commun.inbound.api import inbound_state
from commun.inbound.types import InboundState
from commun.mailing.api import MailState, machine_trouble, mail_state, relay_trouble

SERVICE_MAIL_LATE = timedelta(minutes=5)
TASK_LATE = timedelta(minutes=5)
INBOUND_LATE = timedelta(minutes=10)
FILES_LATE = timedelta(minutes=30)
GIGABYTE = 1024**3


class Gravity(enum.IntEnum):
    CRITICAL = 2  # something that was promised is not being done
    WARNING = 1  # it will not last


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """`where`: the name of the screen that helps, with its argument."""

    gravity: Gravity
    what: str
    do: str
    where: tuple[str, ...] = ()

    @property
    def is_critical(self) -> bool:
        return self.gravity is Gravity.CRITICAL


@dataclass(frozen=True, kw_only=True)
class SystemState:
    now: datetime
    workers: list[WorkerSeen]
    tasks: TasksSeen
    sweeps: list[SweepSeen]
    disks: list[DiskSeen]
    mail: MailState
    inbound: InboundState
    oldest_file_at: datetime | None
    overdue: list[states.Overdue]

    @property
    def alive(self) -> int:
        return sum(worker.alive for worker in self.workers)

    @property
    def troubles(self) -> list[Trouble]:
        found = [*_of_workers(self), *_of_mail(self), *_of_sends(self), *_of_inbound(self), *_of_files(self)]
        found += [*_of_lives(self), *_of_machine(self)]
        return sorted(found, key=lambda trouble: -trouble.gravity)


def read_state(*, now: datetime) -> SystemState:
    return SystemState(
        now=now,
        workers=observation.workers(now=now),
        tasks=observation.tasks(now=now),
        sweeps=observation.sweeps(now=now),
        disks=observation.disks(),
        mail=mail_state(now=now),
        inbound=inbound_state(),
        oldest_file_at=oldest_file_waiting(),
        overdue=states.overdue(now=now),
    )


def _critical(what: str, do: str, *where: str) -> Trouble:
    return Trouble(gravity=Gravity.CRITICAL, what=what, do=do, where=where)


def _warning(what: str, do: str, *where: str) -> Trouble:
    return Trouble(gravity=Gravity.WARNING, what=what, do=do, where=where)


def _late(since: datetime | None, now: datetime, limit: timedelta) -> bool:
    return since is not None and now - since > limit


def _names(names: list[str]) -> str:
    more = len(names) - 3
    return ", ".join(names[:3]) + (f" et {more} de plus" if more > 0 else "")


def _of_workers(state: SystemState) -> Iterator[Trouble]:
    if not state.alive:
        yield _critical(
            "Aucun travailleur ne donne signe de vie : rien ne part, rien n’est traité.",
            "Démarrez « manage.py worker » et regardez son journal.",
        )
    if _late(state.tasks.oldest, state.now, TASK_LATE):
        yield _warning(
            "Des tâches attendent depuis plus de cinq minutes.", "Un travailleur de plus, ou un bloqué à relancer."
        )
    if state.tasks.failed:
        yield _warning(
            f"Tâches échouées depuis un jour : {state.tasks.failed}.", "Le journal des travailleurs dit pourquoi."
        )
    if failing := [sweep.title for sweep in state.sweeps if sweep.error]:
        yield _warning(f"Relèves en échec : {_names(failing)}.", "Le journal des travailleurs dit pourquoi.")
    if state.alive and (late := [sweep.title for sweep in state.sweeps if sweep.late]):
        yield _warning(
            f"Relèves en retard : {_names(late)}.",
            "Normal juste après un démarrage ; sinon, relancez un travailleur.",
        )


def _of_mail(state: SystemState) -> Iterator[Trouble]:
    mail = state.mail
    if _late(mail.oldest_service_mail, state.now, SERVICE_MAIL_LATE):
        yield _critical(
            "Des messages que quelqu’un attend (codes, confirmations) ne partent pas depuis plus de cinq minutes.",
            "Regardez les travailleurs et les relais ci-dessous.",
        )
    failing = [relay for relay in mail.relays if relay.error]
    if not mail.relays:
        yield _critical("Aucun relais n’est réglé : rien ne part.", "Réglez SMTP_URL et relancez les travailleurs.")
    make = _critical if len(failing) == len(mail.relays) else _warning
    for relay in failing:
        yield make(*relay_trouble(name=relay.name, fault=relay.fault))
    for fault in mail.faults:
        yield _critical(*machine_trouble(host=fault.host, kind=fault.kind))
    for operator in mail.operators:
        if operator.alarm:
            yield _critical(
                f"{operator.name} nous refuse en tant qu’expéditeur.",
                "Lisez sa réponse, corrigez, puis rouvrez.",
                "mailing_sends:operator",
                str(operator.pk),
            )


def _of_sends(state: SystemState) -> Iterator[Trouble]:
    for send in state.mail.sends:
        page = ("mailing_sends:send", str(send.send_id))
        if send.fault:
            yield _critical(
                f"Le registre de l’envoi {send.send_id} est faux ({send.fault}).",
                "Ne le reprenez pas ; gardez la base et prévenez qui maintient le logiciel.",
                *page,
            )
        elif send.state == "held":
            yield _critical(f"L’envoi {send.send_id} est retenu.", "Vérifiez ce qui est parti, puis confirmez.", *page)
        elif send.state == "paused" and send.reason != "person":
            yield _critical(f"L’envoi {send.send_id} s’est arrêté de lui-même.", "Sa page dit pourquoi.", *page)
    for send_id in state.mail.uncertain_sends:
        yield _warning(
            f"L’envoi {send_id} a des remises incertaines.",
            "Cherchez-les dans le journal du relais, puis décidez.",
            "mailing_sends:uncertain",
            str(send_id),
        )


def _of_inbound(state: SystemState) -> Iterator[Trouble]:
    if _late(state.inbound.oldest_waiting_at, state.now, INBOUND_LATE):
        yield _warning("Du courrier reçu attend d’être traité.", "Regardez les travailleurs.")
    if quarantined := state.inbound.counts.get("quarantined", 0):
        yield _warning(f"Messages en quarantaine : {quarantined}.", "« manage.py inbound_queue » les montre.")


def _of_files(state: SystemState) -> Iterator[Trouble]:
    if _late(state.oldest_file_at, state.now, FILES_LATE):
        yield _warning(
            "Des fichiers reçus attendent d’être examinés depuis plus d’une demi-heure.",
            "Regardez les travailleurs, et l’antivirus s’il y en a un (CLAMAV_URL).",
        )


def _of_lives(state: SystemState) -> Iterator[Trouble]:
    """Silence is a trouble like another: rows that nobody moved within the time that was promised."""
    for late in state.overdue:
        said = f"{late.life.title} attend depuis {french.spell(state.now - late.since)} : « {late.move.act} »"
        if late.count > 1:
            said += f" ({late.count} en tout)"
        if late.move.by is Mover.PERSON:
            yield _warning(f"{said}.", "Personne ne l’a encore fait : voyez qui s’en charge.")
        else:
            yield _critical(f"{said}.", "Cela devait se faire de soi-même : regardez les travailleurs et leur journal.")


def _of_machine(state: SystemState) -> Iterator[Trouble]:
    for disk in state.disks:
        said = f"Disque presque plein ({disk.name}) : il reste {french.weight(disk.free)}."
        if disk.share < 0.02 or disk.free < GIGABYTE // 5:
            yield _critical(said, "Faites de la place : un disque plein arrête les envois et la réception.")
        elif disk.share < 0.1 and disk.free < 10 * GIGABYTE:
            yield _warning(said, "Faites de la place.")
