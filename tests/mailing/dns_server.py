"""A DNS server on loopback that answers from a zone written in the test; names it does not have do not exist."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset

from commun.mailing.dns.lookups import Lookups

Zone = dict[tuple[str, str], list[str]]


@contextmanager
def serving(zone: Zone) -> Iterator[Lookups]:
    """`zone[(name, kind)]` is a list of records in presentation format."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(0.1)
        stop = threading.Event()
        thread = threading.Thread(target=_answer, args=(server, zone, stop), daemon=True)
        thread.start()
        try:
            yield lookups_at(server.getsockname()[1])
        finally:
            stop.set()
            thread.join(5)


def lookups_at(port: int) -> Lookups:
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers, resolver.port = ["127.0.0.1"], port
    return Lookups(resolver=resolver, seconds=1.0)


@contextmanager
def silence() -> Iterator[Lookups]:
    """A server that never answers: what a machine without a network sees."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        yield lookups_at(server.getsockname()[1])


def _answer(server: socket.socket, zone: Zone, stop: threading.Event) -> None:
    names = {name for name, _ in zone}
    while not stop.is_set():
        try:
            data, sender = server.recvfrom(4096)
            query = dns.message.from_wire(data)
        except (TimeoutError, dns.exception.DNSException):
            continue
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        question = query.question[0]
        name, kind = str(question.name).rstrip(".").lower(), question.rdtype.name
        if records := zone.get((name, kind)):
            response.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *records))
        elif name not in names:
            response.set_rcode(dns.rcode.NXDOMAIN)
        server.sendto(response.to_wire(), sender)
