from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError
from django_tasks_db.models import DBTaskResult

from commun.common import clock, periodic, workers
from commun.common.models import WorkerBeat

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def loops(monkeypatch):
    monkeypatch.setattr(workers, "_loops", {})
    monkeypatch.setattr(workers, "POLL_SECONDS", 0.02)
    monkeypatch.setattr(workers, "BEAT_EVERY", timedelta(seconds=0.05))


def _run(worker: workers.Worker) -> None:
    thread = threading.Thread(target=worker.run)
    thread.start()
    thread.join(timeout=20)
    assert not thread.is_alive()


def test_a_stopped_worker_lets_every_loop_finish_what_it_holds(loops):
    finished = []

    def loop(stop, name):
        worker.stop.set()  # what SIGTERM does
        stop.wait()
        finished.append(name)

    worker = workers.Worker(name="w1")
    workers.register_loop("test", loop)
    _run(worker)
    assert finished == ["w1"]
    beat = WorkerBeat.objects.get(worker="w1")
    assert beat.stopped_at is not None
    assert worker.failed == []


def test_a_loop_that_dies_takes_the_whole_worker_down(loops):
    def loop(stop, name):
        raise RuntimeError

    workers.register_loop("test", loop)
    worker = workers.Worker(name="w2")
    _run(worker)
    assert worker.failed == ["test"]


def test_a_loop_that_loses_the_database_begins_again(loops, monkeypatch):
    began = []

    def loop(stop, name):
        began.append(name)
        if len(began) < 3:
            raise OperationalError("server closed the connection unexpectedly")
        worker.stop.set()

    beat = workers.Worker._beat
    monkeypatch.setattr(workers.Worker, "_beat", lambda self, **how: _lost(how) or beat(self, **how))
    lost = [True]

    def _lost(how):
        if not how and lost.pop():
            lost.append(False)
            raise InterfaceError("connection already closed")

    workers.register_loop("test", loop)
    worker = workers.Worker(name="w3")
    _run(worker)
    assert began == ["w3"] * 3
    assert worker.failed == []
    assert WorkerBeat.objects.get(worker="w3").stopped_at is not None


def test_a_task_left_running_by_a_dead_worker_is_failed_and_seen(loops):
    now = clock.now()
    values = {"args_kwargs": {"args": [], "kwargs": {}}, "task_path": "x", "backend_name": "default", "run_after": now}
    old = DBTaskResult.objects.create(status="RUNNING", started_at=now - timedelta(hours=1), **values)
    fresh = DBTaskResult.objects.create(status="RUNNING", started_at=now, **values)
    assert workers.fail_overdue_tasks(now=now) == 1
    old.refresh_from_db()
    fresh.refresh_from_db()
    assert (old.status, fresh.status) == ("FAILED", "RUNNING")


def test_the_commands_of_privacy_answer_for_an_unknown_person(capsys):
    call_command("export_person", "personne@example.org")
    assert capsys.readouterr().out.strip() == "{}"
    call_command("erase_person", "personne@example.org")
    assert "Rien à effacer" in capsys.readouterr().out


def test_rows_of_tasks_finished_long_ago_are_forgotten_and_the_others_stay(loops, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    now = clock.now()
    values = {"args_kwargs": {"args": [], "kwargs": {}}, "task_path": "x", "backend_name": "default", "run_after": now}
    ages = {("SUCCESSFUL", 15): False, ("SUCCESSFUL", 13): True, ("FAILED", 41): True, ("FAILED", 43): False}
    rows = {
        shape: DBTaskResult.objects.create(status=shape[0], finished_at=now - timedelta(days=shape[1]), **values)
        for shape in ages
    }
    ready = DBTaskResult.objects.create(status="READY", **values)
    sweep = next(one for one in periodic.sweeps() if one.name == "common.finished_tasks")
    assert sweep.every == timedelta(days=1)
    sweep.service(now=now)
    left = set(DBTaskResult.objects.values_list("pk", flat=True))
    assert left == {ready.pk, *(row.pk for shape, row in rows.items() if ages[shape])}
