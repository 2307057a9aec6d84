"""What somebody writes to the team by the contact page."""

from __future__ import annotations

from django.core.mail import EmailMessage

from commun.cms.api import get_network
from commun.common.errors import AppError


class NobodyToWriteTo(AppError):
    """The network has given no contact address."""

    code = "website_no_contact_address"


def send_contact_message(*, name: str, address: str, subject: str, text: str) -> None:
    """Queue the message for the team; answering it answers the person. Raises `NobodyToWriteTo`."""
    network = get_network()
    to = network.contact_email or network.contribution_email
    if not to:
        raise NobodyToWriteTo
    body = f"Message reçu par la page Contact du site.\n\nDe : {name or 'sans nom'} <{address}>\n\n{text}\n"
    EmailMessage(subject=f"[Contact] {subject}", body=body, to=[to], reply_to=[address]).send()
