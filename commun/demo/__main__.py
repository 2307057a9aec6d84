"""`python -m commun.demo`, which `make demo` calls: everything from nothing, then the site.

SERVE=no stops after the send; PORT=… serves elsewhere; RESET=yes forgets the former demonstration. What it needs is
set here, before Django reads its settings: a demonstration never touches another database, nor another relay, even
where the environment names one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from commun.demo.catcher import Catcher
from commun.demo.outbox import Outbox

ROOT = Path(__file__).resolve().parent.parent.parent
_YES, _NO = {"yes", "oui", "true", "1"}, {"no", "non", "false", "0"}
# What an operator may have set for the real service, and that a demonstration must not use.
_OUR_OWN = (
    "CACHE_URL",
    "MEDIA_STORAGE_URL",
    "PRIVATE_STORAGE_URL",
    "JOURNAL_DIR",
    "WITHDRAWALS_FILE",
    "SENTRY_DSN",
    "SECRET_KEY",
    "DEBUG",
    "MAIL_FROM",
    "LIST_ID",
    "BOUNCE_DOMAIN",
    "INBOUND_DOMAIN",
    "INBOUND_AUTHSERV_ID",
    "IMAP_URL",
    "APPROVALS_REQUIRED",
    "TRUSTED_PROXIES",
)
_DATA = ("commun.sqlite3", "commun.sqlite3-wal", "commun.sqlite3-shm", "media", "outbox", "journal", "withdrawals.txt")


class CannotStart(Exception):
    """A sentence for the person at the terminal."""


def main() -> int:
    try:
        serving = _choice("SERVE", default=True)
        reset = _choice("RESET", default=False)
        port = _port()
        if serving:
            _refuse_taken(port=port)
        var = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
        with _alone(var=var):
            return _run(var=var, port=port, serving=serving, reset=reset)
    except CannotStart as problem:
        print(problem, file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        print("\nArrêté. Relancez la même commande : elle reprendra où elle en était.", file=sys.stderr)  # noqa: T201
        return 130


def _run(*, var: Path, port: int, serving: bool, reset: bool) -> int:
    if reset:
        _forget(var=var)
    catcher = Catcher()
    _set_environment(var=var, port=port, smtp_port=catcher.port)
    catcher.start(outbox=Outbox(var / "outbox"))
    signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        _set_up_django()
        from commun.demo import running

        try:
            line, complete = running.summary(running.load_and_send())
        except running.NothingMoves as state:
            raise CannotStart(
                f"L’envoi n’avance plus (état : {state}). Relancez : il reprendra sans doublon."
            ) from None
        running.say(line)
        if serving:
            running.let_mail_come_in()
            running.tell_ways_in()
            running.serve(port=port)
        return 0 if complete else 1
    finally:
        catcher.stop()


def _set_environment(*, var: Path, port: int, smtp_port: int) -> None:
    os.environ.update(dict.fromkeys(_OUR_OWN, ""))
    os.environ.update(
        DJANGO_SETTINGS_MODULE="commun.config.settings",
        DEMO="true",
        SITE_URL=f"http://localhost:{port}",
        VAR_DIR=str(var),
        DATABASE_URL=f"sqlite:///{var / 'commun.sqlite3'}",
        SMTP_URL=f"smtp://127.0.0.1:{smtp_port}?starttls=never",
        LOG_LEVEL=os.environ.get("LOG_LEVEL") or "WARNING",
    )


def _set_up_django() -> None:
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import call_command

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise CannotStart(f"Démarrage refusé. {error}") from None
    print("Base de données…", flush=True)  # noqa: T201
    call_command("migrate", verbosity=0, interactive=False)


def _choice(name: str, *, default: bool) -> bool:
    raw = os.environ.get(name, "").strip().lower()
    if raw and raw not in _YES | _NO:
        raise CannotStart(f"{name}={raw} : attendu yes ou no.")
    return raw in _YES if raw else default


def _port() -> int:
    raw = os.environ.get("PORT", "").strip() or "8000"
    if not raw.isascii() or not raw.isdecimal() or not 1 <= int(raw) <= 65535:
        raise CannotStart(f"PORT={raw} : attendu un nombre de 1 à 65535.")
    return int(raw)


def _refuse_taken(*, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            advice = f"Fermez-le, ou choisissez un autre port : make demo PORT={port + 1 if port < 65535 else 8001}"
            raise CannotStart(f"Le port {port} est déjà pris par un autre programme. {advice}") from None


@contextmanager
def _alone(*, var: Path) -> Iterator[None]:
    """One demonstration at a time in one folder: two would share a database and a mailbox."""
    (var / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise wants it, even empty
    with (var / "demo.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotStart("Une démonstration tourne déjà ici. Arrêtez-la (Ctrl-C) avant d’en lancer une.") from None
        yield


def _forget(*, var: Path) -> None:
    """The former demonstration, and nothing else of the folder."""
    for name in _DATA:
        path = var / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _as_interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
