"""What an operator sees when settings are wrong: the real command, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SAFE = {"SITE_URL": "https://lettre.example.org", "SECRET_KEY": "x7" * 40, "SMTP_URL": "smtp://127.0.0.1:25"}


def check(tmp_path, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {**kept, "VAR_DIR": str(tmp_path), **environment}
    return subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"SMTP_URL": "http://relais"}, "SMTP_URL"),
        ({"APPROVALS_REQUIRED": "0"}, "APPROVALS_REQUIRED"),
        ({**SAFE, "DEMO": "true"}, "config.E002"),
        ({**SAFE, "DEBUG": "true"}, "config.E003"),
        ({**SAFE, "SITE_URL": "http://lettre.example.org"}, "config.E004"),
        ({**SAFE, "SECRET_KEY": ""}, "config.E001"),
        ({**SAFE, "CACHE_URL": "locmem://"}, "config.E005"),
    ],
)
def test_an_unsafe_setting_stops_the_start_with_a_sentence_and_no_stack_trace(tmp_path, environment, expected):
    result = check(tmp_path, **environment)
    assert result.returncode != 0
    assert expected in result.stderr
    assert "Traceback" not in result.stderr


def test_counting_all_visitors_for_one_is_reported(tmp_path):
    assert "config.W003" in check(tmp_path, **SAFE).stderr
    assert "config.W003" not in check(tmp_path, **SAFE, TRUSTED_PROXIES="1").stderr


def test_safe_settings_start_and_a_misspelt_one_is_reported(tmp_path):
    result = check(tmp_path, **SAFE, APROVALS_REQUIRED="2")
    assert result.returncode == 0, result.stderr
    assert "APPROVALS_REQUIRED" in result.stderr
