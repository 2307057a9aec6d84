"""System checks: unsafe combinations of settings are refused at start, with what to do."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register

from commun.common.storage import misplaced


@register("environment")
def check_environment(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    trial = settings.DEMO or settings.DEBUG
    if settings.SECRET_KEY_IS_GENERATED and not settings.SITE_IS_LOOPBACK:
        found.append(
            Error(
                "SECRET_KEY n’est pas réglée.",
                hint="Tirez-la au hasard (50 caractères au moins) et gardez-la : les liens signés en dépendent.",
                id="config.E001",
            )
        )
    if settings.DEMO and not settings.SITE_IS_LOOPBACK:
        found.append(
            Error(
                "DEMO=true est refusé hors de la machine locale : la boîte de démonstration montre tous les jetons.",
                hint="Retirez DEMO, ou réglez SITE_URL=http://localhost:8000.",
                id="config.E002",
            )
        )
    if settings.DEBUG and not settings.SITE_IS_LOOPBACK:
        found.append(Error("DEBUG=true est refusé hors de la machine locale.", hint="Retirez DEBUG.", id="config.E003"))
    if not settings.SITE_IS_LOOPBACK and not settings.SITE_IS_HTTPS:
        found.append(
            Error(
                "SITE_URL doit commencer par https:// : la désinscription en un clic l’exige (RFC 8058).",
                hint="Réglez SITE_URL=https://…",
                id="config.E004",
            )
        )
    if not settings.SITE_IS_LOOPBACK and settings.CACHES["default"]["BACKEND"].endswith("LocMemCache"):
        found.append(
            Error(
                "CACHE_URL=locmem:// n’est pas partagé : les limites de débit seraient contournées.",
                hint="Retirez CACHE_URL (base de données) ou donnez un Redis.",
                id="config.E005",
            )
        )
    proconnect = (settings.PROCONNECT_ISSUER, settings.PROCONNECT_CLIENT_ID, settings.PROCONNECT_SECRET)
    if any(proconnect) and not all(proconnect):
        found.append(
            Error(
                "ProConnect est réglé à moitié : il faut PROCONNECT_ISSUER, PROCONNECT_CLIENT_ID et PROCONNECT_SECRET.",
                hint="Complétez les trois, ou retirez-les.",
                id="config.E020",
            )
        )
    if settings.SITE_IS_HTTPS and not settings.SITE_IS_LOOPBACK and not settings.TRUSTED_PROXIES:
        found.append(
            checks.Warning(
                "TRUSTED_PROXIES=0 : derrière un mandataire, tous les visiteurs comptent pour un seul, et quelques-uns "
                "suffisent à fermer les formulaires aux autres.",
                hint="Réglez TRUSTED_PROXIES=1 (autant que de mandataires devant l’application).",
                id="config.W003",
            )
        )
    opinion = urlsplit(settings.JE_DONNE_MON_AVIS_URL).hostname or ""
    if opinion and not opinion.endswith(".numerique.gouv.fr"):
        found.append(
            Error(
                f"JE_DONNE_MON_AVIS_URL mène à {opinion} : « Je donne mon avis » est un service de l’État.",
                hint="Donnez https://jedonnemonavis.numerique.gouv.fr/Demarches/… (dans le bouton), ou retirez-la.",
                id="config.E011",
            )
        )
    for name, meant in settings.ENV_MISSPELT:
        found.append(
            checks.Warning(f"{name} n’est pas un réglage connu.", hint=f"Vouliez-vous dire {meant} ?", id="config.W001")
        )
    if not settings.SMTP_RELAYS and not trial:
        found.append(
            checks.Warning(
                "SMTP_URL n’est pas réglée : les envois attendent, rien n’est perdu.",
                hint="Réglez SMTP_URL=smtp://relais:25",
                id="config.W002",
            )
        )
    return found


@register("environment")
def check_private_files(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What only views hand over must not be where anything serves files from."""
    private = Path(settings.PRIVATE_ROOT).resolve()
    served = {"MEDIA_STORAGE_URL": settings.MEDIA_ROOT, "les fichiers statiques": settings.STATIC_ROOT}
    found: list[CheckMessage] = [
        Error(
            f"PRIVATE_STORAGE_URL ({private}) et {name} ({place}) sont l’un dans l’autre : des fichiers privés "
            "seraient servis à qui les demande.",
            hint="Donnez deux dossiers séparés.",
            id="config.E006",
        )
        for name, place in served.items()
        if private.is_relative_to(Path(place).resolve()) or Path(place).resolve().is_relative_to(private)
    ]
    media, hidden = settings.MEDIA_BUCKET, settings.PRIVATE_BUCKET
    if media and hidden and (media.endpoint, media.name) == (hidden.endpoint, hidden.name):
        found.append(
            Error(
                "MEDIA_STORAGE_URL et PRIVATE_STORAGE_URL sont dans le même seau : une règle de ce seau vaudrait "
                "pour les deux.",
                hint="Donnez deux seaux, dont aucun n’est public.",
                id="config.E009",
            )
        )
    wanted = {
        "storages": ("MEDIA_STORAGE_URL=s3://…", media or hidden),
        "redis": ("CACHE_URL=redis://…", settings.CACHES["default"]["BACKEND"].endswith("RedisCache")),
    }
    found += [
        Error(
            f"{setting} demande une bibliothèque qui n’est pas installée ({library}).",
            hint=".venv/bin/pip install --require-hashes -r requirements/several.txt",
            id="config.E010",
        )
        for library, (setting, asked) in wanted.items()
        if asked and find_spec(library) is None
    ]
    if left := misplaced():
        places = " ".join(str(place) for place in left)
        found.append(
            Error(
                "Des fichiers privés sont restés parmi ceux que l’on sert.",
                hint=f"Déplacez-les : mkdir -p {private} && mv {places} {private}/",
                id="config.E007",
            )
        )
    return found
