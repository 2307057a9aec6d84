"""docs/permissions.md against the code: who may do what with which page, by whatever door of Wagtail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from wagtail.models import Page, get_page_models

from commun.cms import listening
from commun.library.api import ResourcePage
from tests.website import walk

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "permissions.md"
NOBODY = "–"
# What else stands before a page is the same for all, and would be paid two thousand times.
_WHO_IS_THERE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]


def written() -> dict[str, dict[str, str]]:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    table = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines]
    head = next(row for row in table if row[0] == "page")
    rows = table[table.index(head) + 2 :]  # after the line of dashes
    return {row[0]: dict(zip(head[1:], map(_letters, row[1:]), strict=True)) for row in rows if len(row) == len(head)}


def _letters(cell: str) -> str:
    return "" if cell == NOBODY else re.sub(r"\s", "", cell)


def as_table(found: dict[str, dict[str, str]]) -> str:
    head = ["page", *walk.WAYS]
    rows = [[name, *(" ".join(ways[way]) or NOBODY for way in walk.WAYS)] for name, ways in found.items()]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


@pytest.mark.long
@pytest.mark.django_db
def test_the_documentation_says_who_may_do_what_with_every_page(settings, monkeypatch):
    settings.STAFF_MFA_REQUIRED = False
    settings.MIDDLEWARE = _WHO_IS_THERE
    monkeypatch.setattr(listening, "_listeners", [])  # what searches find has no say in it
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": ["default"]}}
    found = walk.walk()
    assert found == written(), f"what the code says, for {PAGE.name}:\n\n{as_table(found)}\n"


@pytest.mark.django_db
def test_the_walk_leaves_out_no_type_of_page():
    walked = {type(row.page) for row in walk.make_site()}
    # The root has no screen; a resource is always one of its types.
    assert set(get_page_models()) - walked == {Page, ResourcePage}
