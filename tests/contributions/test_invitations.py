"""One event, moved, then called off: the team follows one contribution, and a page is proposed the change."""

from __future__ import annotations

import pytest
from django.urls import reverse

from commun.accounts.api import MODERATION, create_member
from commun.agenda import api as agenda
from commun.agenda.models import CalendarEntry
from commun.common import clock
from commun.contributions.admin import forms
from commun.contributions.models import Contribution, Message
from commun.contributions.services import deciding
from tests.agenda.factories import EventFactory
from tests.cms.factories import home
from tests.contributions.conftest import DOMAIN, deliver, forged, proven
from tests.contributions.factories import examine_all
from tests.contributions.understanding.mails import calendar, event
from tests.inbound import corpus

pytestmark = pytest.mark.django_db
FIRST = ("20270114T183000", "20270114T200000")
MOVED = ("20270121T190000", "20270121T203000")


@pytest.fixture
def editor():
    return create_member(email="moderation@example.org", groups=(MODERATION,))


def invitation(
    at: tuple[str, str] = FIRST,
    *,
    sequence: int = 0,
    method: str = "REQUEST",
    uid: str = "assises@example.org",
    more: tuple[str, ...] = (),
    **headers: str,
) -> bytes:
    lines = (
        *more,
        f"DTSTART;TZID=Europe/Paris:{at[0]}",
        f"DTEND;TZID=Europe/Paris:{at[1]}",
        "SUMMARY:Assises de la rivière",
        "LOCATION:Salle des fêtes",
        f"SEQUENCE:{sequence}",
    )
    data = calendar(event(*lines, uid=uid), method=method)
    text = b"Content-Type: text/plain; charset=utf-8\r\n\r\nBonjour, voici l'invitation."
    part = corpus.part(data, kind=f"text/calendar; charset=utf-8; method={method}", name="")
    values = {"Subject": "Assises", "Message_ID": f"<{sequence}.{method}.{uid}@bourg.example.org>", **headers}
    return proven(corpus.mixed(text, part, kind="alternative", **values))


def send(raw: bytes) -> str:
    return deliver(raw, to=f"agenda@{DOMAIN}")


def sessions(row: Contribution) -> list[str]:
    likely = [one for one in row.suggestions if one["field"] == "session" and one["confidence"] >= 0.5]
    return [one["value"]["start"][:16] for one in likely]


def accept(row: Contribution, editor, start: str = "2027-01-14T18:30:00+01:00", end: str = "2027-01-14T20:00:00+01:00"):
    examine_all()
    fields = {**row.fields, "start": start, "end": end, "summary": "Pour parler de la rivière."}
    deciding.edit(contribution_id=row.pk, values={"fields": fields}, by=editor, now=clock.now())
    return deciding.accept(contribution_id=row.pk, by=editor, now=clock.now())


def test_an_invitation_moved_then_called_off_is_one_contribution():
    assert send(invitation()) == "received"
    assert send(invitation(MOVED, sequence=1)) == "event:updated"
    row = Contribution.objects.get()
    assert sessions(row) == ["2027-01-21T19:00"]
    assert send(invitation(MOVED, sequence=2, method="CANCEL")) == "event:called_off"
    row = Contribution.objects.get()
    assert sessions(row) == []
    assert [one["label"] for one in row.suggestions if one["field"] == "cancelled"] == ["annulé"]
    assert Message.objects.filter(contribution=row, direction="in").count() == 3
    assert not CalendarEntry.objects.exists()


def test_evidence_lies_in_the_first_message_whatever_the_later_ones_say():
    send(invitation())
    raw = invitation(MOVED, sequence=1).replace(
        b"Bonjour, voici l'invitation.", b"Bien le bonjour ! Tout change, le 3 mars 2027."
    )
    send(raw)
    row = Contribution.objects.get()
    assert sessions(row) == ["2027-01-21T19:00"]
    for one in row.suggestions:
        for where, start, end in one["evidence"]:
            if where == "body":
                assert row.text[start:end].strip()


def test_an_older_version_that_comes_late_changes_nothing():
    send(invitation(MOVED, sequence=3))
    assert send(invitation(FIRST, sequence=1)) == "event:outdated"
    assert sessions(Contribution.objects.get()) == ["2027-01-21T19:00"]


def test_what_an_editor_corrected_of_an_earlier_version_gives_way_and_stays_in_the_log(editor):
    send(invitation())
    row = Contribution.objects.get()
    fields = {**row.fields, "start": "2027-01-14T18:00:00+01:00", "organiser": "Syndicat"}
    deciding.edit(contribution_id=row.pk, values={"fields": fields}, by=editor, now=clock.now())
    send(invitation(MOVED, sequence=1))
    row.refresh_from_db()
    assert ("start" in row.fields, row.fields["organiser"]) == (False, "Syndicat")


@pytest.mark.parametrize(
    "other",
    [
        {"From": "Autre <autre@ailleurs.example.net>"},
        {"uid": "autre@example.org"},
    ],
)
def test_another_event_or_somebody_elses_is_another_contribution(other):
    send(invitation())
    assert send(invitation(MOVED, sequence=1, **other)) == "received"
    assert Contribution.objects.count() == 2


def test_a_doubtful_sender_changes_nothing_of_an_event():
    send(invitation())
    send(forged(invitation(MOVED, sequence=5)))
    assert sessions(Contribution.objects.order_by("pk").first()) == ["2027-01-14T18:30"]


def test_a_published_page_is_proposed_the_change_and_stays_as_it_is_until_somebody_publishes_it(
    editor, client, settings
):
    settings.STAFF_MFA_REQUIRED = False
    agenda.ensure_sections(home=home())
    send(invitation())
    page = accept(Contribution.objects.get(), editor).page.specific
    page.save_revision().publish()
    assert CalendarEntry.objects.get().page_id == page.pk

    send(invitation(MOVED, sequence=1))
    change = Contribution.objects.order_by("pk").last()
    client.force_login(editor)
    shown = client.get(reverse("contributions_team:detail", args=[change.pk])).content.decode()
    assert "met à jour un événement connu" in shown
    made = accept(change, editor, "2027-01-21T19:00:00+01:00", "2027-01-21T20:30:00+01:00")
    assert made.page_id == page.pk
    page.refresh_from_db()
    assert page.local_start.isoformat()[:16] == "2027-01-14T18:30"
    draft = page.get_latest_revision_as_object()
    assert (draft.local_start.isoformat()[:16], draft.is_cancelled) == ("2027-01-21T19:00", False)
    assert CalendarEntry.objects.get().sequence == 1

    send(invitation(MOVED, sequence=2, method="CANCEL"))
    called_off = Contribution.objects.order_by("pk").last()
    examine_all()
    deciding.accept(contribution_id=called_off.pk, by=editor, now=clock.now())
    page.refresh_from_db()
    assert page.is_cancelled is False
    assert page.get_latest_revision_as_object().is_cancelled is True


def test_a_change_to_a_page_that_is_gone_becomes_a_page_of_its_own(editor):
    agenda.ensure_sections(home=home())
    send(invitation())
    page = accept(Contribution.objects.get(), editor).page.specific
    send(invitation(MOVED, sequence=1))
    change = Contribution.objects.order_by("pk").last()
    page.delete()
    made = accept(change, editor, "2027-01-21T19:00:00+01:00", "2027-01-21T20:30:00+01:00")
    assert made.page_id not in {None, page.pk}


# --- one session of several ---------------------------------------------------------------------------

SECOND = ("20270121T183000", "20270121T200000")
THIRD = ("20270128T183000", "20270128T200000")
WEEKLY = ("RRULE:FREQ=WEEKLY;COUNT=3",)


def of_session(original: tuple[str, str], kind: str = "TZID=Europe/Paris") -> tuple[str, ...]:
    return (f"RECURRENCE-ID;{kind}:{original[0]}",)


def test_of_several_sessions_one_is_called_off_and_the_others_stand():
    send(invitation(more=WEEKLY))
    assert send(invitation(SECOND, sequence=1, method="CANCEL", more=of_session(SECOND))) == "event:session_called_off"
    row = Contribution.objects.get()
    assert sessions(row) == ["2027-01-14T18:30", "2027-01-28T18:30"]
    assert "cancelled" not in row.fields
    assert [one["label"] for one in row.suggestions if one["reason"] == "cancelled"] == [
        "jeudi 21 janvier 2027, de 18h30 à 20h"
    ]


def test_of_several_sessions_one_is_moved_and_moved_again():
    send(invitation(more=WEEKLY))
    row = Contribution.objects.get()
    for day, sequence in (("22", 1), ("26", 2)):
        at = (f"202701{day}T190000", f"202701{day}T203000")
        assert send(invitation(at, sequence=sequence, more=of_session(SECOND))) == "event:session"
        row.refresh_from_db()
        assert sessions(row) == ["2027-01-14T18:30", f"2027-01-{day}T19:00", "2027-01-28T18:30"]
    assert send(invitation(SECOND, sequence=1, more=of_session(SECOND))) == "event:outdated"
    # Numbers of two sessions do not compare.
    assert send(invitation(THIRD, sequence=1, method="CANCEL", more=of_session(THIRD))) == "event:session_called_off"
    row.refresh_from_db()
    assert sessions(row) == ["2027-01-14T18:30", "2027-01-26T19:00"]


@pytest.mark.parametrize(
    ("original", "kind"),
    [("20270121T173000Z", "X-A=1"), ("20270121", "VALUE=DATE"), ("20270121T183000", "X-A=1")],
)
def test_a_session_is_known_however_its_calendar_names_it(original, kind):
    send(invitation(more=WEEKLY))
    send(invitation(SECOND, sequence=1, method="CANCEL", more=of_session((original, ""), kind)))
    assert sessions(Contribution.objects.get()) == ["2027-01-14T18:30", "2027-01-28T18:30"]


def test_a_session_and_all_that_follow_are_called_off():
    send(invitation(more=WEEKLY))
    onwards = of_session(SECOND, "RANGE=THISANDFUTURE;TZID=Europe/Paris")
    send(invitation(SECOND, sequence=1, method="CANCEL", more=onwards))
    assert sessions(Contribution.objects.get()) == ["2027-01-14T18:30"]


def test_the_session_an_editor_chose_follows_where_it_is_moved_and_the_event_goes_with_its_last(editor):
    send(invitation(SECOND, more=of_session(SECOND)))
    row = Contribution.objects.get()
    fields = {**row.fields, "start": "2027-01-21T18:30:00+01:00", "end": "2027-01-21T20:00:00+01:00"}
    deciding.edit(contribution_id=row.pk, values={"fields": fields}, by=editor, now=clock.now())
    send(invitation(THIRD, sequence=1, more=of_session(SECOND)))
    row.refresh_from_db()
    assert row.fields["start"][:16] == "2027-01-28T18:30"
    send(invitation(THIRD, sequence=2, method="CANCEL", more=of_session(SECOND)))
    row.refresh_from_db()
    # Nothing is left of it: it is the whole that is called off.
    assert (row.fields.get("start"), row.fields["cancelled"], sessions(row)) == (None, True, [])


def _page_of(editor):
    agenda.ensure_sections(home=home())
    send(invitation(more=WEEKLY))
    page = accept(Contribution.objects.get(), editor).page.specific
    page.save_revision().publish()
    return page


def _accept_as_shown(client, editor):
    """By the form, as it is filled in."""
    row = Contribution.objects.order_by("pk").last()
    examine_all()
    shown = forms.DraftForm(row=row)
    data = {name: value for name in shown.fields if (value := shown[name].value()) not in {None, ""}}
    filled = forms.DraftForm(data={**data, "summary": "Pour parler."}, row=row)
    assert filled.is_valid(), filled.errors
    deciding.edit(contribution_id=row.pk, values=filled.values, by=editor, now=clock.now())
    client.force_login(editor)
    page = client.get(reverse("contributions_team:detail", args=[row.pk])).content.decode()
    deciding.accept(contribution_id=row.pk, by=editor, now=clock.now())
    return page


@pytest.mark.parametrize("method", ["CANCEL", "REQUEST"])
def test_a_page_keeps_its_session_where_another_is_called_off_or_moved(editor, client, settings, method):
    settings.STAFF_MFA_REQUIRED = False
    page = _page_of(editor)
    at = SECOND if method == "CANCEL" else ("20270122T100000", "20270122T110000")
    assert send(invitation(at, sequence=1, method=method, more=of_session(SECOND))) == "received"
    assert "ne concerne qu’une séance" in _accept_as_shown(client, editor)
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert (draft.local_start.isoformat()[:16], draft.is_cancelled) == ("2027-01-14T18:30", False)
    # A later version of the whole is still known as this page's.
    assert CalendarEntry.objects.get().sequence == 0


def test_a_page_whose_own_session_is_moved_is_proposed_the_move(editor, client, settings):
    settings.STAFF_MFA_REQUIRED = False
    page = _page_of(editor)
    send(invitation(("20270115T100000", "20270115T110000"), sequence=1, more=of_session(FIRST)))
    _accept_as_shown(client, editor)
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert (draft.local_start.isoformat()[:16], draft.is_cancelled) == ("2027-01-15T10:00", False)

    send(invitation(("20270116T100000", "20270116T110000"), sequence=2, more=of_session(FIRST)))
    _accept_as_shown(client, editor)
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().local_start.isoformat()[:16] == "2027-01-16T10:00"


def test_a_page_whose_own_session_is_called_off_stands_while_others_are_to_come(editor, client, settings):
    settings.STAFF_MFA_REQUIRED = False
    page = _page_of(editor)
    send(invitation(FIRST, sequence=1, method="CANCEL", more=of_session(FIRST)))
    _accept_as_shown(client, editor)
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().is_cancelled is False
    Contribution.objects.update(suggestions=[])
    send(invitation(FIRST, sequence=2, method="CANCEL", more=of_session(FIRST)))
    _accept_as_shown(client, editor)
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().is_cancelled is True


def test_one_event_of_a_source_is_one_page_and_its_version_never_goes_back():
    first, second = EventFactory(), EventFactory()
    agenda.note_entry(source="mail:a", uid="1", sequence=4, page=first)
    agenda.note_entry(source="mail:b", uid="1", sequence=0, page=second)
    agenda.note_entry(source="mail:a", uid="1", sequence=2, page=second)
    assert agenda.entry_of(source="mail:a", uid="1").page_id == first.pk
    assert agenda.entry_of(source="mail:b", uid="1").page_id == second.pk
