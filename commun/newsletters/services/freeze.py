"""An issue as values: nothing in them is looked up again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from wagtail.models import Revision

from commun.cms.api import NetworkSettings, get_network
from commun.common import french
from commun.mailing.api import personal_urls
from commun.newsletters.engine import DjangoTemplates
from commun.newsletters.models import IssuePage
from commun.newsletters.rendering import Documents, Finding, IssueContent, PersonalLinks, check_issue, render_issue
from commun.newsletters.rendering.checks import ordered
from commun.newsletters.rendering.content import Sender
from commun.newsletters.rendering.serialise import content_hash, to_json
from commun.newsletters.rendering.values import Link
from commun.newsletters.services.freshness import check_freshness
from commun.newsletters.services.hidden import check_hidden
from commun.newsletters.services.images import ImageStore
from commun.newsletters.services.remarks import check_remarks
from commun.newsletters.services.resolve import Resolver, page_url, pictures_expected


@dataclass(frozen=True)
class Frozen:
    """An issue as it would leave: values, documents, what is wrong with them, names of its images in storage."""

    content: IssueContent
    documents: Documents
    findings: tuple[Finding, ...]
    images: tuple[str, ...]

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level == "blocking")

    @property
    def json(self) -> dict[str, Any]:
        return to_json(self.content)

    @property
    def content_hash(self) -> str:
        return content_hash(self.json)


def freeze(*, issue: IssuePage) -> Frozen:
    """Freeze an issue as it is in memory (give it `latest(issue)` for its last revision). Only images are stored."""
    network = get_network()
    images = ImageStore(expected=pictures_expected(issue.sections))
    resolver = Resolver(network=network, theme=issue.theme, images=images, day=issue.date)
    blocks = tuple(
        resolver.section(position=position, kind=section.block_type, value=section.value)
        for position, section in enumerate(issue.sections, start=1)
    )
    content = IssueContent(
        number=issue.number,
        title=issue.title,
        subject=issue.subject or issue.title,
        date_label=french.month(issue.date),
        preheader=issue.preheader,
        web_url=Link("Voir cette lettre dans votre navigateur", page_url(issue)),
        sender=_sender(network=network, picture_credits=resolver.credits),
        blocks=blocks,
        masthead=images.masthead(),
        welcome=issue.welcome,
    )
    documents = render(content=content)
    findings = (
        *resolver.findings,
        *check_issue(content=content, documents=documents, day=issue.date),
        *check_freshness(issue=issue, content=content),
        *check_remarks(issue=issue),
        *check_hidden(issue=issue),
    )
    return Frozen(content=content, documents=documents, findings=ordered(findings), images=tuple(images.names))


def render(*, content: IssueContent) -> Documents:
    personal = personal_urls()
    links = PersonalLinks(preferences=personal.preferences, unsubscribe=personal.unsubscribe)
    return render_issue(content=content, engine=DjangoTemplates(), personal=links)


def latest(*, issue: IssuePage) -> IssuePage:
    """The issue as last saved, draft included."""
    page: IssuePage = issue.get_latest_revision_as_object()
    return page


def revision_hash(*, revision: Revision) -> str:
    canonical = json.dumps(revision.content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def reply_address(network: NetworkSettings) -> str:
    return network.contact_email or network.contribution_email


def _sender(*, network: NetworkSettings, picture_credits: list[str]) -> Sender:
    address = reply_address(network) or parseaddr(settings.MAIL_FROM)[1]
    return Sender(
        name=network.name,
        tagline=network.baseline,
        postal_address=", ".join(line.strip(" ,") for line in network.postal_address.splitlines() if line.strip()),
        contact=Link("Écrire à la rédaction", f"mailto:{address}"),
        home=Link(network.name, f"{settings.SITE_URL}/"),
        archive=Link("Lire les numéros précédents", f"{settings.SITE_URL}/lettre/"),
        licence=" ".join(
            ["Textes sous licence CC BY-SA 4.0, sauf mention contraire : partagez-les."]
            + ([f"Images : {' ; '.join(picture_credits)}."] if picture_credits else [])
        ),
    )
