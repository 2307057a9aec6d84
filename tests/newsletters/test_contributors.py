"""Whoever gave what a letter carries is told once it has left."""

from __future__ import annotations

import pytest

from commun.accounts.api import REDACTION, VALIDATION
from commun.contributions.api import Given, receive
from commun.contributions.models import Contribution
from commun.contributions.types import Kind, Source, State
from commun.library.api import ExperiencePage
from commun.newsletters import api
from commun.newsletters.services.sending import on_finished
from tests.newsletters import factories
from tests.newsletters.factories import NOW

pytestmark = pytest.mark.django_db


def published_from(page) -> Contribution:
    row = receive(
        given=Given(kind=Kind.RESOURCE, source=Source.FORM, title=page.title, address="camille@example.org"), now=NOW
    )
    Contribution.objects.filter(pk=row.pk).update(state=State.PUBLISHED, page=page.pk)
    return row


def test_the_number_of_the_letter_that_carries_it_is_told_to_whoever_gave_it(mailoutbox):
    editor, approver = factories.member("camille", REDACTION), factories.member("nour", VALIDATION)
    issue = factories.composed(editor)
    carried = published_from(ExperiencePage.objects.get(title="À Grenoble, les voisins refont la rue"))
    elsewhere = published_from(factories.library.ArticleFactory(title="Dans aucune lettre"))
    api.submit_issue(issue=issue, user=editor, now=NOW)
    api.approve_issue(issue=issue, user=approver, now=NOW)
    send = api.send_issue(issue=issue, user=approver, now=NOW)

    for _ in range(2):
        on_finished(send_id=send.pk, now=NOW)

    carried.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (carried.issue_number, elsewhere.issue_number) == (issue.number, None)
    told = [mail.subject for mail in mailoutbox if mail.to == ["camille@example.org"] and "Paru" in mail.subject]
    assert told == [f"Paru dans le numéro {issue.number} : {carried.title}"]
