"""The one way to ask another site for an address that somebody gave us.

Such an address may be anything: our own machine, its network, a name that answers otherwise the second time. So: http
and https on their own ports, a name resolved once and that very address connected to, each redirect looked at anew; and
bounds in bytes (unpacked too), in seconds from the first to the last, in redirects. One request a host at a time, with
a pause after it, whatever the number of processes. It is network: never inside a transaction.
"""

from __future__ import annotations

import enum
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

import idna
from django.conf import settings
from urllib3 import HTTPResponse
from urllib3 import exceptions as urllib3_errors
from urllib3.connection import HTTPConnection, HTTPSConnection

from commun.common.errors import AppError
from commun.common.turns import Turn

SECONDS = 20.0
MOST_BYTES = 5 * 1024 * 1024
MOST_REDIRECTS = 5
_MOST_ADDRESSES = 3  # of one name, tried one after the other
_MOST_LETTERS = 2000
_LOT = 64 * 1024
_PORTS = {"http": 80, "https": 443}
_MOVED = {
    HTTPStatus.MOVED_PERMANENTLY,
    HTTPStatus.FOUND,
    HTTPStatus.SEE_OTHER,
    HTTPStatus.TEMPORARY_REDIRECT,
    HTTPStatus.PERMANENT_REDIRECT,
}

_INSIDE = {"localhost", "local", "internal", "lan"}  # what no DNS of the internet names (RFC 6761, 6762)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, float], list[Address]]  # the addresses of a name, within so many seconds

# RFC 4291 § 2.4: all that is given out as unicast on the internet; within it, what carries an IPv4 address or is no
# place at all: Teredo and its neighbours (RFC 6890), documentation, 6to4. What is mapped, compatible, NAT64
# (64:ff9b::), unique local or link-local stands outside.
_IPV6_PUBLIC = ipaddress.IPv6Network("2000::/3")
_IPV6_NOT = [ipaddress.IPv6Network(one) for one in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
_IPV4_NOT = [ipaddress.IPv4Network("192.88.99.0/24")]  # relays of 6to4 (RFC 7526)


class Why(enum.StrEnum):
    """Why nothing was fetched; `words` says it in French."""

    SCHEME = "scheme"
    ADDRESS = "address"
    FORBIDDEN = "forbidden"
    PORT = "port"
    UNKNOWN = "unknown"
    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    REDIRECTS = "redirects"
    TOO_BIG = "too_big"
    TOO_SLOW = "too_slow"
    MALFORMED = "malformed"
    BUSY = "busy"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Why.SCHEME: "l’adresse, ou celle vers laquelle elle renvoie, ne commence pas par http:// ou https://",
    Why.ADDRESS: "l’adresse est mal écrite",
    Why.FORBIDDEN: "l’adresse mène à une machine interne, que nous n’interrogeons pas",
    Why.PORT: "l’adresse désigne un port qui n’est pas celui du web",
    Why.UNKNOWN: "le nom du site n’existe pas, ou plus",
    Why.UNREACHABLE: "le site ne répond pas",
    Why.CERTIFICATE: "le certificat du site n’est pas valable",
    Why.REDIRECTS: "le site renvoie sans fin d’une adresse à l’autre",
    Why.TOO_BIG: "ce que le site envoie est trop lourd",
    Why.TOO_SLOW: "le site met trop de temps à répondre",
    Why.MALFORMED: "la réponse du site est incomplète ou illisible",
    Why.BUSY: "le site est déjà interrogé par ailleurs",
}


class FetchFailed(AppError):
    """Nothing came; `why` says why."""

    code = "fetch_failed"

    def __init__(self, why: Why) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the last answer said of itself, to be told only what changed since."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`url`: the last one, after redirects; `moved_to`: where it is for ever, when every redirect said so."""

    status: int
    url: str
    moved_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)  # names in small letters
    body: bytes = b""

    @property
    def is_unchanged(self) -> bool:
        return self.status == HTTPStatus.NOT_MODIFIED

    @property
    def known(self) -> Known:
        return Known(etag=self.headers.get("etag", "")[:200], modified=self.headers.get("last-modified", "")[:100])


def is_public(address: Address) -> bool:
    """Whether it is a place of the internet, and nothing of ours."""
    if isinstance(address, ipaddress.IPv6Address):
        return address in _IPV6_PUBLIC and not any(address in one for one in _IPV6_NOT)
    outside = address.is_multicast or address.is_reserved or any(address in one for one in _IPV4_NOT)
    return address.is_global and not outside


def resolve(host: str, seconds: float) -> list[Address]:
    """By DNS alone: neither the names of this machine's own file nor its search domains. Raises `FetchFailed`."""
    import dns.exception
    import dns.resolver  # a megabyte, which workers that ask nobody do without

    try:
        found = dns.resolver.resolve_name(f"{host}.", lifetime=max(0.1, seconds), search=False)
    except dns.resolver.LifetimeTimeout:
        raise FetchFailed(Why.TOO_SLOW) from None
    except dns.resolver.NoNameservers:
        raise FetchFailed(Why.UNREACHABLE) from None
    except (dns.exception.DNSException, ValueError):
        raise FetchFailed(Why.UNKNOWN) from None
    # Machines without IPv6 are many, sites without IPv4 are few.
    return sorted(map(ipaddress.ip_address, found.addresses()), key=lambda one: one.version)


def fetch(
    *,
    url: str,
    method: str = "GET",
    known: Known | None = None,
    accept: str = "*/*",
    most_bytes: int = MOST_BYTES,
    seconds: float = SECONDS,
    patience: float = SECONDS,
    wants_body: bool = True,
    resolve: Resolve = resolve,
) -> Answer:
    """What stands at this address, whatever its status. `patience`: seconds to wait for the turn of its host, beside
    the `seconds` that the answer may take. Without `wants_body`, the headers alone. Raises `FetchFailed`."""
    deadline = _Deadline(seconds)
    headers = _headers(known=known, accept=accept)
    target, moved_to, is_for_ever = _read(url), "", True
    with Turn(patience=patience, lease=timedelta(seconds=seconds + patience + 10)) as turn:
        for _ in range(MOST_REDIRECTS + 1):
            host = str(target.hostname)
            waited = time.monotonic()
            if not turn.take(host):
                raise FetchFailed(Why.BUSY)
            deadline.forgive(time.monotonic() - waited)
            addresses = _addresses(target, deadline=deadline, resolve=resolve)
            with _ask(target, addresses=addresses, method=method, headers=headers, deadline=deadline) as response:
                location = response.headers.get("location", "")
                if response.status not in _MOVED or not location:
                    body = b""
                    if wants_body and method != "HEAD":
                        body = _body(response, most_bytes=most_bytes)
                    heads = {name.lower(): value for name, value in response.headers.items()}
                    shown = urlunsplit(target)
                    return Answer(status=response.status, url=shown, moved_to=moved_to, headers=heads, body=body)
                is_for_ever &= response.status in {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
            target = _read(urljoin(urlunsplit(target), location))
            moved_to = urlunsplit(target) if is_for_ever else ""
    raise FetchFailed(Why.REDIRECTS)


def check_address(url: str) -> None:
    """Whether it could be asked for, by what is written of it alone. Raises `FetchFailed`."""
    target = _read(url)
    try:
        _addresses(target, deadline=_Deadline(1), resolve=_nowhere)
    except FetchFailed as error:
        if error.why != Why.UNKNOWN:
            raise


def _nowhere(host: str, seconds: float) -> list[Address]:
    return []


def user_agent() -> str:
    return f"TerritoiresEnCommun/1.0 (+{settings.SITE_URL}/)"


def _headers(*, known: Known | None, accept: str) -> dict[str, str]:
    headers = {"User-Agent": user_agent(), "Accept": accept, "Accept-Encoding": "gzip", "Connection": "close"}
    if known is not None and known.etag:
        headers["If-None-Match"] = known.etag
    if known is not None and known.modified:
        headers["If-Modified-Since"] = known.modified
    return headers


def _read(url: str) -> SplitResult:
    """An address as it will be asked for: its host in ASCII, without fragment. Raises `FetchFailed`."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        raise FetchFailed(Why.ADDRESS) from None
    if parts.scheme not in _PORTS:
        raise FetchFailed(Why.SCHEME)
    if not host or parts.username is not None or len(url) > _MOST_LETTERS:
        raise FetchFailed(Why.ADDRESS)
    if port not in {None, _PORTS[parts.scheme]} and not _is_excepted(host):
        raise FetchFailed(Why.PORT)
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode()
        except idna.IDNAError:
            raise FetchFailed(Why.ADDRESS) from None
    if any(ord(one) <= 32 or ord(one) == 127 for one in host):
        raise FetchFailed(Why.ADDRESS)
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port in {None, _PORTS[parts.scheme]} else f"{shown}:{port}"
    return SplitResult(parts.scheme, netloc, _ascii(parts.path) or "/", _ascii(parts.query), "")


def _ascii(part: str) -> str:
    """What people paste is not always encoded; what could end a line of the request is."""
    return "".join(
        one if 32 < ord(one) < 127 else "".join(f"%{byte:02X}" for byte in one.encode("utf-8", "replace"))
        for one in part
    )


def _is_excepted(host: str) -> bool:
    return host in settings.FETCH_EXCEPTIONS


def _addresses(target: SplitResult, *, deadline: _Deadline, resolve: Resolve) -> list[Address]:
    """Where its host stands; one address that is not public, and none is asked. Raises `FetchFailed`."""
    host = str(target.hostname)
    if host.rpartition(".")[2] in _INSIDE and not _is_excepted(host):
        raise FetchFailed(Why.FORBIDDEN)
    try:
        found = [ipaddress.ip_address(host)]
    except ValueError:
        found = resolve(host, deadline.left)
    if not found:
        raise FetchFailed(Why.UNKNOWN)
    if not _is_excepted(host) and not all(map(is_public, found)):
        raise FetchFailed(Why.FORBIDDEN)
    return found[:_MOST_ADDRESSES]


class _Deadline:
    """Seconds for the whole of it. Time-outs of sockets begin again with each byte; this one cuts them."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return self._at - time.monotonic()

    def forgive(self, seconds: float) -> None:
        self._at += seconds

    @contextmanager
    def over(self, cut: Callable[[], None]) -> Iterator[None]:
        """`cut` is called when the time comes, in another thread. Raises `FetchFailed` in place of what follows."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            cut()

        if self.left <= 0:
            raise FetchFailed(Why.TOO_SLOW)
        timer = threading.Timer(self.left, stop)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception as error:
            if late.is_set():
                raise FetchFailed(Why.TOO_SLOW) from error
            raise
        else:
            if late.is_set():  # an answer without length ends where it is cut
                raise FetchFailed(Why.TOO_SLOW)
        finally:
            timer.cancel()
            timer.join()


class _Wires:
    """Second handles on the sockets of a request: shutting one down ends whatever waits on the first, TLS included."""

    def __init__(self) -> None:
        self._handles: list[socket.socket] = []
        self._lock = threading.Lock()
        self._is_cut = False

    def hold(self, sock: socket.socket) -> socket.socket:
        with self._lock:
            self._handles.append(sock.dup())
        if self._is_cut:
            self.cut()
        return sock

    def cut(self) -> None:
        with self._lock:
            self._is_cut = True
            for one in self._handles:
                try:
                    one.shutdown(socket.SHUT_RDWR)
                except OSError:  # closed at the other end
                    continue

    def close(self) -> None:
        with self._lock:
            for one in self._handles:
                one.close()
            self._handles.clear()


def _connection(target: SplitResult, *, address: Address, seconds: float, wires: _Wires) -> HTTPConnection:
    """To this very address; the name is only said, to the server and to its certificate."""
    port = target.port or _PORTS[target.scheme]

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return wires.hold(super()._new_conn())

    class Sealed(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return wires.hold(super()._new_conn())

    if target.scheme == "http":
        return Plain(str(address), port, timeout=seconds)
    host = str(target.hostname)  # TLS itself looks whether the certificate is of that name
    return Sealed(str(address), port, timeout=seconds, cert_reqs="CERT_REQUIRED", server_hostname=host)


@contextmanager
def _ask(
    target: SplitResult, *, addresses: list[Address], method: str, headers: Mapping[str, str], deadline: _Deadline
) -> Iterator[HTTPResponse]:
    """The answer of the first address that takes the connection. Raises `FetchFailed`, also for what reading raises."""
    wires = _Wires()
    connection: HTTPConnection | None = None
    response: Any = None
    path = urlunsplit(("", "", target.path, target.query, ""))
    try:
        with deadline.over(wires.cut):
            connection = _connect(target, addresses=addresses, wires=wires, deadline=deadline)
            connection.request(
                method, path, headers={"Host": target.netloc, **headers}, preload_content=False, decode_content=False
            )
            response = connection.getresponse()
            yield response
    except urllib3_errors.ReadTimeoutError as error:
        raise FetchFailed(Why.TOO_SLOW) from error
    except (urllib3_errors.HTTPError, HTTPException, ValueError) as error:
        raise FetchFailed(Why.MALFORMED) from error
    except TimeoutError as error:
        raise FetchFailed(Why.TOO_SLOW) from error
    except OSError as error:
        raise FetchFailed(Why.UNREACHABLE) from error
    finally:
        for one in (response, connection, wires):
            if one is not None:
                one.close()


def _connect(target: SplitResult, *, addresses: list[Address], wires: _Wires, deadline: _Deadline) -> HTTPConnection:
    failure = FetchFailed(Why.UNREACHABLE)
    for address in addresses:
        seconds = max(0.1, deadline.left)
        connection = _connection(target, address=address, seconds=seconds, wires=wires)
        try:
            connection.connect()
        except urllib3_errors.SSLError as error:
            connection.close()
            raise FetchFailed(Why.CERTIFICATE) from error
        except urllib3_errors.NewConnectionError:  # which is also a time-out, by its class
            failure = FetchFailed(Why.UNREACHABLE)
        except (urllib3_errors.ConnectTimeoutError, TimeoutError):
            failure = FetchFailed(Why.TOO_SLOW)
        except (urllib3_errors.HTTPError, OSError) as error:
            failure = FetchFailed(Why.CERTIFICATE if _is_about_certificate(error) else Why.UNREACHABLE)
        else:
            return connection
        connection.close()
    raise failure


def _is_about_certificate(error: Exception) -> bool:
    return isinstance(error, ssl.SSLError | ssl.CertificateError)


def _body(response: HTTPResponse, *, most_bytes: int) -> bytes:
    """Unpacked by us, lot by lot: a few packed bytes may hold gigabytes. Raises `FetchFailed`."""
    announced = response.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > most_bytes:
        raise FetchFailed(Why.TOO_BIG)
    packed = response.headers.get("content-encoding", "").strip().lower()
    if packed not in {"", "identity", "gzip", "x-gzip", "deflate"}:
        raise FetchFailed(Why.MALFORMED)
    opened = zlib.decompressobj(wbits=47) if packed and packed != "identity" else None  # gzip or zlib, by its head
    body = bytearray()
    came = 0
    while lot := response.read(_LOT, decode_content=False):
        came += len(lot)
        try:
            body += opened.decompress(lot, most_bytes + 1 - len(body)) if opened is not None else lot
        except zlib.error:
            raise FetchFailed(Why.MALFORMED) from None
        if len(body) > most_bytes or came > most_bytes:
            raise FetchFailed(Why.TOO_BIG)
        if opened is not None and opened.eof:
            break
    if opened is not None and came and not opened.eof:
        raise FetchFailed(Why.MALFORMED)  # cut on the way
    return bytes(body)
