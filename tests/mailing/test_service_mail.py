"""Mail of service as its bytes are queued."""

from __future__ import annotations

import email
import email.policy

import pytest
from django.core.mail import BadHeaderError, send_mail

from commun.mailing.models import ServiceMail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def queued(settings):
    settings.EMAIL_BACKEND = "commun.mailing.backends.ServiceMailBackend"  # tests keep mail in memory otherwise


@pytest.mark.parametrize(
    "subject",
    [
        "Votre code",
        "Confirmez votre abonnement à la lettre de Territoires en Commun, réseau des collectivités",
        "Votre contribution « Un café des aînés à l’école, où l’on se prête ses outils » est bien arrivée chez nous",
        "Anticonstitutionnellement" * 6,
        "é" * 120,
        "",
    ],
)
def test_a_subject_begins_on_its_own_line_and_reads_as_it_was_written(subject):
    send_mail(subject, "Subject: faux\n\nBonjour.\n", None, ["mairie@example.org"])
    raw = bytes(ServiceMail.objects.get().raw)
    head = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    (line,) = (line for line in head if line.startswith(b"Subject:"))
    assert line == b"Subject: " if not subject else line.removeprefix(b"Subject: ").strip()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message["Subject"] == subject
    assert message.get_content() == "Subject: faux\r\n\r\nBonjour.\r\n"


def test_a_subject_of_two_lines_is_refused():
    with pytest.raises(BadHeaderError):
        send_mail("Votre code\nBcc: tous@example.org", "Bonjour.", None, ["mairie@example.org"])
    assert not ServiceMail.objects.exists()
