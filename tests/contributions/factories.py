"""Contributions made for a test, through the services."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from commun.accounts.api import MODERATION, create_member
from commun.accounts.models import User
from commun.common import clock
from commun.contributions.models import Contribution, File
from commun.contributions.services import examining
from commun.contributions.services.receiving import Given, receive
from commun.contributions.types import FileState, Kind, Source, Trust

TEXT = "Bonjour,\n\nLes habitants du bourg ont restauré le lavoir avec la commune : voici comment.\n\nÀ bientôt"


def given(**values: Any) -> Contribution:
    defaults = {
        "kind": Kind.RESOURCE,
        "source": Source.MAIL,
        "title": "Le lavoir restauré",
        "text": TEXT,
        "name": "Camille Exemple",
        "address": "camille@bourg.example.org",
        "trust": Trust.PROVEN,
    }
    return receive(given=Given(**{**defaults, **values}), now=clock.now())


def moderator(email: str = "moderation@example.org") -> User:
    return create_member(email=email, first_name="Nour", last_name="Essai", groups=(MODERATION,))


def picture(*, contribution: Contribution, alt_text: str = "") -> File:
    data = io.BytesIO()
    Image.new("RGB", (640, 400), "#14315f").save(data, "JPEG")
    return File.objects.create(
        contribution=contribution,
        name="lavoir.jpg",
        file=ContentFile(data.getvalue(), name="lavoir.jpg"),
        content_type="image/jpeg",
        size=len(data.getvalue()),
        state=FileState.KEPT,
        width=640,
        height=400,
        alt_text=alt_text,
        sha256="a" * 64,
    )


def document(*, contribution: Contribution) -> File:
    return File.objects.create(
        contribution=contribution,
        name="compte-rendu.pdf",
        file=ContentFile(b"%PDF-1.4\n%%EOF\n", name="compte-rendu.pdf"),
        content_type="application/pdf",
        state=FileState.KEPT,
        size=15,
        pages=3,
        sha256="b" * 64,
    )


def examine_all() -> int:
    """What the workers' loop does of the files that wait; how many there were."""
    count = 0
    while examining.examine_next(now=clock.now()):
        count += 1
    return count
