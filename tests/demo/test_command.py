"""`python -m commun.demo`, as `make demo` runs it, in its own process and folder; and who uses what it serves."""

from __future__ import annotations

import email
import email.policy
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.journeys import letter
from tests.journeys.hands import Hands, sign_in, wait_for

_TOLD = {"mairie.plouguerneau@example.org", "redaction@example.org", "validation@example.org"}
ROOT = Path(__file__).resolve().parent.parent.parent


COMMAND = [sys.executable, "-m", "commun.demo"]


def _environment(var: Path, **environment: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in {"DEMO", "DJANGO_SETTINGS_MODULE"}}
    return {**inherited, "VAR_DIR": str(var), "SERVE": "no", "PORT": "8123", "RESET": "", **environment}


def _run(var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    env = _environment(var, **environment)
    return subprocess.run(COMMAND, cwd=ROOT, env=env, capture_output=True, text=True, timeout=400, check=False)


@contextmanager
def _served(var: Path) -> Iterator[tuple[str, list[str]]]:
    """Run again, and its site served: where, and what it said before."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = _environment(var, SERVE="yes", PORT=str(port))
    with subprocess.Popen(COMMAND, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = []
            for line in process.stdout:
                said.append(line.rstrip())
                if line.startswith("Ctrl-C"):
                    break
            assert said[-1].startswith("Ctrl-C"), said
            wait_for(port)
            yield f"http://localhost:{port}", said
        finally:
            process.terminate()
            process.communicate()


def _caught(var: Path) -> tuple[list[Any], list[Any]]:
    """Letters, and mails of service."""
    paths = sorted((var / "outbox").glob("*.eml"))
    found = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in paths]
    return [one for one in found if one["List-Unsubscribe"]], [one for one in found if not one["List-Unsubscribe"]]


@pytest.mark.long
def test_everybody_receives_the_letter_once_and_a_new_editor_makes_the_next(tmp_path, databases, request):
    databases.copy_to(tmp_path / "commun.sqlite3")  # its own migrations are what every test stands on
    expected = "demo: recipients=200 accepted=200 web=http://localhost:8123/lettre/2/"
    # What an operator's environment holds for the real service is not touched.
    first = _run(tmp_path, DATABASE_URL="postgres://nobody@127.0.0.1:1/production", SMTP_URL="smtp://127.0.0.1:1")
    assert (first.returncode, first.stdout.splitlines()[-1]) == (0, expected), first.stderr
    assert [line for line in first.stdout.splitlines() if line.startswith("demo:")] == [expected]
    messages, others = _caught(tmp_path)
    assert len(messages) == 200
    # Mails of service, which may leave a moment later: a member in waiting is told to the one who decides, and the team
    # what becomes of its issue.
    assert {message["To"] for message in others} <= _TOLD
    assert len({message["To"] for message in messages}) == 200
    assert len({message["List-Unsubscribe"] for message in messages}) == 200
    for message in messages:
        assert not message.defects
        assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    with _served(tmp_path) as (address, said):
        assert [line for line in said if line.startswith("demo:")] == [
            expected.replace("http://localhost:8123", address)
        ]
        assert "La lettre est déjà partie : rien n’est envoyé une seconde fois." in said
        _make_the_next_letter(request.getfixturevalue("chromium"), address)
    letters, _ = _caught(tmp_path)
    assert len(letters) == 200


def _make_the_next_letter(browser: Any, address: str) -> None:
    """A new editor, by keyboard alone, and whoever approves, on a telephone; the guide says how many acts it takes."""
    windows = [
        browser.new_context(base_url=address, locale="fr-FR", viewport={"width": width, "height": height})
        for width, height in ((1280, 800), (360, 740))
    ]
    for window in windows:
        window.set_default_timeout(120_000)  # a machine may be slow
    editor, approver = Hands(windows[0].new_page(), keyboard=True), Hands(windows[1].new_page())
    sign_in(editor.page, "redaction@example.org")
    sign_in(approver.page, "validation@example.org")
    letter.compose(editor)
    letter.submit(editor)
    letter.read_and_refuse(approver)
    letter.mend(editor)
    letter.approve(approver)
    told = " ".join((ROOT / "docs" / "guide" / "composer.md").read_text(encoding="utf-8").split())
    total = editor.acts + approver.acts
    assert f"**{total} gestes** ({editor.acts} pour la rédaction, au clavier seul, et {approver.acts} pour" in told
    for window in windows:
        window.close()


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"SERVE": "peut-être"}, "SERVE=peut-être : attendu yes ou no."),
        ({"PORT": "99999"}, "PORT=99999 : attendu un nombre de 1 à 65535."),
        ({"PORT": "web"}, "PORT=web : attendu un nombre de 1 à 65535."),
    ],
)
def test_a_value_that_cannot_be_is_said_in_one_sentence(tmp_path, environment, sentence):
    refused = _run(tmp_path, **environment)
    assert (refused.returncode, refused.stderr.strip()) == (1, sentence)
    assert not (tmp_path / "commun.sqlite3").exists()


def test_a_port_already_taken_is_said_before_anything_is_done(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        refused = _run(tmp_path, PORT=port, SERVE="yes")
    assert refused.returncode == 1
    assert f"Le port {port} est déjà pris" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "commun.sqlite3").exists()
