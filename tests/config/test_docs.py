"""docs/operations.md against the code: every setting and every command of ours is there, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from django.core.management import get_commands

from commun.config import settings

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_every_setting_is_in_the_table_and_every_setting_in_the_table_exists():
    rows = [line.split("|")[1] for line in section("Settings").splitlines() if line.startswith("| `")]
    documented = [name for cell in rows for name in re.findall(r"`([A-Z][A-Z0-9_]+)`", cell)]
    assert len(documented) == len(set(documented))
    assert set(documented) == set(settings.env.known)


def test_every_command_of_ours_is_documented():
    ours = {path.stem for path in (ROOT / "commun").glob("*/management/commands/[a-z]*.py")}
    assert {name for name in ours if f"`manage.py {name}" not in section("Commands")} == set()


def test_every_command_named_in_the_documentation_exists():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    named = {name for page in pages for name in re.findall(r"manage\.py ([a-z_]+)", page.read_text(encoding="utf-8"))}
    known = set(get_commands()) | {path.stem for path in (ROOT / "commun").glob("*/management/commands/[a-z]*.py")}
    assert named - known == set()
