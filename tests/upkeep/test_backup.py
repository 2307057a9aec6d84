"""A backup brings everything back, or says why not and changes nothing; nobody is written to twice by itself."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.mail import send_mail
from django.core.management import CommandError, call_command
from django.db import connection

from benchmarks.sink import Behaviour, Sink, accepted
from commun.accounts.models import User
from commun.common import clock, privacy, standstill
from commun.common.models import WorkerBeat
from commun.mailing import api as mail
from commun.mailing.models import Delivery, Send, ServiceMail, Suppression
from commun.mailing.types import SendState, SuppressionReason
from commun.subscribers.models import Subscriber
from commun.subscribers.services import subscriptions
from commun.upkeep import archive, manifest
from commun.upkeep.services import restoring
from tests.mailing.engine import relay, running_engine, wait_until
from tests.mailing.factories import make_send
from tests.subscribers.factories import make_subscriber, make_subscribers
from tests.upkeep.conftest import one_at_a_time

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["folder", "archive.tar"])
def target(request, tmp_path) -> Path:
    return tmp_path / request.param


@pytest.fixture
def archived(tmp_path, run) -> Path:
    """A site with people, backed up in one file."""
    make_subscribers(3)
    default_storage.save("images/carte.png", ContentFile(b"carte" * 1000))
    path = tmp_path / "site.tar"
    run("backup", path)
    return path


def refused(run, *words: str | Path, because: str) -> None:
    before = Subscriber.objects.count()
    with pytest.raises(CommandError, match=because):
        run("restore", *words)
    assert Subscriber.objects.count() == before
    assert not standstill.restoring()


def test_what_was_backed_up_comes_back_with_its_files(target, run, destroy):
    make_subscribers(3)
    default_storage.save("images/carte.png", ContentFile(b"carte"))
    storages["private"].save("private/abc", ContentFile(b"secret"))
    run("backup", target)
    destroy()
    for storage, name in ((default_storage, "images/carte.png"), (storages["private"], "private/abc")):
        storage.delete(name)
    assert not Subscriber.objects.exists()
    run("restore", target)
    assert Subscriber.objects.count() == 3
    for storage, name, content in (
        (default_storage, "images/carte.png", b"carte"),
        (storages["private"], "private/abc", b"secret"),
    ):
        with storage.open(name) as file:
            assert file.read() == content
    assert not standstill.restoring()
    Subscriber.objects.all()[0].save()  # sequences and triggers are there too
    make_subscriber()


def test_only_its_owner_reads_it_and_it_names_nobody_in_its_manifest(target, run):
    make_subscribers(1)
    run("backup", target)
    files = [target, *target.rglob("*")] if target.is_dir() else [target]
    assert {path.stat().st_mode & 0o077 for path in files} == {0}
    assert b"@" not in archive.read_manifest(target)
    assert not list(target.parent.glob("*.part")) + list(target.parent.glob("*.copy"))


def test_the_manifest_counts_rows_and_says_the_last_migration_of_each_room(archived):
    made = manifest.read(archived)
    assert made.counts["subscribers_subscriber"] == 3
    assert made.migrations["common"].startswith("0002_")
    assert made.files
    assert "media/images/carte.png" in made.entries


def test_a_backup_without_files_says_so(tmp_path, run, destroy):
    make_subscribers(1)
    default_storage.save("images/carte.png", ContentFile(b"carte"))
    assert "n’y sont pas" in run("backup", tmp_path / "base.tar", "--no-files")
    destroy()
    assert "remettez médias" in run("restore", tmp_path / "base.tar")


def test_another_backup_is_not_written_over(archived, run):
    before = archived.read_bytes()
    with pytest.raises(CommandError, match="existe déjà"):
        run("backup", archived)
    assert archived.read_bytes() == before


# --- a send under way ---------------------------------------------------------------------------------------


@pytest.fixture
def sink(tmp_path) -> Iterator[Sink]:
    with Sink(tmp_path / "accepted.txt") as server:
        server.keep_bodies = True
        yield server


def test_a_backup_made_mid_send_writes_to_nobody_twice_by_itself(sink, tmp_path, run, destroy, settings):
    settings.EMAIL_BACKEND = "commun.mailing.backends.ServiceMailBackend"  # tests keep mail in memory otherwise
    people = make_subscribers(40)
    waits = make_send(key="plus-tard")
    Send.objects.filter(pk=waits.pk).update(scheduled_at=clock.now() + timedelta(days=3))
    send = make_send()
    send_mail("Votre code", "123456", None, ["reader@example.org"])
    later = dict.fromkeys(["reader@example.org", *(one.address for one in people[20:])], b"451 4.3.0 later")
    sink.behaviour = Behaviour(refuse_recipient=later)
    journal = tmp_path / "journal"

    def leave(number: int) -> None:
        with running_engine(relay(sink.port), journal_dir=journal):
            wait_until(lambda: len(accepted(sink.record)) == number)
            waiting = "deferred" if number == 20 else "accepted"
            wait_until(lambda: Delivery.objects.filter(send=send, state=waiting).count() >= 20)
            wait_until(lambda: ServiceMail.objects.get().state == waiting)

    leave(20)
    run("backup", tmp_path / "site.tar")
    sink.behaviour = Behaviour()
    Delivery.objects.filter(state="deferred").update(not_before=clock.now())
    ServiceMail.objects.filter(state="deferred").update(not_before=clock.now())
    leave(41)
    once = accepted(sink.record)
    destroy()
    said = run("restore", tmp_path / "site.tar")
    assert f"send_control {send.pk} release" in said
    assert {one.state for one in Send.objects.all()} == {SendState.HELD}
    Delivery.objects.filter(state="deferred").update(not_before=clock.now())
    with running_engine(relay(sink.port), journal_dir=journal):
        # Once this one has left, the engine has looked at everything.
        send_mail("Autre code", "654321", None, ["somebody@example.org"])
        wait_until(lambda: ServiceMail.objects.filter(state="accepted", address="somebody@example.org").exists())
    again = accepted(sink.record)
    assert {who: number for who, number in again.items() if who != "somebody@example.org"} == once
    assert set(once.values()) == {1}
    assert mail.send_progress(send_id=send.pk).consistent


# --- who left since -----------------------------------------------------------------------------------------


def test_whoever_left_complained_or_was_erased_since_is_so_again(tmp_path, run, destroy, settings):
    left, complained, erased, dead, back = (make_subscriber(address=f"{name}@example.org") for name in "abcde")
    User.objects.create(email="c@example.org")
    run("backup", tmp_path / "site.tar")
    now = clock.now()
    subscriptions.unsubscribe(recipient_key=left.key, method="one_click", now=now)
    subscriptions.unsubscribe(recipient_key=complained.key, method="complaint", kind="complained", now=now)
    subscriptions.unsubscribe(recipient_key=back.key, method="one_click", now=now)
    subscriptions.activate(subscriber=back, method="form", now=now + timedelta(seconds=1))
    privacy.erase_person(email=erased.address, now=now)
    mail.suppress(reason=SuppressionReason.HARD_BOUNCE, address=dead.address, now=now)
    mail.suppress(reason=SuppressionReason.MANUAL, address="unknown@example.org", now=now)
    call_command("shell", "-c", "from commun.common import clock, withdrawals; withdrawals.catch_up(now=clock.now())")
    destroy()
    said = run("restore", tmp_path / "site.tar")
    assert "complet" in said
    states = dict(Subscriber.objects.values_list("address", "state"))
    assert states == {
        "a@example.org": "unsubscribed",
        "b@example.org": "unsubscribed",
        "d@example.org": "active",
        "e@example.org": "active",
    }
    assert not User.objects.filter(email="c@example.org").exists()
    reasons = dict(Suppression.objects.values_list("address_hash", "reason"))
    assert reasons[mail.address_hash("d@example.org")] == "hard_bounce"
    assert reasons[mail.address_hash("unknown@example.org")] == "manual"


def test_without_the_file_of_withdrawals_it_says_what_is_not_known(archived, run, destroy, settings):
    settings.WITHDRAWALS_FILE.unlink(missing_ok=True)
    destroy()
    assert "Aucun fichier de retraits" in run("restore", archived)


# --- what is refused ----------------------------------------------------------------------------------------


def test_a_site_with_people_is_not_written_over(archived, run):
    refused(run, archived, because="abonné")


def test_a_worker_that_lives_is_not_worked_against(archived, run, destroy):
    destroy()
    now = clock.now()
    WorkerBeat.objects.create(worker="w", host="h", pid=1, started_at=now, beat_at=now)
    refused(run, archived, because="travailleur vit encore")


def test_another_secret_key_is_refused(archived, run, destroy, settings):
    destroy()
    settings.SECRET_KEY = "another" * 10
    refused(run, archived, because="SECRET_KEY")


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[5000] ^= 1  # of the database
    path.write_bytes(data)


def grow(path: Path) -> None:
    with tarfile.open(path, "a") as tar:
        tar.add(__file__, arcname="media/images/more.png")


@pytest.mark.parametrize(("damage", "because"), [(cut, "incomplète"), (flip, "plus ce qui"), (grow, "plus ce qui")])
def test_a_damaged_archive_changes_nothing(archived, run, destroy, damage, because):
    destroy()
    damage(archived)
    refused(run, archived, because=because)
    refused(run, archived, "--check", because=because)


@pytest.mark.parametrize("name", ["manifest.json", "media/images/carte.png"])
def test_a_damaged_folder_changes_nothing(tmp_path, run, destroy, name):
    make_subscribers(1)
    default_storage.save("images/carte.png", ContentFile(b"carte"))
    run("backup", tmp_path / "folder")
    destroy()
    path = tmp_path / "folder" / name
    path.write_bytes(path.read_bytes().replace(b"a", b"e", 1))
    refused(run, tmp_path / "folder", because="plus ce qui")
    path.unlink()
    refused(run, tmp_path / "folder", because="plus ce qui|pas une sauvegarde")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 something else" * 100])
def test_what_is_no_backup_is_refused(tmp_path, run, content):
    path = tmp_path / "site.tar"
    path.write_bytes(content)
    refused(run, path, because="pas une sauvegarde|incomplète")
    refused(run, tmp_path / "nowhere", because="pas une sauvegarde")


def test_a_backup_of_a_newer_version_is_refused_by_its_migrations(archived, run, destroy, monkeypatch):
    destroy()
    made = manifest.read(archived)
    with pytest.raises(manifest.Newer, match=r"votes\.9999_later"):
        manifest.refuse_newer({**made.migrations, "votes": "9999_later"})
    monkeypatch.setattr(manifest, "applied", lambda: {**made.migrations, "votes": "9999_later"})
    later = archived.with_name("later.tar")
    run("backup", later)
    refused(run, later, because="9999_later")


# --- what goes wrong on the way -----------------------------------------------------------------------------


def _alone(code: str, *, settings, limit: int = 0) -> subprocess.CompletedProcess[str]:
    """In a process of its own, on this very database; `limit`: of what it may write in one file."""
    given = dict(connection.settings_dict)
    prelude = (
        "import django; django.setup(); from django.conf import settings; from django.db import connection;"
        f"connection.settings_dict.update(NAME={given['NAME']!r});"
        f"settings.MEDIA_ROOT, settings.PRIVATE_ROOT = {str(settings.MEDIA_ROOT)!r}, {str(settings.PRIVATE_ROOT)!r};"
        f"from pathlib import Path; settings.WITHDRAWALS_FILE = Path({str(settings.WITHDRAWALS_FILE)!r})\n"
    )

    def limited() -> None:
        if limit:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    with one_at_a_time():
        return subprocess.run(
            [sys.executable, "-c", prelude + code],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=limited,
        )


def test_a_full_disk_leaves_nothing_that_looks_like_a_backup(tmp_path, settings):
    make_subscribers(1)
    code = f"from django.core.management import call_command; call_command('backup', {str(tmp_path / 'site.tar')!r})"
    done = _alone(code, settings=settings, limit=100_000)
    assert done.returncode
    assert "n’a pas pu être écrite" in done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("site")] == []


_KILLED = """
import os
from django.core.management import call_command
from commun.upkeep.services import restoring
act = getattr(restoring, {step!r})
def die(*args, **kwargs):
    if {after!r}:
        act(*args, **kwargs)
    os._exit(9)
setattr(restoring, {step!r}, die)
call_command("restore", {source!r})
"""


@pytest.mark.parametrize("killed", [("_load", False), ("_load", True), ("_replay", True)])
def test_a_restore_that_was_killed_is_run_again(archived, run, destroy, settings, killed):
    step, after = killed
    destroy()
    done = _alone(_KILLED.format(step=step, after=after, source=str(archived)), settings=settings)
    assert done.returncode == 9, done.stderr
    connection.close()
    if after:
        with pytest.raises(CommandError, match="restauration"):
            call_command("worker")
    else:
        assert not Subscriber.objects.exists()
    run("restore", archived)
    assert Subscriber.objects.count() == 3
    assert not standstill.restoring()


def test_a_load_that_stops_half_way_leaves_the_database_as_it_was(archived, destroy):
    destroy()
    tables = set(connection.introspection.table_names())
    with one_at_a_time(), pytest.raises(Exception, match=r".+"):
        restoring._load(_shortened(archived))
    assert set(connection.introspection.table_names()) == tables
    assert not standstill.restoring()


def _shortened(source: Path) -> Path:
    """The same archive whose database stops after a third, and whose headers say so."""
    short = source.with_name("short.tar")
    with archive.writing(short) as writer:
        for name, file in archive.read_all(source):
            data = file.read()
            with writer.part(name) as part:
                part.write(data[: len(data) // 3] if name.startswith("database") else data)
    return short


# --- --check ------------------------------------------------------------------------------------------------


def test_a_check_compares_and_changes_nothing(archived, run):
    assert "Sauvegarde bonne" in run("restore", archived, "--check")
    assert Subscriber.objects.count() == 3
    assert not standstill.restoring()


def test_a_check_sees_that_rows_are_missing(archived, run, monkeypatch):
    made = manifest.read(archived)
    counts = {**made.counts, "subscribers_subscriber": 4}
    monkeypatch.setattr(
        restoring.manifests, "read", lambda source: manifest.Manifest(**{**_fields(made), "counts": counts})
    )
    with pytest.raises(CommandError, match="subscribers_subscriber a 3 lignes, et non 4"):
        run("restore", archived, "--check")


def _fields(made: manifest.Manifest) -> dict[str, object]:
    return {name: getattr(made, name) for name in made.__dataclass_fields__}


def test_a_manifest_that_was_edited_is_refused(tmp_path, run):
    make_subscribers(1)
    run("backup", tmp_path / "folder")
    path = tmp_path / "folder" / archive.MANIFEST
    body = json.loads(path.read_bytes())
    body["version"] = "0.0.1"
    path.write_text(json.dumps(body))
    refused(run, tmp_path / "folder", because="plus ce qui")
