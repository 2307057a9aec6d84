"""What operators ask of whoever writes to many, checked one by one; each finding says how to mend it.

Pure but for the lookups it is given. A finding of state `unknown` says why nothing could be said.
"""

from __future__ import annotations

import base64
import binascii
import enum
import ipaddress
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from commun.mailing.dns.lookups import Lookups, Unreachable, organisational_domain

NO_NETWORK = "Sans réseau : aucun serveur DNS ne répond, rien n’a pu être vérifié. Le domaine n’y est pour rien."
SHORTEST_KEY = 1024
GOOD_KEY = 2048
MAX_SENDERS = 8


class State(enum.StrEnum):
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who we say we are. `relays`: host names of SMTP_URL."""

    from_domain: str
    return_domain: str
    inbound_domain: str
    dkim_selector: str
    site_url: str
    relays: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Finding:
    code: str
    title: str
    state: State
    said: str  # what was found
    mend: str = ""  # what to do, in French
    record: str = ""  # a record as found, or as it should be

    def as_json(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self).items()}


def examine(*, identity: Identity, lookups: Lookups, headers: dict[str, str] | None) -> list[Finding]:
    """`headers`: those of the last sealed letter, None when there is none yet."""
    checks: list[tuple[str, str, Callable[[], Finding]]] = [
        ("spf", f"SPF de {identity.return_domain}", lambda: _spf(identity, lookups)),
        ("dkim", f"DKIM de {identity.from_domain}", lambda: _dkim(identity, lookups)),
        ("dmarc", f"DMARC de {identity.from_domain}", lambda: _dmarc(identity, lookups)),
        ("reverse", "Nom inverse des machines qui envoient", lambda: _reverse(identity, lookups)),
        ("mx", "Réception des retours", lambda: _mx(identity, lookups)),
    ]
    return [*(_tried(*check) for check in checks), _one_click(identity, headers)]


def _tried(code: str, title: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except Unreachable:
        return Finding(code=code, title=title, state=State.UNKNOWN, said=NO_NETWORK)


def _unreached(result: dict[str, Any]) -> bool:
    """Its errors are sentences: silence of the network must not be taken for a missing record."""
    error = str(result.get("error", ""))
    return any(
        words in error
        for words in ("lifetime expired", "timed out", "All nameservers failed", "Network is unreachable")
    )


# --- SPF ------------------------------------------------------------------------------------------------


def _spf(identity: Identity, lookups: Lookups) -> Finding:
    domain = identity.return_domain
    title = f"SPF de {domain}"
    wanted = "v=spf1 ip4:ADRESSE-DU-RELAIS -all"
    found = lookups.spf(domain)
    record = str(found.get("record") or "")
    if _unreached(found):
        raise Unreachable
    if not record:
        return Finding(
            code="spf",
            title=title,
            state=State.BAD,
            said="Aucun enregistrement SPF lisible : rien ne dit quelles machines envoient pour ce domaine.",
            mend=f"Ajoutez cet enregistrement TXT à {domain}, avec l’adresse publique du relais.",
            record=wanted,
        )
    if not found.get("valid"):
        return Finding(
            code="spf",
            title=title,
            state=State.BAD,
            said=f"L’enregistrement est faux : {found.get('error', 'illisible')}",
            mend="Corrigez-le : un seul enregistrement SPF, dix recherches DNS au plus, chaque « include » existant.",
            record=record,
        )
    if record.rstrip().endswith(("+all", "?all")) or "all" not in record:
        return Finding(
            code="spf",
            title=title,
            state=State.WARNING,
            said="L’enregistrement existe, mais ne refuse personne : il ne protège ni ne prouve rien.",
            mend="Terminez-le par -all (ou ~all le temps d’un essai).",
            record=record,
        )
    lookups_made = found.get("dns_lookups")
    return Finding(
        code="spf",
        title=title,
        state=State.GOOD,
        said=f"Valide, {lookups_made} recherche(s) DNS sur 10.",
        record=record,
    )


# --- DKIM -----------------------------------------------------------------------------------------------


def _dkim(identity: Identity, lookups: Lookups) -> Finding:
    title = f"DKIM de {identity.from_domain}"
    if not identity.dkim_selector:
        return Finding(
            code="dkim",
            title=title,
            state=State.UNKNOWN,
            said="Le sélecteur n’est pas connu : DNS ne permet pas de le deviner.",
            mend="Réglez DKIM_SELECTOR : le sélecteur avec lequel le relais signe (rspamd, OpenDKIM, fournisseur).",
        )
    name = f"{identity.dkim_selector}._domainkey.{identity.from_domain}"
    records = [text for text in lookups.texts(name) if "p=" in text]
    if not records:
        return Finding(
            code="dkim",
            title=title,
            state=State.BAD,
            said=f"Rien sous {name} : aucune signature ne peut être vérifiée.",
            mend="Publiez la clé publique du relais sous ce nom ; signez List-Unsubscribe et List-Unsubscribe-Post.",
            record="v=DKIM1; k=rsa; p=CLÉ-PUBLIQUE",
        )
    state, said, mend = _judge_key(records[0])
    return Finding(code="dkim", title=title, state=state, said=said, mend=mend, record=records[0])


def _judge_key(record: str) -> tuple[State, str, str]:  # noqa: PLR0911 (a table, the gravest first)
    tags = dict(part.strip().split("=", 1) for part in record.split(";") if "=" in part)
    key = "".join(tags.get("p", "").split())
    if not key:
        return State.BAD, "La clé est révoquée (p= vide).", "Publiez la clé avec laquelle le relais signe aujourd’hui."
    if tags.get("k", "rsa").strip() == "ed25519":
        return State.WARNING, "Clé Ed25519.", "Plusieurs messageries ne la lisent pas : signez aussi en RSA 2048."
    try:
        public = load_der_public_key(base64.b64decode(key, validate=True))
    except (ValueError, binascii.Error):
        return State.BAD, "La clé publiée ne se lit pas.", "Recopiez-la entière, sans coupure."
    size = public.key_size if isinstance(public, RSAPublicKey) else 0
    if size < SHORTEST_KEY:
        return State.BAD, f"Clé de {size} bits : les messageries la refusent.", "Passez à RSA 2048."
    if size < GOOD_KEY:
        return State.WARNING, f"Clé de {size} bits : elle est encore acceptée.", "Passez à RSA 2048."
    if "y" in tags.get("t", ""):
        return State.WARNING, "La clé est en mode d’essai (t=y).", "Retirez t=y une fois les signatures vérifiées."
    return State.GOOD, f"Clé RSA de {size} bits.", ""


# --- DMARC ----------------------------------------------------------------------------------------------


def _dmarc(identity: Identity, lookups: Lookups) -> Finding:
    domain = identity.from_domain
    title = f"DMARC de {domain}"
    found = lookups.dmarc(domain)
    if _unreached(found):
        raise Unreachable
    record = str(found.get("record") or "")
    if not record or not found.get("valid"):
        said = f"L’enregistrement est faux : {found.get('error')}" if record else "Aucun enregistrement DMARC."
        return Finding(
            code="dmarc",
            title=title,
            state=State.BAD,
            said=said,
            mend=f"Ajoutez ce TXT à _dmarc.{domain}, lisez les rapports quelques semaines, puis durcissez p=.",
            record=f"v=DMARC1; p=none; rua=mailto:dmarc@{domain}",
        )
    if organisational_domain(identity.return_domain) != organisational_domain(domain):
        return Finding(
            code="dmarc",
            title=title,
            state=State.WARNING,
            said=f"DMARC existe, mais SPF ne sera jamais aligné : les retours vont à {identity.return_domain}.",
            mend=f"Choisissez un BOUNCE_DOMAIN sous {organisational_domain(domain)} : Orange veut les trois bons.",
            record=record,
        )
    policy = str(found.get("tags", {}).get("p", {}).get("value", ""))
    if policy == "none":
        return Finding(
            code="dmarc",
            title=title,
            state=State.WARNING,
            said="DMARC observe et ne refuse rien (p=none) : assez pour écrire, pas pour protéger le nom.",
            mend="Quand les rapports sont bons, passez à p=quarantine.",
            record=record,
        )
    return Finding(code="dmarc", title=title, state=State.GOOD, said=f"Valide, p={policy}, SPF aligné.", record=record)


# --- machines -------------------------------------------------------------------------------------------


def _senders(identity: Identity, lookups: Lookups) -> list[Any]:
    """Public addresses that send for us: relays that are elsewhere, and single addresses that SPF names."""
    found: set[Any] = set()
    for host in identity.relays:
        try:
            found.add(ipaddress.ip_address(host))
        except ValueError:
            found |= lookups.addresses(host) if "." in host else set()
    for text in lookups.texts(identity.return_domain):
        if text.lower().startswith("v=spf1"):
            for word in text.lower().split():
                if word.startswith(("ip4:", "ip6:")):
                    network = ipaddress.ip_network(word[4:], strict=False)
                    if network.num_addresses == 1:
                        found.add(network.network_address)
    return sorted((one for one in found if one.is_global), key=str)[:MAX_SENDERS]


def _reverse(identity: Identity, lookups: Lookups) -> Finding:
    title = "Nom inverse des machines qui envoient"
    try:
        senders = _senders(identity, lookups)
    except ValueError:
        senders = []
    if not senders:
        return Finding(
            code="reverse",
            title=title,
            state=State.UNKNOWN,
            said="Aucune adresse publique d’envoi n’est connue : le relais est sur cette machine, SPF n’en nomme pas.",
            mend="Nommez l’adresse du relais dans SPF (ip4:…), puis vérifiez de nouveau.",
        )
    wrong = []
    for address in senders:
        names = lookups.names_of(address)
        if not any(address in lookups.addresses(name) for name in names):
            wrong.append(f"{address} ({', '.join(names) or 'aucun nom'})")
    if wrong:
        return Finding(
            code="reverse",
            title=title,
            state=State.BAD,
            said=f"Sans nom qui revienne à l’adresse : {' ; '.join(wrong)}.",
            mend="Chez l’hébergeur, donnez à chacune un nom (PTR) qui mène à elle, et que le relais dit en EHLO.",
        )
    return Finding(code="reverse", title=title, state=State.GOOD, said=f"{len(senders)} adresse(s), chacune a son nom.")


def _mx(identity: Identity, lookups: Lookups) -> Finding:
    title = "Réception des retours"
    domains = [one for one in dict.fromkeys([identity.return_domain, identity.inbound_domain]) if one]
    missing = [domain for domain in domains if not any(lookups.mail_hosts(domain)) and not lookups.addresses(domain)]
    if missing:
        return Finding(
            code="mx",
            title=title,
            state=State.BAD,
            said=f"Aucune machine ne reçoit pour {', '.join(missing)} : les avis de non-remise se perdent.",
            mend="Ajoutez un MX qui nomme le serveur où arrive le courrier (docs/operations/receiving.md).",
        )
    return Finding(code="mx", title=title, state=State.GOOD, said=f"Du courrier peut arriver à {', '.join(domains)}.")


# --- our own headers --------------------------------------------------------------------------------------


def _one_click(identity: Identity, headers: dict[str, str] | None) -> Finding:
    """RFC 8058: both headers, one https address. Read in the last letter that was sealed."""
    title = "Désabonnement en un clic"
    if not identity.site_url.startswith("https://"):
        return Finding(
            code="one_click",
            title=title,
            state=State.BAD,
            said="L’adresse du site n’est pas en https : le désabonnement en un clic (RFC 8058) l’exige.",
            mend="Réglez SITE_URL=https://…",
        )
    if headers is None:
        return Finding(
            code="one_click",
            title=title,
            state=State.UNKNOWN,
            said="Aucune lettre n’a encore été scellée : rien à lire.",
        )
    ways, post = headers.get("List-Unsubscribe", ""), headers.get("List-Unsubscribe-Post", "")
    if "<https://" not in ways or post != "List-Unsubscribe=One-Click":
        return Finding(
            code="one_click",
            title=title,
            state=State.BAD,
            said="La dernière lettre scellée n’a pas les deux en-têtes de la RFC 8058.",
            mend="Composez et scellez-la de nouveau, maintenant que SITE_URL est en https.",
        )
    return Finding(
        code="one_click",
        title=title,
        state=State.GOOD,
        said="Les deux en-têtes sont dans la dernière lettre scellée. Vérifiez que le relais les signe (DKIM, h=).",
        record=f"List-Unsubscribe-Post: {post}",
    )
