"""The files of `deploy/` name settings, commands and folders that exist. `make deploy-check` runs them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from commun.config import settings

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
# What other programs read in the same file.
_OF_OTHERS = {"POSTGRES_PASSWORD", "POSTGRES_USER", "POSTGRES_DB", "PATH"}
_NAME = re.compile(r"\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)(?==|:)")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def every_file() -> list[Path]:
    return [path for path in DEPLOY.rglob("*") if path.is_file()]


@pytest.mark.parametrize("path", every_file(), ids=lambda path: path.name)
def test_it_names_only_settings_that_exist(path):
    assert set(_NAME.findall(read(path))) - set(settings.env.known) - _OF_OTHERS == set()


def test_the_first_settings_are_understood_and_those_that_must_be_given_are_there():
    given = dict(re.findall(r"^([A-Z_]+)=(.*)$", read(DEPLOY / "env"), re.MULTILINE))
    assert set(given) <= set(settings.env.known)
    assert {name for name, value in given.items() if not value} == {"SECRET_KEY"}
    assert {"SITE_URL", "DATABASE_URL", "VAR_DIR", "SMTP_URL", "MAIL_FROM", "TRUSTED_PROXIES"} <= set(given)


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_a_unit_runs_a_command_that_exists_without_privileges(unit):
    text = read(unit)
    assert set(re.findall(r"manage\.py (\w+)", text)) <= set(get_commands())
    assert "User=commun" in text
    assert "NoNewPrivileges=true" in text
    # Journals are believed on one boot: /proc/sys must be seen.
    assert "\nProcSubset" not in text


def test_web_runs_as_elsewhere():
    """One line of granian: Procfile, systemd, container."""

    def words(text: str) -> set[str]:
        (line,) = re.findall(r"(--interface.*wsgi:application)", text.replace('", "', " "))
        return set(re.sub(r"\$\{\w+:-(\w+)\}|0\.0\.0\.0", lambda found: found[1] or "127.0.0.1", line).split())

    web = words(read(ROOT / "Procfile"))
    assert words(read(DEPLOY / "systemd" / "commun-web.service")) == web
    assert words(read(DEPLOY / "Containerfile")) == web


def test_the_proxy_opens_the_public_folders_alone():
    text = read(DEPLOY / "nginx" / "commun.conf")
    (folders,) = re.findall(r"location ~ \^/media/\(([\w|]+)\)/", text)
    assert set(folders.split("|")) == set(settings.PUBLIC_MEDIA)
    assert re.findall(r"(?:root|alias) (\S+);", text) == [
        "/srv/commun/app/static/website",
        "/srv/commun/var/static/",
        "/srv/commun/var",
    ]


def test_a_worker_is_stopped_and_started_again_within_its_terms():
    text = read(DEPLOY / "systemd" / "commun-worker.service")
    assert int(re.findall(r"TimeoutStopSec=(\d+)", text)[0]) > settings.SMTP_ANSWER_SECONDS
    assert int(re.findall(r"RestartSec=(\d+)", text)[0]) < settings.LEASE_SECONDS


def test_postfix_hands_over_the_domains_of_the_settings():
    given = dict(re.findall(r"^(\w+_DOMAIN)=(.*)$", read(DEPLOY / "env"), re.MULTILINE))
    routes = dict(re.findall(r"^(\S+\.example\.org)\s+(\S+)$", read(DEPLOY / "postfix" / "transport"), re.MULTILINE))
    assert set(routes) == set(given.values())
    (listens,) = re.findall(r"--listen (\S+)", read(DEPLOY / "systemd" / "commun-lmtp.service"))
    assert set(routes.values()) == {f"lmtp:inet:{listens}"}
