"""What an operator sees when settings are wrong: the real settings and checks; the real command where it is told."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from commun.config import checks

ROOT = Path(__file__).resolve().parent.parent.parent
SAFE = {"SITE_URL": "https://lettre.example.org", "SECRET_KEY": "x7" * 40, "SMTP_URL": "smtp://127.0.0.1:25"}
KEPT = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


def check(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command, in a process of its own."""
    environment = {**KEPT, "VAR_DIR": str(tmp_path), **environment}
    return subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """`found(**environment)`: what our checks say of the settings that this environment gives."""

    def read(**environment: str) -> list[str]:
        for name in set(os.environ) - set(KEPT):
            monkeypatch.delenv(name)
        for name, value in {"VAR_DIR": str(tmp_path), **environment}.items():
            monkeypatch.setenv(name, value)
        given = runpy.run_path(str(ROOT / "commun" / "config" / "settings.py"))
        monkeypatch.setattr(checks, "settings", SimpleNamespace(**given))
        return [one.id for one in checks.check_environment(None)]

    return read


@pytest.mark.parametrize(
    ("environment", "expected"),
    [({"SMTP_URL": "http://relais"}, "SMTP_URL"), ({**SAFE, "DEMO": "true"}, "config.E002")],
)
def test_an_unsafe_setting_stops_the_start_with_a_sentence_and_no_stack_trace(tmp_path, environment, expected):
    result = check(tmp_path, **environment)
    assert result.returncode != 0
    assert expected in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({**SAFE, "DEMO": "true"}, "config.E002"),
        ({**SAFE, "DEBUG": "true"}, "config.E003"),
        ({**SAFE, "SITE_URL": "http://lettre.example.org"}, "config.E004"),
        ({**SAFE, "SECRET_KEY": ""}, "config.E001"),
        ({**SAFE, "CACHE_URL": "locmem://"}, "config.E005"),
        ({**SAFE, "JE_DONNE_MON_AVIS_URL": "https://avis.example.org/Demarches/1"}, "config.E011"),
    ],
)
def test_an_unsafe_setting_is_an_error(found, environment, expected):
    assert expected in found(**environment)


def test_a_setting_that_cannot_be_read_is_named(found):
    with pytest.raises(ImproperlyConfigured, match="APPROVALS_REQUIRED"):
        found(APPROVALS_REQUIRED="0")


def test_counting_all_visitors_for_one_is_reported(found):
    assert "config.W003" in found(**SAFE)
    assert "config.W003" not in found(**SAFE, TRUSTED_PROXIES="1")


def test_safe_settings_start_and_a_misspelt_one_is_reported(tmp_path):
    result = check(tmp_path, **SAFE, APROVALS_REQUIRED="2")
    assert result.returncode == 0, result.stderr
    assert "APPROVALS_REQUIRED" in result.stderr


BUCKET = "s3://key:secret@files.example.org/{}"


def test_public_and_private_files_in_one_bucket_are_refused(monkeypatch, found, tmp_path):
    found(**SAFE, MEDIA_STORAGE_URL=BUCKET.format("site/media"), PRIVATE_STORAGE_URL=BUCKET.format("site/private"))
    monkeypatch.setattr(checks, "misplaced", list)
    monkeypatch.setattr(checks, "find_spec", lambda library: None)
    assert [one.id for one in checks.check_private_files(None)] == ["config.E009", "config.E010"]
    found(**SAFE, MEDIA_STORAGE_URL=BUCKET.format("media"), PRIVATE_STORAGE_URL=BUCKET.format("private"))
    monkeypatch.setattr(checks, "find_spec", lambda library: object())
    assert checks.check_private_files(None) == []
