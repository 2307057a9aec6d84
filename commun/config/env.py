"""Strict parsers of the environment: every setting is declared, parsed and explained once.

Nothing here guesses. A value that cannot be understood, or a variable whose name looks like a
misspelt one, stops the start with a sentence that says which and what was expected.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

T = TypeVar("T")

TRUE = {"true", "1", "yes", "on", "oui"}
FALSE = {"false", "0", "no", "off", "non", ""}


class SettingError(Exception):
    """One or several settings cannot be used; the text lists them all, in French."""


@dataclass(frozen=True)
class Bucket:
    """Where files are kept, by S3's protocol; `folder` is "" for all of it."""

    endpoint: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    name: str
    folder: str
    region: str


@dataclass(frozen=True, kw_only=True)
class SmtpRelay:
    """A relay of `SMTP_URL`, in failover order. `starttls`: "required", "optional" or "never"."""

    host: str
    port: int
    username: str = ""
    password: str = ""
    implicit_tls: bool = False
    starttls: str = "optional"

    def __repr__(self) -> str:  # never show a password in a log or an error page
        return f"SmtpRelay({self.host}:{self.port})"


@dataclass(frozen=True, kw_only=True)
class ImapMailbox:
    """The mailbox of `IMAP_URL`. Messages received are moved to `move_to`, or deleted where it is empty."""

    host: str
    port: int
    username: str
    password: str
    tls: bool = True
    folder: str = "INBOX"
    move_to: str = ""

    def __repr__(self) -> str:  # never show a password in a log or an error page
        return f"ImapMailbox({self.host}:{self.port}/{self.folder})"


def read_env_file(path: Path) -> dict[str, str]:
    """Read `NAME=value` lines; `#` starts a comment line; quotes around a value are removed."""
    values: dict[str, str] = {}
    if not path.is_file():
        return values
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        name, separator, value = line.removeprefix("export ").partition("=")
        if not separator or not re.fullmatch(r"[A-Z][A-Z0-9_]*", name.strip()):
            raise SettingError(f"{path.name}, ligne {number} : attendu NOM=valeur.")
        value = value.strip()
        if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
            value = value[1:-1]
        values[name.strip()] = value
    return values


class Env:
    """Declares and reads settings; collects every problem and raises them together in `finish()`."""

    def __init__(self, environ: Mapping[str, str], *, file_values: Mapping[str, str] | None = None):
        self._file = dict(file_values or {})
        self._environ = environ
        self._known: set[str] = set()
        self._problems: list[str] = []

    @property
    def known(self) -> frozenset[str]:
        return frozenset(self._known)

    def get(self, name: str, *, default: T, parse: Callable[[str], T]) -> T:
        """Return the parsed value of `name`, or `default` when it is absent or empty."""
        self._known.add(name)
        raw = self._environ.get(name, self._file.get(name))
        if raw is None or raw == "":
            return default
        try:
            return parse(raw)
        except ValueError as error:
            self._problems.append(f"{name} : {error}")
            return default

    def misspelt(self) -> list[tuple[str, str]]:
        """Variables of the process that look like a declared one: (found, probably meant)."""
        found = []
        for name in sorted(self._environ):
            if name in self._known or not re.fullmatch(r"[A-Z][A-Z0-9_]{3,}", name):
                continue
            close = difflib.get_close_matches(name, self._known, n=1, cutoff=0.85)
            if close:
                found.append((name, close[0]))
        return found

    def finish(self) -> None:
        """Raise `SettingError` if anything declared so far is wrong, or a name in `.env` is unknown."""
        for name in sorted(set(self._file) - self._known):
            close = difflib.get_close_matches(name, self._known, n=1)
            hint = f" Vouliez-vous dire {close[0]} ?" if close else ""
            self._problems.append(f"{name} : réglage inconnu dans le fichier .env.{hint}")
        if self._problems:
            raise SettingError("Réglages refusés :\n  - " + "\n  - ".join(self._problems))


def text(raw: str) -> str:
    return raw


def secret(raw: str) -> str:
    """Long enough not to be found by trying."""
    if len(raw) < 20 or not raw.isascii() or not raw.isprintable() or " " in raw:
        raise ValueError("attendu au moins 20 caractères tirés au hasard, sans espace.")
    return raw


def user_and_secret(raw: str) -> str:
    """`utilisateur:secret`, as HTTP basic authentication carries them."""
    user, separator, password = raw.partition(":")
    if not separator or not user:
        raise ValueError("attendu utilisateur:secret.")
    secret(password)
    return raw


def boolean(raw: str) -> bool:
    value = raw.strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ValueError(f"« {raw} » n’est ni true ni false.")


def integer(*, minimum: int = 0, maximum: int | None = None) -> Callable[[str], int]:
    def parse(raw: str) -> int:
        try:
            value = int(raw)
        except ValueError:
            raise ValueError(f"« {raw} » n’est pas un nombre entier.") from None
        if value < minimum or (maximum is not None and value > maximum):
            bounds = f"au moins {minimum}" + (f", au plus {maximum}" if maximum is not None else "")
            raise ValueError(f"{value} est hors des bornes ({bounds}).")
        return value

    return parse


def choice(*allowed: str) -> Callable[[str], str]:
    def parse(raw: str) -> str:
        if raw not in allowed:
            raise ValueError(f"« {raw} » n’est pas parmi : {', '.join(allowed)}.")
        return raw

    return parse


def words(raw: str) -> list[str]:
    """Split on commas and white space."""
    return [word for word in re.split(r"[,\s]+", raw) if word]


def site_url(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("attendu https://nom-du-site, sans chemin.")
    if parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username:
        raise ValueError("attendu https://nom-du-site, sans chemin ni paramètre.")
    return raw.rstrip("/")


def domain(raw: str) -> str:
    value = raw.strip().lower().rstrip(".")
    if not re.fullmatch(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", value):
        raise ValueError(f"« {raw} » n’est pas un nom de domaine.")
    return value


def mailbox(raw: str) -> str:
    """`Nom <adresse@domaine>` or a bare address, without line breaks."""
    from email.utils import parseaddr

    address = parseaddr(raw)[1]
    if "@" not in address or any(character in raw for character in "\r\n"):
        raise ValueError("attendu « Nom <adresse@domaine> ».")
    return raw.strip()


def smtp_relays(raw: str) -> tuple[SmtpRelay, ...]:
    """`smtp://` or `smtps://` URLs separated by spaces, in failover order."""
    return tuple(_smtp_relay(url) for url in raw.split())


def _smtp_relay(url: str) -> SmtpRelay:
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("attendu smtp://hôte:port ou smtps://hôte:port.")
    try:
        port = parts.port
    except ValueError:
        raise ValueError("le port n’est pas un nombre de 1 à 65535.") from None
    if parts.path not in {"", "/"} or parts.fragment:
        raise ValueError("une adresse SMTP n’a pas de chemin.")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = set(options) - {"starttls"}
    if unknown:
        raise ValueError(f"option inconnue : {', '.join(sorted(unknown))}.")
    implicit = parts.scheme == "smtps"
    starttls = options.get("starttls", "never" if implicit else "optional")
    if starttls not in {"required", "optional", "never"}:
        raise ValueError("starttls vaut required, optional ou never.")
    return SmtpRelay(
        host=parts.hostname,
        port=port or (465 if implicit else 25),
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        implicit_tls=implicit,
        starttls=starttls,
    )


def imap_mailbox(raw: str) -> ImapMailbox | None:
    """`imaps://utilisateur:motdepasse@hôte:port/DOSSIER?move=AUTRE`; `imap://` is for this machine alone."""
    parts = urlsplit(raw)
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname or not parts.username or not parts.password:
        raise ValueError("attendu imaps://utilisateur:motdepasse@hôte/DOSSIER.")
    try:
        port = parts.port
    except ValueError:
        raise ValueError("le port n’est pas un nombre de 1 à 65535.") from None
    if parts.scheme == "imap" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ValueError("imap:// enverrait le mot de passe en clair : utilisez imaps://.")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = set(options) - {"move"}
    if unknown:
        raise ValueError(f"option inconnue : {', '.join(sorted(unknown))}.")
    return ImapMailbox(
        host=parts.hostname,
        port=port or (993 if parts.scheme == "imaps" else 143),
        username=unquote(parts.username),
        password=unquote(parts.password),
        tls=parts.scheme == "imaps",
        folder=unquote(parts.path).strip("/") or "INBOX",
        move_to=options.get("move", ""),
    )


def clamav(raw: str) -> tuple[str, int] | str:
    """`tcp://hôte:3310` or `unix:///chemin/du/socket`: (host, port), or a path."""
    parts = urlsplit(raw)
    if parts.scheme == "unix" and not parts.netloc and parts.path.startswith("/"):
        return unquote(parts.path)
    try:
        port = parts.port
    except ValueError:
        port = None
    if parts.scheme != "tcp" or not parts.hostname or not port:
        raise ValueError("attendu tcp://hôte:3310 ou unix:///chemin/clamd.ctl.")
    return parts.hostname, port


def absolute_path(raw: str) -> Path:
    path = Path(raw)
    if not path.is_absolute():
        raise ValueError("attendu un chemin absolu, qui commence par /.")
    return path


def file(raw: str) -> Path:
    """`/chemin/absolu/fichier`, which exists."""
    path = Path(raw)
    if not path.is_absolute() or not path.is_file():
        raise ValueError("attendu le chemin absolu d’un fichier qui existe.")
    return path


def storage(raw: str) -> Path | Bucket:
    """`file:///chemin/absolu`, or `s3://clé:secret@hôte/seau/dossier?region=…`."""
    parts = urlsplit(raw)
    if parts.scheme == "s3":
        return _bucket(raw)
    if parts.scheme != "file" or parts.netloc or not parts.path.startswith("/"):
        raise ValueError("attendu file:///chemin/absolu, ou s3://clé:secret@hôte/seau.")
    return Path(unquote(parts.path))


def _bucket(raw: str) -> Bucket:
    parts = urlsplit(raw)
    try:
        port = parts.port
    except ValueError:
        raise ValueError("le port n’est pas un nombre de 1 à 65535.") from None
    name, _, folder = unquote(parts.path).strip("/").partition("/")
    if not parts.hostname or not parts.username or not parts.password or not re.fullmatch(r"[a-z0-9.-]{3,63}", name):
        raise ValueError("attendu s3://clé:secret@hôte/seau.")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = set(options) - {"region", "tls"}
    if unknown:
        raise ValueError(f"option inconnue : {', '.join(sorted(unknown))}.")
    tls = boolean(options.get("tls") or "true")
    if not tls and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ValueError("tls=false enverrait les fichiers en clair : cette machine seule peut s’en passer.")
    return Bucket(
        endpoint=f"{'https' if tls else 'http'}://{parts.hostname}{f':{port}' if port else ''}",
        access_key=unquote(parts.username),
        secret_key=unquote(parts.password),
        name=name,
        folder=folder,
        region=options.get("region", ""),
    )


def cache(raw: str) -> dict[str, Any]:
    """`database://`, `locmem://` or `redis://hôte:port/n`, as an entry of Django's CACHES."""
    scheme = urlsplit(raw).scheme
    # Django keeps three hundred entries: whoever makes as many counters begin would have the others forgotten.
    room = {"OPTIONS": {"MAX_ENTRIES": 100_000}}
    if scheme == "database":
        return {"BACKEND": "commun.common.cache.CountingDatabaseCache", "LOCATION": "commun_cache", **room}
    if scheme == "locmem":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "commun", **room}
    if scheme in {"redis", "rediss"}:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": raw}
    raise ValueError("attendu database://, redis://hôte:port/n ou locmem:// (une seule machine).")


def database(raw: str) -> str:
    scheme = urlsplit(raw).scheme
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ValueError("attendu sqlite:///chemin ou postgres://utilisateur@hôte/base.")
    return raw


def opinion(raw: str) -> str:
    """Where « Je donne mon avis » leads: a whole https:// address, as the service gives it."""
    parts = urlsplit(raw)
    whole = parts.scheme == "https" and parts.hostname and len(parts.path) > 1
    if not whole or parts.username or parts.fragment or re.search(r"[\s<>\"']", raw):
        raise ValueError(
            "attendu https://jedonnemonavis.numerique.gouv.fr/Demarches/… (l’adresse que donne le bouton)."
        )
    return raw


def issuer(raw: str) -> str:
    """Address of an identity provider: https://, or http:// on this machine for a trial."""
    parts = urlsplit(raw)
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if (
        not parts.hostname
        or parts.query
        or parts.fragment
        or not (parts.scheme == "https" or (local and parts.scheme == "http"))
    ):
        raise ValueError("attendu https://… (l’adresse de l’émetteur, sans question ni fragment).")
    return raw.rstrip("/")
