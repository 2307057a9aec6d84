"""The pages of shared projects: enrolling, the space inside, who is kept outside."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from icalendar import Calendar

from commun.accounts.api import create_member
from commun.agenda.api import EventPage
from commun.common import clock
from commun.cooperation.models import ActionPlan, Engagement, ProjectEntry, ProjectMeeting
from commun.cooperation.services.projects import digest
from commun.territories.api import MandateLevel, Membership
from tests.contributions.test_by_mail import body_of, mails
from tests.cooperation.factories import make_collectivite, make_decided_vote, make_engaged, make_project, make_running
from tests.cooperation.test_needs import guard_of
from tests.library.factories import ThemeFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def at(name: str, project, *args) -> str:
    return reverse(f"cooperation:{name}", args=[project.slug, *args])


@pytest.fixture
def project():
    return make_running()


def member_of(project, rank: int = 0):
    return list(project.engagements.order_by("pk"))[rank].contact


def test_a_visitor_reads_the_list_and_the_project_and_gets_no_cookie(client):
    project = make_project()
    make_engaged(project, "Commune engagée")
    for address in ("/projets/", f"/projets/{project.slug}/"):
        response = client.get(address)
        assert response.status_code == 200
        assert not response.cookies
    said = response.content.decode()
    assert "Commune engagée" in said
    assert "Il manque encore 2 parties prenantes" in said
    assert "mairie." not in said  # never a person's data


def test_enrolling_offers_what_the_mandate_opens_and_says_how_to_get_the_rest(client):
    project = make_project()
    organisation, user = make_collectivite("Petite commune", level=MandateLevel.M1)
    client.force_login(user)
    page = client.get(at("project_enrol", project)).content.decode()
    assert "Petite commune, observatrice" in page
    assert "Petite commune, partie prenante" not in page
    assert "Envoyer la lettre" in page
    data = {"engagement": f"{organisation.pk}:stakeholder", "accord": "on"}
    assert client.post(at("project_enrol", project), data).status_code == 422
    data["engagement"] = f"{organisation.pk}:observer"
    response = client.post(at("project_enrol", project), data, follow=True)
    assert "est inscrite comme observatrice" in response.content.decode()
    response = client.post(at("project_enrol", project), data)  # a second click
    assert response.status_code == 422
    assert Engagement.objects.count() == 1


def test_whoever_acts_for_no_collectivite_is_told_where_to_begin(client):
    client.force_login(create_member(email="ada@example.org"))
    page = client.get(at("project_enrol", make_project())).content.decode()
    assert "Vous n’agissez encore pour aucune commune" in page


def test_leaving_asks_first_and_another_collectivite_cannot_be_taken_out(client):
    project = make_project()
    row, other = make_engaged(project, "Une"), make_engaged(project, "Deux")
    client.force_login(row.contact)
    assert client.get(at("project_leave", project, other.pk)).status_code == 404
    assert client.post(at("project_leave", project, other.pk)).status_code == 404
    page = client.get(at("project_leave", project, row.pk)).content.decode()
    assert "Il resterait moins de trois parties prenantes" in page
    client.post(at("project_leave", project, row.pk))
    row.refresh_from_db()
    assert row.state == "left"


def test_the_space_is_not_there_for_strangers_nor_for_other_collectivites(client, project):
    addresses = [at("project_space", project), at("project_plan", project)]
    addresses.append(at("project_comment", project, ActionPlan.objects.first().pk))
    for address in addresses:
        assert client.get(address).status_code == 302
    _, outsider = make_collectivite("Ailleurs")
    client.force_login(outsider)
    for address in addresses:
        assert client.get(address).status_code == 404
    data = {"nature": "note", "titre": "Intrusion"}
    assert client.post(at("project_write", project), data).status_code == 404
    assert not ProjectEntry.objects.filter(title="Intrusion").exists()


def test_an_observer_reads_and_does_not_write(client, project):
    row = make_engaged(project, "Observe", role="observer")
    client.force_login(row.contact)
    page = client.get(at("project_space", project))
    assert page.status_code == 200
    assert "Écrire une nouvelle" not in page.content.decode()
    response = client.post(at("project_write", project), {"nature": "note", "titre": "Non"}, follow=True)
    assert "les observatrices lisent" in response.content.decode()
    assert not ProjectEntry.objects.filter(title="Non").exists()
    assert client.get(at("project_plan", project)).status_code == 404


def test_a_decision_is_public_only_when_it_is_said_so(client, project):
    client.force_login(member_of(project))
    for title, public in (("Secrète", {}), ("Ouverte", {"publique": "on"})):
        client.post(at("project_write", project), {"nature": "decision", "titre": title, **public})
    inside = client.get(at("project_space", project)).content.decode()
    client.logout()
    outside = client.get(at("project", project)).content.decode()
    assert "Secrète" in inside
    assert "Ouverte" in inside
    assert "Ouverte" in outside
    assert "Secrète" not in outside


def test_documents_are_for_members_unless_public_and_must_be_what_their_name_says(client, project):
    client.force_login(member_of(project))

    def share(name: str, data: bytes, **more):
        file = SimpleUploadedFile(name, data)
        return client.post(at("project_document", project), {"titre": name, "fichier": file, **more})

    assert share("compte-rendu.pdf", PDF).status_code == 302
    for name, data in (("virus.pdf", b"MZ" + b"\0" * 200), ("page.html", b"<html>"), ("image.png", PDF)):
        response = share(name, data)
        assert response.status_code == 422
        assert "format accepté" in response.content.decode()
    entry = ProjectEntry.objects.get(kind="document")
    response = client.get(at("project_file", project, entry.pk))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    client.logout()
    assert client.get(at("project_file", project, entry.pk)).status_code == 404
    ProjectEntry.objects.filter(pk=entry.pk).update(is_public=True)
    response = client.get(at("project_file", project, entry.pk))
    assert b"".join(response.streaming_content) == PDF


def meeting(**values):
    day = (clock.now() + timedelta(days=9)).date().isoformat()
    return {"objet": "Premier tour de table", "jour": day, "debut": "14:00", "fin": "16:00", **values}


def test_a_meeting_is_told_to_all_has_its_calendar_and_may_be_cancelled_once(client, project):
    client.force_login(member_of(project))
    before = len(mails())
    client.post(at("project_meeting", project), meeting(lieu="Mairie", ouverte="on"))
    found = ProjectMeeting.objects.get()
    assert len(mails()) - before == 3
    assert EventPage.objects.get() == found.event
    assert not found.event.live
    response = client.get(at("project_meeting_ics", project, found.pk))
    event = Calendar.from_ical(response.content).walk("VEVENT")[0]
    assert event["LOCATION"] == "Mairie"
    assert event.decoded("DTSTART") == found.start
    for _ in range(2):
        client.post(at("project_meeting_cancel", project, found.pk))
    assert len(mails()) - before == 6
    assert "CANCELLED" in client.get(at("project_meeting_ics", project, found.pk)).content.decode()


def test_the_cancelling_of_a_meeting_is_asked_first_and_only_of_those_who_write(client, project):
    client.force_login(member_of(project))
    client.post(at("project_meeting", project), meeting())
    found = ProjectMeeting.objects.get()
    address = at("project_meeting_cancel", project, found.pk)
    assert "tout le monde" in client.get(address).content.decode()
    watcher = make_engaged(project, "Guet", role="observer").contact
    client.force_login(watcher)
    assert client.get(address).status_code == 302
    client.post(address)
    elsewhere = make_running(vote=make_decided_vote())
    client.force_login(member_of(elsewhere))
    for forged in (address, at("project_meeting_cancel", elsewhere, found.pk)):
        assert client.get(forged).status_code == client.post(forged).status_code == 404
    expired = member_of(project)
    Membership.objects.filter(user=expired).update(expires_at=clock.now() - timedelta(days=1))
    client.force_login(expired)
    assert client.get(address).status_code == client.post(address).status_code == 404
    found.refresh_from_db()
    assert found.cancelled_at is None


def test_a_meeting_that_ends_before_it_starts_or_in_the_past_keeps_what_was_typed(client, project):
    client.force_login(member_of(project))
    for values, said in (
        (meeting(fin="13:00"), "avant celle de début"),
        (meeting(jour="2020-01-01"), "Ce jour est passé"),
    ):
        response = client.post(at("project_meeting", project), values)
        assert response.status_code == 422
        assert said in response.content.decode()
        assert "Premier tour de table" in response.content.decode()
    assert not ProjectMeeting.objects.exists()


def test_a_stakeholder_keeps_its_plan_and_comments_on_that_of_its_peers(client, project):
    client.force_login(member_of(project))
    client.post(at("project_plan", project), {"objectifs": "Un arrêt de car par hameau."})
    client.post(at("project_plan", project), {"etape": "Réunir les hameaux", "qui": "Mairie", "pour": "2027-01-15"})
    mine, theirs, _ = ActionPlan.objects.order_by("pk")
    step = mine.steps.get()
    client.post(at("project_step", project, step.pk), {"etat": "done"})
    client.post(at("project_comment", project, theirs.pk), {"commentaire": "Et les ados ?"})
    step.refresh_from_db()
    assert (mine.aims or ActionPlan.objects.get(pk=mine.pk).aims) == "Un arrêt de car par hameau."
    assert step.state == "done"
    assert [one.text for one in theirs.comments.all()] == ["Et les ados ?"]

    client.force_login(member_of(project, 1))
    assert client.post(at("project_step", project, step.pk), {"etat": "dropped"}).status_code == 404
    client.get(at("project_comment", project, mine.pk))
    step.refresh_from_db()
    assert step.state == "done"


def test_news_leave_once_a_week_and_only_when_there_are_some(client, project):
    observer = make_engaged(project, "Observe", role="observer")
    client.force_login(member_of(project))
    client.post(at("project_write", project), {"nature": "note", "titre": "Le diagnostic est fait"})
    now, before = clock.now(), len(mails())
    assert digest.send_digests(now=now) == 4
    assert digest.send_digests(now=now + timedelta(days=1)) == 0
    assert digest.send_digests(now=now + timedelta(days=8)) == 0  # nothing new
    assert "Le diagnostic est fait" in body_of(mails()[before])
    client.post(at("project_write", project), {"nature": "note", "titre": "La suite"})
    stop = digest.stop_url(engagement=observer).removeprefix("http://localhost:8000")
    page = client.get(stop)
    observer.refresh_from_db()
    assert observer.digest  # opening the link changes nothing
    client.post(stop, guard_of(page.context["form"]))
    assert digest.send_digests(now=now + timedelta(days=8)) == 3


def test_the_space_asks_as_often_for_many_lines_as_for_few(client, project, django_assert_max_num_queries):
    client.force_login(member_of(project))
    for number in range(30):
        client.post(at("project_write", project), {"nature": "note", "titre": f"Nouvelle {number}"})
    with django_assert_max_num_queries(40):
        client.get(at("project_space", project))


def test_the_page_of_a_theme_says_what_the_vote_became(client):
    theme = ThemeFactory()
    project = make_project(theme=theme)
    page = client.get(theme.url).content.decode()
    assert "Ce que le vote est devenu" in page
    assert f"/projets/{project.slug}/" in page
