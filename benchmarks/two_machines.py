"""Two machines, of which one is lost in the middle of a send: who received what, and what visitors saw.

Two web and two worker processes on one PostgreSQL, each machine with its own folder and journals; public and private
files on a real S3 server (moto's), counters in a real Redis. In the middle of a send, the web and the worker of one
machine are killed, and its folder is taken away: nobody can read its journal. Visitors ask all the time, through what a
proxy does: another machine where one does not connect.

    make two-machines                 2,000 people
    make two-machines RECIPIENTS=…

`failover_s`: from the kill to the moment when all that the lost machine held is settled or in other hands.
`uncertain` is what was in its hands, at most 100: nobody can know, and nobody is written to again.
Libraries of this proof are installed in an environment of their own, pinned by hash (requirements/machines.txt).
"""

from __future__ import annotations

import contextlib
import http.server
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.databases import environment, set_up
from benchmarks.machine import ROOT, TOOLS, free_port, need, pinned
from benchmarks.sink import Behaviour, Sink, accepted

LIBRARIES = TOOLS / "machines"
RECIPIENTS = int(os.environ.get("RECIPIENTS") or 2_000)
LEASE_SECONDS = 10
PATIENCE = 240.0
PIXEL = b"\x89PNG\r\n\x1a\n" + b"\0" * 200


def main() -> int:
    if Path(sys.prefix).resolve() != LIBRARIES.resolve():
        pinned("machines")
        command = [str(LIBRARIES / "bin" / "python"), "-m", "benchmarks.two_machines"]
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    with ExitStack() as stack:
        files = stack.enter_context(_s3())
        counters = stack.enter_context(_redis())
        front = stack.enter_context(_Faulty(files))
        values = stack.enter_context(
            environment(
                database="postgresql",
                LEASE_SECONDS=str(LEASE_SECONDS),
                CACHE_URL=counters,
                MEDIA_STORAGE_URL=f"s3://key:secret@127.0.0.1:{front.port}/commun-media?tls=false&region=us-east-1",
                PRIVATE_STORAGE_URL=f"s3://key:secret@127.0.0.1:{front.port}/commun-private?tls=false&region=us-east-1",
            )
        )
        set_up(values)
        record = Path(values["VAR_DIR"]) / "accepted.txt"
        sink = stack.enter_context(Sink(record, behaviour=Behaviour(delay=0.01)))
        machines = [stack.enter_context(_Machine(values, smtp=sink.port)) for _ in range(2)]
        _files(machines, front)
        line = _lose_one(machines, record)
    print(line)
    return 0


def _until(what: str, condition: Callable[[], object], *, seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit(f"two-machines: not seen within {seconds:.0f} s: {what}")
        time.sleep(0.05)


def _answers(url: str, *, seconds: float = 20) -> tuple[int, bytes]:
    """Status and body; 0 where nobody listens, or stops in the middle."""
    try:
        with urllib.request.urlopen(url, timeout=seconds) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except OSError:
        return 0, b""


# --- what they share ----------------------------------------------------------------------------------------


@contextmanager
def _s3() -> Iterator[int]:
    import boto3

    port = free_port()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([str(LIBRARIES / "bin" / "moto_server"), "-H", "127.0.0.1", "-p", str(port)], **quiet)
    try:
        _until("the S3 server", lambda: _answers(f"http://127.0.0.1:{port}/moto-api/")[0])
        client = boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{port}",
            aws_access_key_id="key",
            aws_secret_access_key="secret",
            region_name="us-east-1",
        )
        for bucket in ("commun-media", "commun-private"):
            client.create_bucket(Bucket=bucket)
        yield port
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def _redis() -> Iterator[str]:
    import redis

    port = free_port()
    program = need("redis-server", package="redis-server")
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            client = redis.Redis(port=port)
            _until("Redis", lambda: _pings(client))
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait(20)


def _pings(client: object) -> bool:
    try:
        return bool(client.ping())  # type: ignore[attr-defined]
    except OSError:
        return False
    except Exception as error:
        if type(error).__module__.startswith("redis"):
            return False
        raise


class _Faulty:
    """Between us and the S3 server: `fault` makes it answer 503, deny, or not answer at all for a while."""

    def __init__(self, behind: int) -> None:
        self.fault = ""
        front = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self) -> None:
                size = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(size) if size else None
                if front.fault == "slow":
                    time.sleep(15)
                if front.fault:
                    said = b"<Error><Code>AccessDenied</Code></Error>" if front.fault == "denied" else b""
                    self.answer(403 if said else 503, {}, said)
                    return
                headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
                request = urllib.request.Request(
                    f"http://127.0.0.1:{behind}{self.path}", data=body, headers=headers, method=self.command
                )
                try:
                    with urllib.request.urlopen(request, timeout=30) as answer:
                        self.answer(answer.status, dict(answer.headers), answer.read())
                except urllib.error.HTTPError as error:
                    self.answer(error.code, dict(error.headers), error.read())

            def __getattr__(self, name: str) -> Callable[[], None]:
                if name.startswith("do_"):
                    return self.handle_one
                raise AttributeError(name)

            def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
                self.send_response(status)
                length = headers.get("Content-Length", str(len(body))) if self.command == "HEAD" else str(len(body))
                for name, value in headers.items():
                    if name.lower() not in {"content-length", "transfer-encoding", "connection", "date", "server"}:
                        self.send_header(name, value)
                self.send_header("Content-Length", length)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            def log_message(self, *args: object) -> None: ...

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port

    def __enter__(self) -> _Faulty:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()


class _Machine:
    """A web process and a worker, with a folder of their own."""

    def __init__(self, values: dict[str, str], *, smtp: int) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="commun-machine-"))
        self.port = free_port()
        shared = {"VAR_DIR": str(self.folder), "SMTP_URL": f"smtp://127.0.0.1:{smtp}?starttls=never"}
        self._environment = {**os.environ, **values, **shared}
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> _Machine:
        options = ["--interface", "wsgi", "--no-ws", "--workers", "1", "--blocking-threads", "2", "--host", "127.0.0.1"]
        web = [str(LIBRARIES / "bin" / "granian"), *options, "--port", str(self.port), "commun.config.wsgi:application"]
        for command in (web, [sys.executable, "manage.py", "worker"]):
            log = (self.folder / "log.txt").open("ab")
            with log:
                self._processes.append(
                    # Of a session of its own: granian's workers are killed with it.
                    subprocess.Popen(
                        command, cwd=ROOT, env=self._environment, stdout=log, stderr=log, start_new_session=True
                    )
                )
        _until("a web process", lambda: _answers(self.url("/healthz"))[0] == 200)
        return self

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def worker(self) -> int:
        return self._processes[1].pid

    def lose(self) -> None:
        """As if somebody had pulled the plug and taken the disk."""
        for process in self._processes:
            os.killpg(process.pid, signal.SIGKILL)
        for process in self._processes:
            process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self._processes:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)


# --- files --------------------------------------------------------------------------------------------------


def _files(machines: list[_Machine], front: _Faulty) -> None:
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage, storages
    from django.core.management import CommandError, call_command

    name = default_storage.save("lettre/essai.png", ContentFile(PIXEL))
    hidden = storages["private"].save("private/secret", ContentFile(b"secret"))
    original = default_storage.save("original_images/essai.png", ContentFile(PIXEL))
    assert default_storage.url(name) == f"/media/{name}", default_storage.url(name)
    for machine in machines:
        _expect(machine, f"/media/{name}", 200, PIXEL)
        for closed in (f"/media/{original}", f"/media/{hidden}", "/media/lettre/nowhere.png"):
            _expect(machine, closed, 404)
    home = _answers(machines[0].url("/"))[1]
    assert b"commun-media" not in home
    assert str(front.port).encode() not in home
    for fault in ("503", "denied", "slow"):
        front.fault = fault
        began = time.perf_counter()
        _expect(machines[0], f"/media/{name}", 503, seconds=60)
        _expect(machines[0], "/", 200)
        print(f"two-machines: S3 {fault}: a picture answers 503 after {time.perf_counter() - began:.1f} s", flush=True)
        target = machines[0].folder / "refused.tar"
        if fault != "slow":
            with contextlib.suppress(CommandError):
                call_command("backup", str(target), verbosity=0, stdout=io.StringIO())
                raise SystemExit(f"two-machines: a backup was made although S3 said {fault}")
            assert not list(machines[0].folder.glob("refused*"))
    front.fault = ""
    target = machines[0].folder / "site.tar"
    call_command("backup", str(target))
    call_command("restore", str(target), check=True)
    import tarfile

    with tarfile.open(target) as kept:
        inside = set(kept.getnames())
    assert {f"media/{name}", f"media/{original}", f"private/{hidden}"} <= inside, inside


def _expect(machine: _Machine, path: str, status: int, body: bytes | None = None, *, seconds: float = 20) -> None:
    found, said = _answers(machine.url(path), seconds=seconds)
    if found != status or (body is not None and said != body):
        log = (machine.folder / "log.txt").read_text(errors="replace")[-3000:]
        raise SystemExit(f"two-machines: {path} answers {found}, not {status}\n{log}")


# --- a machine is lost --------------------------------------------------------------------------------------


class _Visitors(threading.Thread):
    """Ask all the time, of whichever machine connects; an error is what no machine could answer."""

    def __init__(self, machines: list[_Machine]) -> None:
        super().__init__(daemon=True)
        self._machines = machines
        self.over = threading.Event()
        self.asked = self.errors = 0

    def run(self) -> None:
        while not self.over.is_set():
            for path in ("/", "/healthz", "/abonnement/", "/media/lettre/essai.png"):
                turn = self._machines[self.asked % 2 :] + self._machines[: self.asked % 2]
                self.asked += 1
                status = next((found for one in turn if (found := _answers(one.url(path))[0])), 0)
                self.errors += status != 200


def _lose_one(machines: list[_Machine], record: Path) -> str:
    from benchmarks.letter import demonstration_letter
    from commun.common import clock
    from commun.mailing import api
    from commun.mailing.models import Claim, Delivery, Lease, Send
    from commun.mailing.types import Recipient

    html, text = demonstration_letter()
    message = api.seal_message(subject="Le passage à l’action", html=html, text=text, now=clock.now())
    people = [Recipient(address=f"lectrice-{n}@example.org", key=api.new_recipient_key()) for n in range(RECIPIENTS)]
    visitors = _Visitors(machines)
    visitors.start()
    send = api.create_send(message=message, kind="bench", idempotency_key="two", recipients=people)
    lost = machines[0]
    lease = Lease.objects.filter(worker__contains=f"-{lost.worker}-", closed_at__isnull=True)

    def under_way() -> bool:
        held = Claim.objects.filter(lease__in=lease, closed_at__isnull=True)
        return held.exists() and len(accepted(record)) > RECIPIENTS // 5 if record.exists() else False

    _until("both machines at work", under_way)
    held_by = list(lease.values_list("pk", flat=True))
    lost.lose()
    began = time.perf_counter()
    _until("what was lost, settled", lambda: not Lease.objects.filter(pk__in=held_by, closed_at__isnull=True).exists())
    failover = time.perf_counter() - began
    _until("the end of the send", lambda: Send.objects.get(pk=send.pk).state == "finished")
    visitors.over.set()
    visitors.join(60)
    received = accepted(record)
    states = dict(Delivery.objects.filter(send=send).values_list("address", "state"))
    gone = [who for who, state in states.items() if state == "accepted" and who not in received]
    gone += [who for who, state in states.items() if state not in {"accepted", "uncertain"}]
    print(
        json.dumps(
            {"asked": visitors.asked, "lease_s": LEASE_SECONDS, "states": api.send_progress(send_id=send.pk).counts}
        ),
        flush=True,
    )
    return (
        f"two-machines: sent={len(received)} lost={len(gone) + RECIPIENTS - len(states)} "
        f"duplicated={sum(number > 1 for number in received.values())} "
        f"uncertain={sum(state == 'uncertain' for state in states.values())} "
        f"web_errors={visitors.errors} failover_s={failover:.1f}"
    )


if __name__ == "__main__":
    sys.exit(main())
