"""Other sites, on this machine: real sockets, whatever they answer."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Page = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """One request; a page writes what it likes on the wire."""

    protocol_version = "HTTP/1.1"
    server: Any

    def do_GET(self) -> None:
        self.server.site.asked.append(self)
        page = self.server.site.pages.get(self.path.partition("?")[0])
        if page is None:
            self.give(404, b"")
        else:
            page(self)

    def do_HEAD(self) -> None:
        self.do_GET()

    def give(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"content_length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Nothing on the screen."""


class Site:
    """`pages`: by path. `asked`: requests that came."""

    def __init__(self, url: str) -> None:
        self.url, self.pages, self.asked = url, dict[str, Page](), list[Request]()

    def gives(self, path: str, status: int = 200, body: bytes = b"", **headers: str) -> str:
        self.pages[path] = lambda request: request.give(status, body, **headers)
        return self.url + path

    def leads(self, path: str, to: str, *, status: int = 302) -> str:
        return self.gives(path, status, location=to)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *args: Any) -> None:
        """Whoever asked may leave in the middle."""


@contextmanager
def site(*, tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    server = _Server(("127.0.0.1", 0), Request)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    made = Site(f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}")
    server.site = made  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
