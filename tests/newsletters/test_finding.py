"""An issue is found once it was sent, not before."""

from __future__ import annotations

import pytest

from commun.finding.api import sweep
from commun.finding.models import Entry
from commun.library.api import ExperiencePage
from commun.newsletters.services.corrections import correct_issue
from tests.newsletters.factories import NOW

pytestmark = pytest.mark.django_db


def test_an_issue_is_found_once_it_was_sent(submitted, request):
    assert not Entry.objects.filter(source="issues").exists()
    request.getfixturevalue("sent")
    [entry] = Entry.objects.filter(source="issues")
    assert entry.address.startswith("/lettre/")


def test_an_issue_is_found_by_what_was_sent_and_put_right_since(sent, editor, client):
    def found(words: str) -> bool:
        return "/lettre/1/" in client.get("/recherche/", {"q": words, "type": "issue"}).content.decode()

    words = "voisins refont la rue"
    assert found(words)
    experience = ExperiencePage.objects.get(title="À Grenoble, les voisins refont la rue")
    experience.title = "Autre chose"
    experience.save_revision().publish()
    assert found(words)
    correct_issue(issue=sent, wrong="les voisins refont la rue", right="les kiosquiers refont la rue", user=editor)
    assert found("kiosquiers")
    assert sweep(now=NOW) == 0
