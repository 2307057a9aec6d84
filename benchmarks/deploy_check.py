"""The files of `deploy/`, proved on one Debian machine: they are installed as docs/operations says, and a reader
subscribes, gets her letter, another's bounces, somebody gives something by mail; all through nginx, Postfix and
PostgreSQL, on the very ports of these files.

Everything happens in namespaces of its own (mounts, network, processes): a second `/etc`, a second `/var`, a loopback
that is nobody else's. Nothing of the machine changes, and all of it is gone at the end. What the check adds to the
files, because there is no other machine: `relayhost` (a server of ours that plays the readers' mailboxes), a name in
`/etc/hosts`, a certificate of its own.

    make deploy-check            as root; installs nginx, Postfix, PostgreSQL and systemd where they are missing
"""

from __future__ import annotations

import html.parser
import os
import re
import shutil
import smtplib
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from benchmarks.machine import ROOT, need
from benchmarks.sink import Behaviour, Sink

APP, VAR = Path("/srv/commun/app"), Path("/srv/commun/var")
UNITS = ("commun-web", "commun-worker", "commun-lmtp", "commun-backup")
EXPOSURE = 4.0
SITE = "https://lettre.example.org"
CERTIFICATE = Path("/etc/ssl/commun/fullchain.pem")
OUTSIDE = "192.0.2.10"  # an address of this machine that is not among Postfix's `mynetworks`
READER, GONE, GIVER = "lectrice@example.net", "partie@example.net", "mairie@example.net"
PATIENCE = 90


def main() -> int:
    if os.geteuid():
        raise SystemExit("deploy-check: run it as root, for namespaces and for apt-get")
    for program, package in (
        ("nginx", "nginx-light"),
        ("postfix", "postfix"),
        ("systemd-analyze", "systemd"),
        ("unshare", "util-linux"),
        ("setpriv", "util-linux"),
        ("ip", "iproute2"),
        ("openssl", "openssl"),
        ("pg_dump", "postgresql"),
    ):
        need(program, package=package)
    apart = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]
    return subprocess.run([*apart, sys.executable, "-m", "benchmarks.deploy_check", "inside"], check=False).returncode


def inside() -> int:
    _second_machine()
    _install()
    exposure = _check_files()
    _start_postgresql()
    _prepare()
    with Sink(Path("/run/accepted.txt"), port=2525) as sink:
        sink.keep_bodies = True
        sink.behaviour = Behaviour(refuse_recipient={GONE: b"550 5.1.1 user unknown"})
        web, *others = [_service(name) for name in UNITS[:3]]
        _run("nginx")
        _run("postfix", "start")
        _wait("the site answers", lambda: _get("/healthz")[0] == 200)
        _say("web, worker, LMTP, nginx, Postfix and PostgreSQL run")
        _served()
        _subscription(sink)
        _letter(sink)
        _bounce()
        _contribution()
        _say("mail in and out: done")
        _maintenance(web)
        died = [one.args for one in others if one.poll() is not None]
        if died:
            raise SystemExit(f"deploy-check: stopped on its own: {died}")
    print(
        f"deploy-check: units={len(UNITS)} max_exposure={exposure} nginx=ok postfix=ok subscription=1 letter=1 "
        "bounce=1 contribution=1"
    )
    return 0


def _say(line: str) -> None:
    print(f"… {line}", flush=True)


def _run(*words: str | Path, **more: object) -> str:
    done = subprocess.run(  # type: ignore[call-overload]
        [str(word) for word in words], capture_output=True, text=True, check=False, **more
    )
    if done.returncode:
        raise SystemExit(f"deploy-check: {' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
    return f"{done.stdout}{done.stderr}"


def _as(user: str, *words: str | Path, **more: object) -> str:
    return _run("setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", *words, **more)


# --- a machine ----------------------------------------------------------------------------------------------


def _second_machine() -> None:
    """What is written in /etc, /var, /run and /srv from here on is seen by these processes alone."""
    _run("mount", "-t", "tmpfs", "tmpfs", "/mnt")
    for name in ("etc", "var"):
        for part in ("upper", "work"):
            (Path("/mnt") / name / part).mkdir(parents=True)
        layers = f"lowerdir=/{name},upperdir=/mnt/{name}/upper,workdir=/mnt/{name}/work"
        _run("mount", "-t", "overlay", "overlay", "-o", layers, f"/{name}")
    virtual_environment = (ROOT / ".venv").resolve()
    _run("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", "/srv")
    _run("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", "/run")
    _run("ip", "link", "set", "lo", "up")
    _run("ip", "address", "add", f"{OUTSIDE}/32", "dev", "lo")
    with Path("/etc/hosts").open("a") as hosts:
        hosts.write("\n127.0.0.1 lettre.example.org\n")
    _run("groupadd", "--system", "commun")
    _run("useradd", "--system", "--gid", "commun", "--home-dir", "/srv/commun", "commun")
    _run("usermod", "--append", "--groups", "commun", "www-data")
    for folder in (APP, VAR, Path("/srv/commun/backups")):
        folder.mkdir(parents=True)
    files = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    _copy(files)
    (APP / ".venv").symlink_to(virtual_environment)


def _copy(files: bytes) -> None:
    for name in filter(None, files.decode().split("\0")):
        source = ROOT / name
        if source.is_file() and not source.is_symlink():
            (APP / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, APP / name)


def _install() -> None:
    """As docs/operations/install.md says."""
    deploy = APP / "deploy"
    settings = (deploy / "env").read_text().replace("SECRET_KEY=\n", f"SECRET_KEY={os.urandom(40).hex()}\n")
    (APP / ".env").write_text(settings)
    _run("chown", "-R", "commun:commun", "/srv/commun")
    (APP / ".env").chmod(0o600)
    for folder in (VAR, Path("/srv/commun")):
        folder.chmod(0o750)
    CERTIFICATE.parent.mkdir(parents=True)
    _run(
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=lettre.example.org"),
        *("-addext", "subjectAltName=DNS:lettre.example.org"),
        *("-keyout", CERTIFICATE.with_name("privkey.pem"), "-out", CERTIFICATE),
    )
    for unit in (deploy / "systemd").iterdir():
        shutil.copy(unit, "/etc/systemd/system/")
    shutil.copy(deploy / "nginx" / "commun.conf", "/etc/nginx/conf.d/")
    Path("/etc/nginx/sites-enabled/default").unlink(missing_ok=True)
    Path("/var/log/nginx").mkdir(parents=True, exist_ok=True)
    postfix = Path("/etc/postfix")
    for name in ("main.cf", "transport", "virtual"):
        shutil.copy(deploy / "postfix" / name, postfix)
    shutil.copy("/usr/share/postfix/master.cf.dist", postfix / "master.cf")
    _append(postfix / "master.cf", (deploy / "postfix" / "lanes.cf").read_text())
    _append(postfix / "main.cf", "relayhost = [127.0.0.1]:2525\nmaillog_file = /var/log/mail.log\n")
    for name in ("transport", "virtual"):
        _run("postmap", postfix / name)


def _append(path: Path, text: str) -> None:
    path.write_text(f"{path.read_text()}\n{text}")


def _check_files() -> float:
    units = sorted(Path("/etc/systemd/system").glob("commun-*"))
    if said := _run("systemd-analyze", "verify", *units).strip():
        raise SystemExit(f"deploy-check: systemd-analyze verify: {said}")
    worst = 0.0
    for name in UNITS:
        said = _run("systemd-analyze", "security", "--offline=true", f"/etc/systemd/system/{name}.service")
        exposure = float(re.findall(r"exposure level for \S+: ([\d.]+)", said)[0])
        if exposure > EXPOSURE:
            raise SystemExit(f"deploy-check: {name} is exposed at {exposure}")
        worst = max(worst, exposure)
    _run("nginx", "-t")
    if warned := [line for line in _run("postfix", "check").splitlines() if "warning" in line or "error" in line]:
        raise SystemExit(f"deploy-check: postfix check: {warned}")
    _say("systemd-analyze verify and security, nginx -t, postfix check: nothing to say")
    return worst


def _start_postgresql() -> None:
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    data = Path("/srv/postgresql")
    for folder in (data, Path("/run/postgresql")):
        folder.mkdir()
        shutil.chown(folder, "postgres", "postgres")
    Path("/run/postgresql").chmod(0o755)
    _as("postgres", programs / "initdb", "-D", data, "--auth=peer", "--encoding=UTF8", cwd="/")
    options = "-c listen_addresses= -c unix_socket_directories=/run/postgresql,/tmp"
    log = "/var/log/postgresql-check.log"
    Path(log).touch()
    shutil.chown(log, "postgres")
    _as("postgres", programs / "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start", cwd="/")
    _as("postgres", programs / "createuser", "commun", cwd="/")
    _as(
        "postgres",
        programs / "createdb",
        "--owner=commun",
        "--encoding=UTF8",
        "--template=template0",
        "commun",
        cwd="/",
    )


def _manage(*words: str | Path) -> str:
    return _as("commun", APP / ".venv/bin/python", "manage.py", *words, cwd=APP, env=_environment(), umask=0o027)


def _environment() -> dict[str, str]:
    """As systemd gives it: nothing of whoever runs the check."""
    return {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}


def _prepare() -> None:
    _without_a_key()
    _manage("migrate", "--no-input", "--verbosity=0")
    _manage("collectstatic", "--no-input", "--verbosity=0")
    _manage("check", "--deploy", "--fail-level", "WARNING")
    _say("migrate, collectstatic, check --deploy")


def _without_a_key() -> None:
    """The file of settings as it is copied, which nobody has filled in: the start stops, and says why."""
    settings = APP / ".env"
    filled = settings.read_text()
    settings.write_text((APP / "deploy" / "env").read_text())
    unit = Path("/etc/systemd/system/commun-web.service").read_text()
    (before,) = re.findall(r"^ExecStartPre=(.+)$", unit, re.MULTILINE)
    who = ["setpriv", "--reuid=commun", "--regid=commun", "--init-groups"]
    done = subprocess.run(
        [*who, *before.split()], cwd=APP, env=_environment(), capture_output=True, text=True, check=False
    )
    if not done.returncode or "SECRET_KEY" not in done.stderr:
        raise SystemExit(f"deploy-check: without SECRET_KEY, the web starts\n{done.stderr}")
    settings.write_text(filled)
    _say("without SECRET_KEY, the web does not start, and says why")


def _service(name: str) -> subprocess.Popen[bytes]:
    """The line that systemd would run, as the user that it would run it as."""
    unit = Path(f"/etc/systemd/system/{name}.service").read_text()
    (line,) = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    for before in re.findall(r"^ExecStartPre=(.+)$", unit, re.MULTILINE):
        _as("commun", *before.split(), cwd=APP, env=_environment())
    who = ["setpriv", "--reuid=commun", "--regid=commun", "--init-groups", "--no-new-privs", "--bounding-set=-all"]
    with Path(f"/var/log/{name}.log").open("wb") as log:
        return subprocess.Popen(
            [*who, *line.split()], cwd=APP, env=_environment(), umask=0o027, stdout=log, stderr=subprocess.STDOUT
        )


# --- a day of it --------------------------------------------------------------------------------------------


def _wait(what: str, condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            for log in (*sorted(Path("/var/log").glob("commun-*.log")), Path("/var/log/mail.log")):
                print(f"--- {log}\n{log.read_text(errors='replace')[-3000:] if log.exists() else ''}", file=sys.stderr)
            raise SystemExit(f"deploy-check: not seen within {PATIENCE} s: {what}")
        time.sleep(0.3)


def _get(path: str, data: dict[str, str] | None = None) -> tuple[int, str, dict[str, str]]:
    """Status, text, headers."""
    trust = ssl.create_default_context(cafile=str(CERTIFICATE))
    body = urllib.parse.urlencode(data).encode() if data is not None else None
    request = urllib.request.Request(f"{SITE}{path}", data=body)
    if body:
        request.add_header("Origin", SITE)
    try:
        with urllib.request.urlopen(request, context=trust, timeout=20) as answer:
            return answer.status, answer.read().decode(errors="replace"), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace"), dict(error.headers)
    except OSError:
        return 0, "", {}


def _served() -> None:
    status, page, _ = _get("/")
    style = re.findall(r'href="(/static/[^"]+\.css)"', page)
    if status != 200 or not style:
        raise SystemExit(f"deploy-check: the home page answers {status}")
    status, _, headers = _get(style[0])
    if status != 200 or "immutable" not in headers.get("Cache-Control", ""):
        raise SystemExit(f"deploy-check: static files are not served by nginx: {status} {headers}")
    for name in ("media/lettre/essai.txt", "media/original_images/essai.txt", "private/essai.txt"):
        path = VAR / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("essai")
        _run("chown", "-R", "commun:commun", VAR)
        _run("chmod", "-R", "u=rwX,g=rX,o=", VAR)
    expected = {"/media/lettre/essai.txt": 200, "/media/original_images/essai.txt": 404, "/private/essai.txt": 404}
    expected |= {"/media/private/essai.txt": 404, "/media/lettre/../original_images/essai.txt": 404}
    wrong = {path: found for path, status in expected.items() if (found := _get(path)[0]) != status}
    if wrong:
        raise SystemExit(f"deploy-check: served otherwise than said: {wrong}")


class _Form(html.parser.HTMLParser):
    """The fields of the form that asks for an address."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag == "input" and name and given.get("type") not in {"checkbox", "radio", "search", "submit"}:
            self.fields.setdefault(name, given.get("value") or "")
        if tag == "input" and name and given.get("type") == "radio" and "checked" in given:
            self.fields[name] = given.get("value") or ""


def _post_form(path: str, **values: str) -> tuple[int, str]:
    form = _Form()
    form.feed(_get(path)[1])
    time.sleep(3)  # nobody fills a form in less
    status, page, _ = _get(path, {**form.fields, **values})
    return status, page


def _subscription(sink: Sink) -> None:
    status, page = _post_form("/abonnement/", email=READER, address=READER, consent="on")
    if status != 200:
        raise SystemExit(f"deploy-check: the subscription form answers {status}\n{page[:500]}")
    _wait("the mail that asks to confirm", lambda: _letters_to(sink, READER))
    text = _letters_to(sink, READER)[0].decode(errors="replace").replace("=\r\n", "").replace("=3D", "=")
    (path,) = set(re.findall(rf"{SITE}(/abonnement/[\w/.:-]+)", text))
    status, page = _post_form(path)
    if not _count("subscribers_subscriber WHERE state = 'active'"):
        raise SystemExit(f"deploy-check: not subscribed ({status})\n{page[:500]}")
    _say("a subscription, confirmed by its mail")


def _letters_to(sink: Sink, address: str) -> list[bytes]:
    return [raw for _, recipient, raw in list(sink.messages) if recipient == address]


def _count(rows: str) -> int:
    return int(_as("commun", "psql", "-Atqc", f"SELECT count(*) FROM {rows}", "commun", cwd="/"))


_SEND = """
from commun.common import clock
from commun.mailing import api
urls = api.personal_urls()
said = f"Bonjour. {urls.unsubscribe} {urls.preferences}"
links = f'<a href="{urls.unsubscribe}">Partir</a> <a href="{urls.preferences}">Choisir</a>'
html = f'<html lang="fr"><body><p>Bonjour.</p>{links}'
message = api.seal_message(subject="Essai", html=f"{html}</body></html>", text=said, now=clock.now())
api.create_send(message=message, kind="issue", idempotency_key="essai", audience="subscribers")
"""


def _letter(sink: Sink) -> None:
    people = Path("/srv/commun/people.csv")
    people.write_text(f"email\n{GONE}\n")
    _manage("import_subscribers", people, "--basis", "consent", "--source", "essai")
    _manage("shell", "--no-imports", "-c", _SEND)
    _wait("the letter, sent", lambda: _count("mailing_send WHERE state = 'finished'"))
    _wait("the letter, in the reader's mailbox", lambda: b"Subject: Essai" in b"".join(_letters_to(sink, READER)))
    _say("a letter to two people, one of whom has left her mailbox")


def _bounce() -> None:
    _wait("the bounce, understood", lambda: _count("mailing_suppression WHERE reason = 'hard_bounce'") == 1)
    _say("her bounce came back, and she is written to no more")


def _contribution() -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        GIVER,
        "editorialisation@contributions.example.org",
        "Un atelier",
    )
    message["Message-ID"] = "<essai-1@example.net>"
    message.set_content("Bonjour,\n\nNous avons tenu un atelier de quartier, voici ce que nous en avons appris.\n")
    with smtplib.SMTP(OUTSIDE, 25, source_address=(OUTSIDE, 0), timeout=60) as outside:
        outside.send_message(message)
        outside.ehlo()
        outside.mail(GIVER)
        code, _ = outside.rcpt("inconnue@contributions.example.org")
        if code != 550:
            raise SystemExit(f"deploy-check: an unknown address is answered {code}")
        code, _ = outside.rcpt("quelquun@example.com")
        if code // 100 != 5:
            raise SystemExit(f"deploy-check: an open relay: {code}")
    _wait("the contribution", lambda: _count("contributions_contribution") == 1)
    _say("a contribution came by mail; an unknown address was refused at RCPT")


def _maintenance(web: subprocess.Popen[bytes]) -> None:
    web.terminate()
    web.wait(30)
    status, page, headers = _get("/")
    if status != 502 or "Retry-After" not in headers or "<html" not in page:
        raise SystemExit(f"deploy-check: without the application, nginx answers {status} {headers}")
    _say("without the application, the page of maintenance")


if __name__ == "__main__":
    sys.exit(inside() if sys.argv[1:] == ["inside"] else main())
