"""Mailboxes that people in France have, and the slips of the finger next to them."""

from __future__ import annotations

from commun.common.spelling import closest

# Providers that open mailboxes to the public; a real one stands here so that it is never taken for a slip of another.
KNOWN = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "mail.com",
        "email.com",
        "ymail.com",
        "orange.fr",
        "wanadoo.fr",
        "free.fr",
        "aliceadsl.fr",
        "laposte.net",
        "sfr.fr",
        "neuf.fr",
        "cegetel.net",
        "club-internet.fr",
        "numericable.fr",
        "bbox.fr",
        "hotmail.fr",
        "hotmail.com",
        "hotmail.be",
        "outlook.fr",
        "outlook.com",
        "outlook.be",
        "live.fr",
        "live.com",
        "live.be",
        "msn.com",
        "yahoo.fr",
        "yahoo.com",
        "yahoo.be",
        "icloud.com",
        "me.com",
        "mac.com",
        "aol.com",
        "aol.fr",
        "gmx.fr",
        "gmx.com",
        "gmx.net",
        "gmx.de",
        "protonmail.com",
        "proton.me",
        "pm.me",
        "tutanota.com",
        "mailo.com",
        "ik.me",
        "netcourrier.com",
        "voila.fr",
        "libertysurf.fr",
        "tiscali.fr",
        "nordnet.fr",
    ]
)


def meant(address: str) -> str:
    """The same address at the known mailbox that is one letter away; "" where none is, or several are as close."""
    local, _, domain = address.strip().rpartition("@")
    domain = domain.lower()
    if not local or domain in KNOWN:
        return ""
    near = [known for known, far in closest(domain, KNOWN) if far == 1]
    return f"{local}@{near[0]}" if len(near) == 1 else ""
