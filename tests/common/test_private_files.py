"""Files that only a view may hand over, asked for by every address one can think of, over a real server."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.apps import apps
from django.core.wsgi import get_wsgi_application
from django.db import connections, models

from commun.common.storage import PrivateStorage
from commun.config.checks import check_private_files
from tests.cms.factories import DocumentFactory

SECRET = b"what nobody may read"
SPELLINGS = (
    "/media/{}",
    "/media//{}",
    "/media///{}",
    "//media/{}",
    "/media/./{}",
    "/media/.//{}",
    "/media/images/../{}",
    "/media/images/..//{}",
    "/media/images/%2e%2e/{}",
    "/media/images/..%2f{}",
    "/media/images/%2e%2e%2f{}",
    "/media/%2e/{}",
    "/media/%2f{}",
    "/media%2f{}",
    "/media/\\{}",
    "/media/%5c{}",
    "/media/images\\..\\{}",
    "/media/images%5c..%5c{}",
    "/media/images%5c../{}",
    "/media/%00/{}",
    "/media/%252f{}",
    "/media/images/%252e%252e/{}",
    "/media/;/{}",
    "/media/{}/",
    "/media/{}?",
    "/media/../{}",
    "/media/images/../../{}",
    "/media/images/../../../{}",
    "/media/images/%2e%2e/%2e%2e/{}",
    "/static/../{}",
    "/static/%2e%2e/{}",
    "/static//../media/{}",
    "/{}",
    "//{}",
    "/./{}",
    "/%2f{}",
)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = False  # closing waits for them: their connections are theirs to close


def _application(environ: Any, start_response: Any) -> Any:
    response = get_wsgi_application()(environ, start_response)
    try:
        yield from response
    finally:
        response.close()
        connections.close_all()


@pytest.fixture
def ask(transactional_db: None) -> Iterator[Callable[[str], tuple[int, bytes]]]:
    """Status and everything else that a server answers to a path sent as it is written: no client tidies it."""
    server = make_server("127.0.0.1", 0, _application, server_class=_Server, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def raw(path: str) -> tuple[int, bytes]:
        with socket.create_connection(("127.0.0.1", server.server_port)) as connection:
            connection.sendall(f"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        return int(answer.split(b" ", 2)[1]), answer

    yield raw
    server.shutdown()
    thread.join()
    server.server_close()


def write(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(SECRET)


def test_no_spelling_of_an_address_reaches_a_private_file(ask, settings):
    names = [
        "private/0123456789abcdef",
        "documents/convention.pdf",
        "original_images/maire.jpg",
        "wagtail_uploads/a.pdf",
        "Private/0123456789abcdef",
    ]
    for name in names:  # even where an operator left them among what is served
        write(settings.MEDIA_ROOT / name)
        write(settings.PRIVATE_ROOT / name)
        write(settings.MEDIA_ROOT.parent / name)
    write(settings.MEDIA_ROOT / "images" / "rue.webp")
    assert ask("/media/images/rue.webp")[1].endswith(SECRET), "the server does serve what is for everybody"

    asked = [spelling.format(name) for spelling in SPELLINGS for name in names]
    asked += [spelling.format(f"media/{name}") for spelling in SPELLINGS for name in names[:1]]
    reached = [path for path in asked if SECRET in ask(path)[1]]
    assert reached == []


def test_a_public_file_has_one_address(ask, settings):
    write(settings.MEDIA_ROOT / "images" / "rue.webp")
    for path in ("/media//images/rue.webp", "/media/./images/rue.webp", "/media/images//rue.webp"):
        assert ask(path)[0] == 404, path
    assert ask("/media/images")[0] == ask("/media/images/")[0] == ask("/media/")[0] == 404


def test_every_file_of_a_model_is_private_but_pictures():
    """Whoever adds a file says where it is kept: what is served by its address is named here."""
    served = {
        field.model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("commun.")
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField) and not isinstance(field.storage, PrivateStorage)
    }
    assert served == {"cms.CommunImage", "cms.CommunRendition"}


@pytest.mark.django_db
def test_a_document_is_read_through_its_view_and_has_no_other_address(client, settings):
    document = DocumentFactory()
    assert Path(document.file.path).is_relative_to(settings.PRIVATE_ROOT)
    assert os.stat(document.file.path).st_mode & 0o077 == 0, "for the application alone"
    with pytest.raises(NotImplementedError):
        _ = document.file.url
    page = client.get(document.url)
    assert b"".join(page.streaming_content) == b"%PDF-1.4"
    for close in page._resource_closers:  # `page.close()` would end the database's connection too
        close()


@pytest.mark.parametrize("private", ["media/inside", "media", "."])
def test_the_start_stops_where_private_files_would_be_served(settings, tmp_path, private):
    settings.STATIC_ROOT = tmp_path / "elsewhere"
    settings.PRIVATE_ROOT = tmp_path / private
    assert "config.E006" in {found.id for found in check_private_files(None)}


def test_the_start_stops_until_files_left_by_an_earlier_version_are_moved(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    assert check_private_files(None) == []
    write(settings.MEDIA_ROOT / "private" / "0123456789abcdef")
    (found,) = check_private_files(None)
    assert found.id == "config.E007"
    assert f"mv {settings.MEDIA_ROOT}/private {settings.PRIVATE_ROOT}/" in found.hint


class Away(Exception):
    """As a bucket that answers 503."""


@pytest.mark.django_db
def test_a_server_of_files_that_fails_is_a_page_that_says_so_and_no_error_of_ours(client, monkeypatch):
    def fail(path: str) -> bool:
        raise Away

    monkeypatch.setattr("commun.common.middleware.unreachable", lambda: (Away,))
    monkeypatch.setattr("commun.common.views.is_public", fail)
    response = client.get("/media/images/carte.png")
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "fichiers" in response.content.decode()
