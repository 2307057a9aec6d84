"""Questions to DNS, each bounded in time. Knows no Django."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import checkdmarc.dmarc
import checkdmarc.spf
import checkdmarc.utils
import dns.exception
import dns.resolver
import dns.reversename

SECONDS = 4.0  # per question
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Unreachable(Exception):
    """No DNS server answers: nothing can be said."""


@dataclass(frozen=True)
class Lookups:
    """`resolver`: another one than the machine's own, for tests and odd networks."""

    resolver: dns.resolver.Resolver | None = None
    seconds: float = SECONDS

    @cached_property
    def _resolver(self) -> dns.resolver.Resolver:
        try:
            resolver = self.resolver or dns.resolver.Resolver()
        except (dns.resolver.NoResolverConfiguration, OSError) as error:
            raise Unreachable(str(error)) from None
        resolver.lifetime, resolver.timeout = self.seconds, min(2.0, self.seconds)
        return resolver

    def ask(self, name: str, kind: str) -> list[Any]:
        """Records of a name; empty when there are none. Raises Unreachable."""
        try:
            return list(self._resolver.resolve(name, kind))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise Unreachable(type(error).__name__) from None

    def texts(self, name: str) -> list[str]:
        return [b"".join(record.strings).decode("utf-8", "replace") for record in self.ask(name, "TXT")]

    def addresses(self, name: str) -> set[Address]:
        found = [*self.ask(name, "A"), *self.ask(name, "AAAA")]
        return {ipaddress.ip_address(str(record)) for record in found}

    def names_of(self, address: Address) -> list[str]:
        return [
            str(record).rstrip(".").lower()
            for record in self.ask(str(dns.reversename.from_address(str(address))), "PTR")
        ]

    def mail_hosts(self, name: str) -> list[str]:
        """Who receives for a domain, the preferred first; "" is a null MX (RFC 7505)."""
        records = sorted(self.ask(name, "MX"), key=lambda record: record.preference)
        return [str(record.exchange).rstrip(".").lower() for record in records]

    def spf(self, domain: str) -> dict[str, Any]:
        return self._check(checkdmarc.spf.check_spf, domain)

    def dmarc(self, domain: str) -> dict[str, Any]:
        return self._check(checkdmarc.dmarc.check_dmarc, domain)

    def _check(self, check: Any, domain: str) -> dict[str, Any]:
        # Its memory would hide for half an hour what was just mended.
        checkdmarc.utils.DNS_CACHE.clear()
        return dict(check(domain, resolver=self._resolver, timeout=self.seconds, retries=0))


def organisational_domain(domain: str) -> str:
    """By the public suffix list, as DMARC aligns."""
    return str(checkdmarc.utils.get_base_domain(domain))
