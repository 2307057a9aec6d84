"""Which kind of gathering an event is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commun.agenda.api import EventDraft, create_event_draft, ensure_sections
from commun.agenda.kinds import kind_said
from commun.common import clock
from tests.cms.factories import home


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Atelier en ligne du réseau : raconter une expérience", "atelier"),
        ("Des places pour les jeunes : visites croisées", "visite"),
        ("WEBINAIRE – le budget participatif", "webinaire"),
        ("Journée des communes, suivie d’un atelier", "rencontre"),
        ("Voyage d’étude à Loos-en-Gohelle", "visite"),
        ("Le Salon des maires", "salon"),
        ("Initiation à la facilitation", "formation"),
        ("Transformations urbaines", None),
        ("", None),
    ],
)
def test_a_title_says_its_kind_by_the_first_word_that_names_one(title, kind):
    assert kind_said(title) == kind


@pytest.mark.django_db
@pytest.mark.parametrize(("title", "kind"), [("Formation des élus", "formation"), ("Fête de l’eau", "")])
def test_the_draft_of_an_event_that_somebody_gave_has_the_kind_its_title_says(title, kind):
    ensure_sections(home=home())
    start = clock.now() + timedelta(days=9)
    page = create_event_draft(draft=EventDraft(title=title, start=start, end=start + timedelta(hours=2)))
    assert page.get_latest_revision_as_object().kind == kind
