"""What the team decides: drafts with everything in place, answers, and every act taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import Page

from commun.agenda.api import EventPage, NewsPage
from commun.cms.api import CommunDocument, CommunImage, NotToBeOnline
from commun.cms.services.scheduling import publish_due
from commun.common import clock
from commun.contributions.exceptions import (
    CannotMerge,
    DraftEdited,
    FieldMissing,
    NobodyToAnswer,
    NothingToSplit,
    NothingToUndo,
    WrongState,
)
from commun.contributions.models import Contribution, Event
from commun.contributions.services import contributor, conversation, deciding, publishing
from commun.contributions.types import Kind, Trust
from commun.library.api import ArticlePage, ExperiencePage
from commun.mailing.models import ServiceMail
from tests.contributions.conftest import deliver
from tests.contributions.factories import document, given, moderator, picture
from tests.contributions.test_by_mail import body_of, mails
from tests.inbound import corpus
from tests.library.factories import OrganisationFactory, TerritoryFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme():
    return ThemeFactory()


def last_event(row: Contribution) -> Event:
    return row.events.order_by("pk").last()


def test_accepting_makes_a_draft_with_fields_files_credit_and_licence_in_place(theme):
    by = moderator()
    row = given(
        theme=theme,
        territory=TerritoryFactory(),
        organisation=OrganisationFactory(),
        licence="cc-by-sa",
        thanks=True,
        fields={"resource_kind": "experience", "link": "https://bourg.example.org/lavoir"},
    )
    seen = picture(contribution=row)
    document(contribution=row)

    deciding.accept(contribution_id=row.pk, by=by, now=clock.now(), alternatives={seen.pk: "Le lavoir, en pierre"})

    page = ExperiencePage.objects.get()
    assert not page.live
    assert page.owner == by
    assert page.title == "Le lavoir restauré"
    assert page.summary.startswith("Les habitants du bourg")
    assert not page.body, "all is said in short, and nothing twice"
    assert (page.licence, page.credit, page.contributor) == ("cc-by-sa", "Camille Exemple", row.organisation)
    assert page.source_url == "https://bourg.example.org/lavoir"
    assert list(page.themes.all()) == [theme]
    assert list(page.territories.all()) == [row.territory]
    assert (page.cover_image.alt_text, page.cover_image.licence) == ("Le lavoir, en pierre", "cc-by-sa")
    assert page.documents.get().document.page_count == 3
    row.refresh_from_db()
    assert (row.state, row.page_id) == ("accepted", page.pk)
    assert "retenue" in body_of(mails()[-1])


def test_an_event_becomes_a_draft_of_the_agenda(theme):
    start = datetime(2026, 11, 29, 14, 0, tzinfo=UTC)
    row = given(
        kind=Kind.EVENT,
        fields={"start": start.isoformat(), "end": "2026-11-29T17:00:00+01:00", "place": "Salle des fêtes"},
    )

    deciding.accept(contribution_id=row.pk, by=moderator(), now=clock.now())

    page = EventPage.objects.get()
    assert (page.start, page.end.hour, page.place, page.live) == (start, 16, "Salle des fêtes", False)


def test_an_event_without_a_date_is_no_draft_yet(theme):
    row = given(kind=Kind.EVENT)

    with pytest.raises(FieldMissing):
        deciding.accept(contribution_id=row.pk, by=moderator(), now=clock.now())

    row.refresh_from_db()
    assert row.state == "received"


def test_news_become_a_draft_of_news(theme):
    row = given(kind=Kind.NEWS, fields={"news_kind": "recrutement", "link": "https://bourg.example.org/poste"})

    deciding.accept(contribution_id=row.pk, by=moderator(), now=clock.now())

    page = NewsPage.objects.get()
    assert (page.kind, page.link_url, page.live) == ("recrutement", "https://bourg.example.org/poste", False)


def test_nobody_is_credited_before_the_address_is_proven_or_somebody_vouches(theme):
    organisation = OrganisationFactory()
    unproven = given(trust=Trust.FAILING, organisation=organisation, thanks=True, licence="cc-by")
    vouched = given(trust=Trust.UNKNOWN, organisation=organisation, thanks=True, licence="cc-by", title="Autre")

    deciding.accept(contribution_id=unproven.pk, by=moderator(), now=clock.now())
    deciding.accept(contribution_id=vouched.pk, by=moderator(), now=clock.now(), vouches=True)

    first, second = ArticlePage.objects.order_by("pk")
    assert (first.credit, first.contributor, list(first.organisations.all())) == ("", None, [])
    assert (second.credit, second.contributor) == ("Camille Exemple", organisation)


def test_accepting_twice_makes_one_draft(theme):
    row, by = given(), moderator()
    deciding.accept(contribution_id=row.pk, by=by, now=clock.now())

    with pytest.raises(WrongState):
        deciding.accept(contribution_id=row.pk, by=by, now=clock.now())

    assert ArticlePage.objects.count() == 1


def test_undoing_an_acceptance_takes_the_draft_and_its_files_back(theme):
    row, by = given(), moderator()
    picture(contribution=row)
    document(contribution=row)
    deciding.accept(contribution_id=row.pk, by=by, now=clock.now())

    deciding.undo(event_id=last_event(row).pk, by=by, now=clock.now())

    row.refresh_from_db()
    assert (row.state, row.page) == ("received", None)
    assert not ArticlePage.objects.exists()
    assert not CommunImage.objects.exists()
    assert not CommunDocument.objects.exists()
    assert row.files.count() == 2, "what was given is still there"


def test_a_draft_somebody_worked_on_is_never_thrown_away(theme):
    row, by = given(), moderator()
    deciding.accept(contribution_id=row.pk, by=by, now=clock.now())
    page = ArticlePage.objects.get()
    page.title = "Retravaillé"
    page.save_revision(user=by, clean=False)

    with pytest.raises(DraftEdited):
        deciding.undo(event_id=last_event(row).pk, by=by, now=clock.now())

    assert Page.objects.filter(pk=page.pk).exists()


def test_a_question_waits_for_its_answer_which_comes_back():
    by = moderator()
    deliver(corpus.text("Nous avons un projet."))
    row = Contribution.objects.get()

    conversation.ask(contribution_id=row.pk, text="Dans quelle commune ?", by=by, now=clock.now())
    row.refresh_from_db()
    assert row.state == "waiting"
    question = mails()[-1]
    assert "Dans quelle commune ?" in body_of(question)
    assert question["Auto-Submitted"] == "no", "a person wrote: filters must let it through"
    assert question["References"].startswith("<une@bourg.example.org>")

    answer = corpus.text("À Exemple-sur-Loire.", Message_ID="<b@x.example.org>", In_Reply_To=question["Message-ID"])
    deliver(answer, to=question["Reply-To"])
    row.refresh_from_db()
    assert row.state == "in_review"
    assert [one.text for one in row.messages.all()] == [
        "Nous avons un projet.",
        "Dans quelle commune ?",
        "À Exemple-sur-Loire.",
    ]


def test_an_answer_below_a_question_quoted_without_any_mark_is_told_from_it():
    row = given()
    conversation.ask(contribution_id=row.pk, text="Combien de personnes sont venues ?", by=moderator(), now=clock.now())
    row.refresh_from_db()
    assert "/contribution" not in row.told  # what opens her page is kept nowhere
    question = mails()[-1]
    body = f"Le mar. 3 mars 2026, Équipe a écrit :\n\n{body_of(question)}\nQuarante, et tous les voisins.\n"
    deliver(corpus.text(body, In_Reply_To=question["Message-ID"]), to=question["Reply-To"])
    answer = row.messages.get(direction="in")
    assert answer.text == "Quarante, et tous les voisins."
    assert "Combien de personnes" in answer.rest


def test_a_question_of_a_reader_is_answered_and_closed():
    row = given(kind=Kind.QUESTION)

    deciding.reply(contribution_id=row.pk, text="Oui, en mars.", by=moderator(), now=clock.now())

    row.refresh_from_db()
    assert row.state == "accepted"
    assert len(mails()) == 1
    assert "Oui, en mars." in body_of(mails()[0])


def test_nobody_is_asked_where_there_is_no_address():
    row = given(address="")

    with pytest.raises(NobodyToAnswer):
        conversation.ask(contribution_id=row.pk, text="Où ?", by=moderator(), now=clock.now())

    row.refresh_from_db()
    assert row.state == "received"


def test_a_declined_contribution_is_read_again_when_she_answers():
    row, by = given(), moderator()
    deciding.decline(contribution_id=row.pk, text="Ce n’est pas notre sujet.", by=by, now=clock.now())
    row.refresh_from_db()
    assert row.state == "declined"
    assert "Ce n’est pas notre sujet." in body_of(mails()[-1])

    contributor.answer(contribution_id=row.pk, text="Si, pourtant.", now=clock.now())

    row.refresh_from_db()
    assert row.state == "in_review"


def test_spam_is_told_nothing_and_can_be_taken_back():
    row, by = given(), moderator()
    event = deciding.mark_spam(contribution_id=row.pk, by=by, now=clock.now())
    assert not ServiceMail.objects.exists()

    deciding.undo(event_id=event.pk, by=by, now=clock.now())

    row.refresh_from_db()
    assert row.state == "received"
    with pytest.raises(NothingToUndo):
        deciding.undo(event_id=event.pk, by=by, now=clock.now())


def test_two_on_the_same_thing_are_followed_together():
    by = moderator()
    deliver(corpus.text("Le lavoir."))
    first = Contribution.objects.get()
    address = mails()[0]["Reply-To"]
    second = given(title="Le même lavoir")

    event = deciding.merge(contribution_id=first.pk, into_id=second.pk, by=by, now=clock.now())
    deliver(corpus.text("Une précision.", Message_ID="<b@x.example.org>"), to=address)

    assert second.messages.get().text == "Une précision."
    with pytest.raises(CannotMerge):
        deciding.merge(contribution_id=second.pk, into_id=first.pk, by=by, now=clock.now())
    with pytest.raises(CannotMerge):
        deciding.merge(contribution_id=second.pk, into_id=second.pk, by=by, now=clock.now())
    deciding.undo(event_id=event.pk, by=by, now=clock.now())
    first.refresh_from_db()
    assert (first.state, first.merged_into) == ("received", None)


def test_a_message_that_holds_two_things_is_split_and_put_together_again():
    row, by = given(), moderator()
    photo = picture(contribution=row)

    values = {"kind": Kind.EVENT, "title": "Une fête", "by": by, "now": clock.now()}
    with pytest.raises(NothingToSplit):
        deciding.split(contribution_id=row.pk, text=" ", file_ids=[], **values)
    part = deciding.split(contribution_id=row.pk, text="Une fête en mai.", file_ids=[photo.pk], **values)

    assert (part.kind, part.part_of, part.address, part.trust) == ("event", row, row.address, row.trust)
    assert part.files.get() == photo
    deciding.undo(event_id=last_event(row).pk, by=by, now=clock.now())
    assert row.files.get() == photo
    assert Contribution.objects.get() == row


def test_a_part_already_decided_is_not_put_back():
    row, by = given(), moderator()
    values = {"kind": Kind.EVENT, "title": "Une fête", "by": by, "now": clock.now(), "file_ids": []}
    part = deciding.split(contribution_id=row.pk, text="Une fête en mai.", **values)
    deciding.mark_spam(contribution_id=part.pk, by=by, now=clock.now())

    with pytest.raises(NothingToUndo):
        deciding.undo(event_id=last_event(row).pk, by=by, now=clock.now())


def test_assigning_and_correcting_are_logged_and_taken_back(theme):
    row, by = given(), moderator()
    deciding.assign(contribution_id=row.pk, to=by, by=by, now=clock.now())
    row.refresh_from_db()
    assert (row.state, row.assigned_to) == ("in_review", by)
    deciding.edit(contribution_id=row.pk, values={"title": "Mieux", "theme": theme}, by=by, now=clock.now())
    assert deciding.edit(contribution_id=row.pk, values={"title": "Mieux"}, by=by, now=clock.now()) is None

    deciding.undo(event_id=last_event(row).pk, by=by, now=clock.now())
    deciding.undo(event_id=row.events.get(act="assign").pk, by=by, now=clock.now())

    row.refresh_from_db()
    assert (row.title, row.theme, row.state, row.assigned_to) == ("Le lavoir restauré", None, "received", None)
    assert list(row.events.values_list("act", flat=True)) == ["receive", "assign", "edit", "undo", "undo"]


def test_publishing_the_page_tells_her_and_a_letter_that_carries_it_too(theme):
    row, by = given(), moderator()
    deciding.accept(contribution_id=row.pk, by=by, now=clock.now())
    page = ArticlePage.objects.get()
    page.licence, page.credit = "cc-by", "Camille"
    page.save_revision(user=by).publish()

    row.refresh_from_db()
    assert row.state == "published"
    assert page.url in body_of(mails()[-1])

    for _ in range(2):
        publishing.note_issue(number=7, page_ids=[page.pk], now=clock.now())
    row.refresh_from_db()
    assert row.issue_number == 7
    assert "numéro 7" in body_of(mails()[-1])
    assert len(mails()) == 3, "accepted, online, in the letter: each said once"
    with pytest.raises(WrongState):
        contributor.withdraw(contribution_id=row.pk, now=clock.now())


def test_what_somebody_took_back_is_not_published_by_any_door(client, settings):
    settings.STAFF_MFA_REQUIRED = False
    row = given()
    deciding.accept(contribution_id=row.pk, by=moderator(), now=clock.now())
    page = ArticlePage.objects.get()
    page.licence, page.credit = "cc-by", "Camille"
    revision = page.save_revision(approved_go_live_at=clock.now())
    contributor.withdraw(contribution_id=row.pk, now=clock.now())

    with pytest.raises(NotToBeOnline):
        revision.publish()
    assert publish_due(now=clock.now()) == 0
    root = get_user_model().objects.create_superuser("root@example.org")
    client.force_login(root)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{url}?id={page.pk}&id={page.get_parent().pk}", {"include_descendants": "on"})
    assert not page.permissions_for_user(root).can_copy()
    assert "rien n’en serait publié" in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    page.refresh_from_db()
    assert not page.live


def test_a_page_that_somebody_else_gave_to_as_well_is_published():
    by, now = moderator(), clock.now()
    rows = [given(), given(title="Le même lavoir")]
    for row in rows:
        deciding.accept(contribution_id=row.pk, by=by, now=now)
    page = ArticlePage.objects.get(title="Le lavoir restauré")
    Contribution.objects.filter(pk=rows[1].pk).update(page=page.pk)
    contributor.withdraw(contribution_id=rows[0].pk, now=now)
    page.licence, page.credit = "cc-by", "Camille"
    page.save_revision(user=by).publish()
    page.refresh_from_db()
    assert page.live
