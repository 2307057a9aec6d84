"""The demonstration and a ledger of a million, backed up and restored by the commands that operators run.

Memory is that of the command and of whatever it started (`pg_dump`, `pg_restore`, `psql`), together, as the kernel
knows it (`VmRSS`, looked at ten times a second).

    make bench-backup                  a million deliveries, on PostgreSQL
    make bench-backup DELIVERIES=…     fewer
    make bench-backup DB=sqlite        on SQLite
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.databases import environment, set_up
from benchmarks.worker import memory_mb

DELIVERIES = int(os.environ.get("DELIVERIES") or 1_000_000)
DATABASE = os.environ.get("DB") or "postgresql"
_MORE = """
INSERT INTO mailing_delivery ({columns})
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {more})
SELECT {values} FROM mailing_delivery d, numbers WHERE d.send_id = {send}
"""


@dataclass(frozen=True)
class Measured:
    seconds: float
    peak_mb: int


def main() -> int:
    with environment(database=DATABASE) as values:
        set_up(values)
        _fill()
        target = Path(values["VAR_DIR"]) / "site.tar"
        saved = _run(values, "backup", str(target))
        print(f"archive: {target.stat().st_size // 1_000_000} MB", flush=True)
        with environment(database=DATABASE) as another:
            elsewhere = {**values, **{name: another[name] for name in ("DATABASE_URL", "VAR_DIR")}}
            restored = _run(elsewhere, "restore", str(target))
            kept = _deliveries(elsewhere)
    if kept != DELIVERIES:
        raise SystemExit(f"bench-backup: {kept} deliveries came back")
    print(
        f"bench-backup: deliveries={DELIVERIES} backup_s={saved.seconds:.1f} restore_s={restored.seconds:.1f} "
        f"peak_mb={max(saved.peak_mb, restored.peak_mb)}"
    )
    return 0


def _fill() -> None:
    """One delivery made by the services, and the others after it."""
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.letter import demonstration_letter
    from commun.common import clock
    from commun.mailing import api
    from commun.mailing.models import Delivery
    from commun.mailing.types import Recipient

    call_command("load_demo", verbosity=0)
    html, text = demonstration_letter()
    message = api.seal_message(subject="Le passage à l’action", html=html, text=text, now=clock.now())
    one = Recipient(address="lectrice-0@example.org", key=api.new_recipient_key())
    send = api.create_send(message=message, kind="bench", idempotency_key="backup", recipients=[one])
    columns = [field.column for field in Delivery._meta.concrete_fields if not field.primary_key]
    own = {
        "address": "'lectrice-' || numbers.n || '@example.org'",
        "recipient_key": "substr('0000000000000000000000' || numbers.n, -22)",
        "position": "numbers.n + d.position",
        "state": "'accepted'",
    }
    if connection.vendor == "postgresql":
        own["recipient_key"] = "lpad(numbers.n::text, 22, '0')"
    with connection.cursor() as cursor:
        cursor.execute(
            _MORE.format(
                columns=", ".join(columns),
                values=", ".join(own.get(name, f"d.{name}") for name in columns),
                more=DELIVERIES - 1 - Delivery.objects.exclude(send=send).count(),
                send=send.pk,
            )
        )
    connection.close()


def _run(values: dict[str, str], *words: str) -> Measured:
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "manage.py", *words], env={**os.environ, **values})
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(_memory(pid) for pid in _family(process.pid)))
        time.sleep(0.1)
    if process.returncode:
        raise SystemExit(f"bench-backup: {words[0]} failed")
    return Measured(time.perf_counter() - began, peak)


def _family(pid: int) -> list[int]:
    """A process and whatever it started (Linux, proc(5))."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in _family(int(child)))]


def _memory(pid: int) -> int:
    try:
        return memory_mb(pid).get("VmRSS", 0)
    except OSError:
        return 0


def _deliveries(values: dict[str, str]) -> int:
    code = "from commun.mailing.models import Delivery; print(Delivery.objects.count())"
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    said = subprocess.run(command, env={**os.environ, **values}, check=True, stdout=subprocess.PIPE, text=True).stdout
    return int(said.split()[-1])


if __name__ == "__main__":
    sys.exit(main())
