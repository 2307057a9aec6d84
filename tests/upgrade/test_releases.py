"""What a release made, this code brings to today: its database, and its migrations as they were."""

from __future__ import annotations

import json
import lzma
import re
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from commun.accounts.models import User
from commun.common import clock
from commun.mailing.services import invariant
from commun.upkeep import manifest
from tests.upgrade import freeze

RELEASES = sorted(path.stem for path in freeze.HERE.glob("*.json"))
_EMPTIED: set[str] = set()  # tables that a later release takes away, or makes shorter


def frozen(release: str) -> dict[str, str]:
    return json.loads((freeze.HERE / f"{release}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("release", RELEASES)
def test_a_migration_that_was_released_is_never_edited(release):
    today = freeze.migrations()
    assert {path: today.get(path) for path in frozen(release)} == frozen(release)


def test_the_installed_version_is_the_last_release_or_a_later_one():
    assert RELEASES, "no release is kept"
    assert [*RELEASES, freeze.version()] == sorted([*RELEASES, freeze.version()], key=_numbers)


def _numbers(release: str) -> list[int]:
    return [int(part) for part in release.split(".")]


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.django_db(transaction=True)
def test_the_database_of_a_release_is_brought_to_today_and_loses_nothing(release, run, destroy, settings, tmp_path):
    source = tmp_path / "release.tar"
    source.write_bytes(lzma.decompress(freeze.kept(release, connection.vendor).read_bytes()))
    told = manifest.read(source)
    assert told.version == release
    destroy()
    run("restore", source)
    assert {table for table, rows in told.counts.items() if _rows(table) < rows} <= _EMPTIED
    assert invariant.check_over(now=clock.now()) == 0
    assert _refused(Client(), _addresses()) == []
    team = Client()
    team.force_login(User.objects.create_superuser("tout@example.org"))
    settings.STAFF_MFA_REQUIRED = False
    one_of_each = {page.content_type_id: page.pk for page in Page.objects.filter(depth__gt=1)}
    assert _refused(team, [reverse("wagtailadmin_pages:edit", args=[pk]) for pk in one_of_each.values()]) == []


def _rows(table: str) -> int:
    """-1: it is no more."""
    if table not in connection.introspection.table_names():
        return -1
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
        return int(cursor.fetchone()[0])


def _addresses() -> list[str]:
    """Every public one."""
    return [page for part in _places("/sitemap.xml") for page in _places(part)]


def _places(sitemap: str) -> list[str]:
    told = Client().get(sitemap).content.decode()
    return [urlsplit(address).path for address in re.findall("<loc>(.*?)</loc>", told)]


def _refused(client: Client, addresses: list[str]) -> list[tuple[str, int]]:
    assert len(addresses) > 15
    answers = {address: client.get(address).status_code for address in addresses}
    return [(address, status) for address, status in answers.items() if status != 200]
