"""What every answer carries, and what is written down of those that are refused."""

from __future__ import annotations

import io
import logging

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.core.handlers.wsgi import WSGIHandler

from commun.common.logs import LineFormatter, WithoutTracebackOfOthers

pytestmark = pytest.mark.django_db
ADDRESSES = (
    "/", "/gestion/", "/compte/login/", "/rien-ici/", "/robots.txt", "/healthz", "/media/private/x",
    "/static/cms/start.js", "/gestion/rien-ici/", "/documents/1/x.pdf", "/ressources/flux/", "/api/v1/",
)  # fmt: skip


def environ(method: str, path: str, **more: str) -> dict:
    return {
        "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1", "wsgi.input": io.BytesIO(), "wsgi.url_scheme": "http",
        **more,
    }  # fmt: skip


@pytest.fixture
def raw(monkeypatch):
    """(status, headers, body) as a server gets them from the application: no client takes anything away."""
    # Between a test and its end, the connection stays open.
    monkeypatch.setattr("django.core.signals.request_started.receivers", [])
    monkeypatch.setattr("django.core.signals.request_finished.receivers", [])
    application = WSGIHandler()

    def ask(method: str, path: str, **more: str):
        told = []
        body = application(environ(method, path, **more), lambda status, headers: told.append((status, headers)))
        read = b"".join(body)
        getattr(body, "close", lambda: None)()
        return int(told[0][0][:3]), dict(told[0][1]), read

    return ask


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_get_without_its_body(raw, address):
    status, headers, body = raw("GET", address)
    head_status, head_headers, head_body = raw("HEAD", address)
    assert head_body == b""
    assert head_status == status
    if "Content-Length" in headers:
        assert head_headers["Content-Length"] == headers["Content-Length"] == str(len(body))


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_may_ask_for_camera_place_or_payment(raw, address):
    powers = raw("GET", address)[1]["Permissions-Policy"]
    assert {"camera=()", "geolocation=()", "microphone=()", "payment=()"} <= set(powers.split(", "))


@pytest.mark.parametrize(
    "address", ["/gestion/", "/gestion/pages/", "/gestion/rien-ici/", "/gestion/reports/site-history/"]
)
def test_the_administration_has_a_policy_that_runs_files_of_ours_alone(client, settings, address):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(get_user_model().objects.create_superuser("tout@example.org"))
    policy = client.get(address).headers["Content-Security-Policy"]
    directives = dict(one.strip().split(" ", 1) for one in policy.split(";"))
    assert directives["script-src"] == "'self'"
    assert directives["object-src"] == directives["base-uri"] == "'none'"
    assert "unsafe-eval" not in policy


def test_the_site_keeps_its_own_policy(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("path", "more"),
    [("/", {"HTTP_HOST": "evil.example"}), ("/media/images/../../../etc/passwd", {}), ("/", {"HTTP_HOST": "a b"})],
)
def test_a_request_that_is_refused_is_one_line(raw, caplog, path, more):
    status, _, _ = raw("GET", path, **more)
    assert status in {400, 404}
    handler = logging.Handler()
    handler.addFilter(WithoutTracebackOfOthers())
    said = [LineFormatter().format(record) for record in caplog.records if handler.filter(record)]
    assert [line for line in said if "Traceback" in line] == []
    assert all("\n" not in line for line in said)
    assert "blameless" in django_settings.LOGGING["handlers"]["console"]["filters"]


def test_an_error_of_ours_keeps_its_traceback():
    try:
        raise RuntimeError("broken")
    except RuntimeError as error:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "", 1, "Internal", (), (type(error), error, error.__traceback__)
        )
    assert WithoutTracebackOfOthers().filter(record)
    assert "Traceback" in LineFormatter().format(record)
