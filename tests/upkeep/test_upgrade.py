"""The database goes to the installed version while the site answers, one machine at a time, or not at all."""

from __future__ import annotations

import threading
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client

from commun.upkeep import manifest, turns
from commun.upkeep.services import upgrading


@pytest.fixture(autouse=True)
def _static(settings, tmp_path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"


@pytest.fixture(autouse=True)
def _checked(monkeypatch) -> None:
    """The tests' own settings are those of a demonstration, whose checks are not those of a deployment."""
    monkeypatch.setattr(upgrading, "_check", lambda: None)


class Beside(threading.Thread):
    """Something done in a thread of its own; what it raised is raised by `over`."""

    def __init__(self, act: Any) -> None:
        super().__init__(daemon=True)
        self._act = act
        self._raised: list[BaseException] = []

    def run(self) -> None:
        try:
            self._act()
        except BaseException as error:
            self._raised.append(error)
        finally:
            connections.close_all()

    def over(self) -> None:
        self.join(60)
        assert not self.is_alive()
        if self._raised:
            raise self._raised[0]


@pytest.mark.django_db(transaction=True)
def test_the_site_answers_while_it_is_upgraded_and_is_told_what_was_done(run):
    call_command("migrate", "votes", "0001", verbosity=0)
    upgraded = threading.Event()
    answers: list[int] = []

    def visit() -> None:
        visitor = Client(raise_request_exception=False)
        while not upgraded.is_set() or len(answers) < 10:
            answers.extend(visitor.get(path).status_code for path in ("/healthz", "/", "/abonnement/"))

    visitor = Beside(visit)
    visitor.start()
    said = run("upgrade")
    upgraded.set()
    visitor.over()
    assert set(answers) == {200}
    assert "votes.0002" in said
    assert "Redémarrez" in said
    assert "l’était déjà" in run("upgrade")


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_two_machines_at_once_take_turns(run):
    began, go_on = threading.Event(), threading.Event()

    def first() -> None:
        with turns.alone(say=lambda line: None):
            began.set()
            assert go_on.wait(60)

    said = StringIO()
    one, other = Beside(first), Beside(lambda: call_command("upgrade", stdout=said))
    one.start()
    assert began.wait(60)
    other.start()
    while "on l’attend" not in said.getvalue():
        assert other.is_alive()
    assert "migrations" not in said.getvalue()
    go_on.set()
    one.over()
    other.over()
    assert "À jour" in said.getvalue()


@pytest.mark.django_db(transaction=True)
def test_a_table_that_somebody_holds_is_waited_for_without_making_pages_wait(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer, and waits by itself")
    call_command("migrate", "votes", "0001", verbosity=0)
    monkeypatch.setattr(upgrading, "LOCK_SECONDS", 1)
    held, waited = threading.Event(), threading.Event()
    said: list[str] = []

    def hold() -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("LOCK TABLE votes_ballot IN ROW EXCLUSIVE MODE")
            held.set()
            assert waited.wait(60)
            cursor.execute("ROLLBACK")

    def say(line: str) -> None:
        said.append(line)
        waited.set()

    holder = Beside(hold)
    holder.start()
    assert held.wait(60)
    done = upgrading._migrate(say=say)
    holder.over()
    assert "votes.0002_seals" in done
    assert "occupée" in said[0]


@pytest.mark.django_db
def test_a_database_of_a_newer_version_or_too_old_is_left_alone(run, monkeypatch):
    applied = manifest.applied()
    monkeypatch.setattr(manifest, "applied", lambda: {**applied, "votes": "9999_later"})
    with pytest.raises(CommandError, match="9999_later"):
        run("upgrade")
    monkeypatch.setattr(manifest, "applied", lambda: applied)
    monkeypatch.setattr(upgrading, "FROM", {"votes": "9999_later"})
    with pytest.raises(CommandError, match=r"manque votes\.9999_later"):
        run("upgrade")


def test_a_new_database_is_no_jump():
    upgrading.refuse_jump({})


@pytest.mark.django_db
def test_a_library_of_another_version_is_named_before_anything_is_done(run, monkeypatch):
    real = upgrading.metadata.version
    monkeypatch.setattr(upgrading.metadata, "version", lambda name: "0.1" if name == "granian" else real(name))
    with pytest.raises(CommandError, match=r"granian \S+ \(et non 0\.1\)"):
        run("upgrade")


@pytest.mark.django_db
def test_refused_settings_stop_it(run, monkeypatch):
    def refuse(*args: Any, **options: Any) -> None:
        raise upgrading.SystemCheckError("config.E001")

    monkeypatch.undo()
    monkeypatch.setattr(upgrading, "call_command", refuse)
    with pytest.raises(CommandError, match=r"config\.E001"):
        run("upgrade")
