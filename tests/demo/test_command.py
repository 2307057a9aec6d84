"""`python -m commun.demo`, as `make demo` runs it: another process, a folder of its own."""

from __future__ import annotations

import email
import email.policy
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_TOLD = {"mairie.plouguerneau@example.org", "redaction@example.org", "validation@example.org"}
ROOT = Path(__file__).resolve().parent.parent.parent


def _run(var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in {"DEMO", "DJANGO_SETTINGS_MODULE"}}
    return subprocess.run(
        [sys.executable, "-m", "commun.demo"],
        cwd=ROOT,
        env={**inherited, "VAR_DIR": str(var), "SERVE": "no", "PORT": "8123", "RESET": "", **environment},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )


def _caught(var: Path) -> tuple[list[Any], list[Any]]:
    """Letters, and mails of service."""
    paths = sorted((var / "outbox").glob("*.eml"))
    found = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in paths]
    return [one for one in found if one["List-Unsubscribe"]], [one for one in found if not one["List-Unsubscribe"]]


def test_everybody_receives_the_letter_once_however_often_it_is_run(tmp_path, databases):
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

    again = _run(tmp_path)
    assert (again.returncode, again.stdout.splitlines()[-1]) == (0, expected), again.stderr
    assert "rien n’est envoyé une seconde fois" in again.stdout
    letters, others = _caught(tmp_path)
    assert len(letters) == 200
    assert {message["To"] for message in others} <= _TOLD


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"SERVE": "peut-être"}, "SERVE=peut-être : attendu yes ou no."),
        ({"PORT": "99999"}, "PORT=99999 : attendu un nombre de 1 à 65535."),
        ({"PORT": "web"}, "PORT=web : attendu un nombre de 1 à 65535."),
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
