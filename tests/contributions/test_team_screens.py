"""The team's screens: the inbox, and a contribution beside the draft it would become."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from commun.accounts.api import EXPLOITATION, REDACTION, create_member
from commun.common import clock
from commun.contributions.admin.highlighting import marked
from commun.contributions.admin.urls import urlpatterns
from commun.contributions.models import Contribution, Event
from commun.contributions.selectors import inbox
from commun.contributions.types import Kind, State, Trust
from commun.library.api import ArticlePage, ExperiencePage
from tests.contributions.conftest import deliver
from tests.contributions.factories import given, moderator, picture
from tests.contributions.test_by_mail import mails
from tests.inbound import corpus
from tests.library.factories import ThemeFactory

pytestmark = pytest.mark.django_db
BASE = "/gestion/contributions/"


@pytest.fixture
def team() -> Client:
    client = Client()
    client.force_login(moderator())
    return client


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def posted(row: Contribution, **changes: str) -> dict[str, str]:
    values = {"kind": row.kind, "title": row.title, "text": row.text, "resource_kind": "experience", "act": "accept"}
    return {**values, **changes}


def test_the_inbox_shows_what_waits_and_how_long_and_filters_it(team):
    given(title="À lire")
    given(kind=Kind.EVENT, title="Une fête")
    spam = given(title="Gagnez vite")
    Contribution.objects.filter(pk=spam.pk).update(state=State.SPAM)

    shown = page(team, BASE)
    assert "À lire" in shown
    assert "Une fête" in shown
    assert "Gagnez vite" not in shown
    assert "aujourd’hui" in shown
    assert "Gagnez vite" in page(team, f"{BASE}?tas=indesirables")
    assert "À lire" not in page(team, f"{BASE}?nature=event")
    assert "À lire" not in page(team, f"{BASE}?q=fête")
    assert "Rien à traiter" in page(team, f"{BASE}?a=moi")
    assert page(team, f"{BASE}?tas=zzz&avant=x&thematique=99999"), "garbage is no filter"


def test_whoever_waits_longest_comes_first_and_what_is_over_last_first(team, monkeypatch):
    monkeypatch.setattr(inbox, "PAGE", 2)
    titles = ["Le premier lavoir", "Le deuxième lavoir", "Le troisième lavoir"]
    for title in titles:
        given(title=title)

    def order(shown: str) -> list[str]:
        return sorted((title for title in titles if title in shown), key=shown.index)

    shown = page(team, BASE)
    assert order(shown) == titles[:2]
    assert "Plus récentes" in shown
    more = re.search(r'href="\?([^"]*avant=[^"]*)"', shown)
    assert more is not None
    assert order(page(team, f"{BASE}?{unescape(more[1])}")) == titles[2:]
    Contribution.objects.update(state=State.PUBLISHED)
    assert order(page(team, f"{BASE}?tas=publiees")) == [titles[2], titles[1]]


def test_what_can_be_decided_is_reached_from_the_top(team):
    row = given(title="À lire")
    shown = page(team, f"{BASE}{row.pk}/")
    bar = shown.partition('class="contrib-decide"')[2].partition("</nav>")[0]
    targets = re.findall(r'href="#([^"]+)"', bar)
    assert "decision-accept" in targets
    assert all(shown.count(f'id="{target}"') == 1 for target in targets)
    Contribution.objects.update(state=State.SPAM)
    assert "contrib-decide" not in page(team, f"{BASE}{row.pk}/")


def test_the_inbox_asks_few_questions_with_ten_thousand_contributions(team, django_assert_max_num_queries):
    now, theme = clock.now(), ThemeFactory()
    Contribution.objects.bulk_create(
        Contribution(
            kind=Kind.RESOURCE, source="mail", title=f"N° {number}", received_at=now, moved_at=now, theme=theme
        )
        for number in range(10_000)
    )
    page(team, BASE)
    with django_assert_max_num_queries(19):
        shown = page(team, BASE)

    assert shown.count("data-row") == 50
    following = re.search(r'href="(\?[^"]+avant[^"]+)"', shown)[1].replace("&amp;", "&")
    with django_assert_max_num_queries(19):
        second = page(team, BASE + following)
    assert "N° 50<" in second
    assert "N° 49<" not in second


def test_a_contribution_is_shown_beside_its_draft_and_accepted_in_one_click(team):
    deliver(corpus.text("Nous avons réuni les habitants autour du lavoir."))
    row = Contribution.objects.get()
    shown = page(team, f"{BASE}{row.pk}/")
    assert "autour du lavoir" in shown
    assert "Adresse non vérifiée" in shown

    done = team.post(f"{BASE}{row.pk}/brouillon/", posted(row), follow=True).content.decode()

    draft = ExperiencePage.objects.get()
    assert "Le brouillon est prêt" in done
    assert f"/gestion/pages/{draft.pk}/edit/" in done
    assert team.get(f"/gestion/pages/{draft.pk}/edit/").status_code == 200
    again = team.post(f"{BASE}{row.pk}/brouillon/", posted(row), follow=True).content.decode()
    assert "rien n’a été changé" in again
    assert ExperiencePage.objects.count() == 1


def test_a_draft_form_with_a_fault_keeps_what_was_typed_and_says_what_is_wrong(team):
    row = given(kind=Kind.EVENT)

    refused = team.post(
        f"{BASE}{row.pk}/brouillon/",
        posted(row, title="Titre gardé", start_day="2026-11-30", end_day="2026-11-29"),
    )
    assert refused.status_code == 422
    assert "Titre gardé" in refused.content.decode()
    assert "Le dernier jour est avant le premier." in refused.content.decode()
    missing = team.post(f"{BASE}{row.pk}/brouillon/", posted(row))
    assert missing.status_code == 422
    assert "Indiquez le jour de l’événement" in missing.content.decode()
    row.refresh_from_db()
    assert row.state == "received"


def test_the_alternative_of_a_picture_and_a_voucher_are_taken_with_the_acceptance(team):
    row = given(trust=Trust.UNKNOWN, thanks=True, licence="cc-by")
    photo = picture(contribution=row)

    values = posted(row, resource_kind="article", licence="cc-by", vouches="on", **{f"alt_{photo.pk}": "Le lavoir"})
    team.post(f"{BASE}{row.pk}/brouillon/", values)

    draft = ArticlePage.objects.get()
    assert (draft.cover_image.alt_text, draft.credit) == ("Le lavoir", "Camille Exemple")
    assert row.events.filter(act="claim", words="vouched").exists()


def test_every_decision_is_a_button_and_can_be_taken_back(team):
    other = given(title="Une autre")
    for address, values, state in (
        ("demander", {"text": "Où ?"}, "waiting"),
        ("refuser", {"text": "Hors sujet."}, "declined"),
        ("indesirable", {}, "spam"),
        ("rattacher", {"into": other.pk}, "merged"),
        ("prendre", {}, "in_review"),
    ):
        row = given(title=address)
        assert team.get(f"{BASE}{row.pk}/{address}/").status_code == 405, "GET changes nothing"
        team.post(f"{BASE}{row.pk}/{address}/", values)
        row.refresh_from_db()
        assert row.state == state
        page(team, f"{BASE}{row.pk}/")
        event = row.events.order_by("pk").last()
        assert "C’est annulé" in team.post(f"{BASE}{row.pk}/annuler/{event.pk}/", follow=True).content.decode()
        row.refresh_from_db()
        assert row.state == "received"
    assert len(mails()) == 2


def test_a_part_is_separated_with_its_files(team):
    row = given()
    photo = picture(contribution=row)

    nothing = team.post(f"{BASE}{row.pk}/separer/", {"kind": "event", "title": "Une fête", "text": ""})
    assert nothing.status_code == 422
    team.post(
        f"{BASE}{row.pk}/separer/", {"kind": "event", "title": "Une fête", "text": "En mai.", "parts": [photo.pk]}
    )

    part = Contribution.objects.get(part_of=row)
    assert part.files.get() == photo
    assert "Une partie est devenue" in page(team, f"{BASE}{row.pk}/")


def test_a_question_is_answered_from_its_page(team):
    row = given(kind=Kind.QUESTION)
    assert "Répondre et clore" in page(team, f"{BASE}{row.pk}/")

    team.post(f"{BASE}{row.pk}/repondre/", {"text": "Oui."})

    row.refresh_from_db()
    assert row.state == "accepted"
    assert "Répondue" in page(team, f"{BASE}{row.pk}/")


def test_a_message_is_never_markup(team):
    row = given(text="x")
    row.messages.create(
        direction="in", subject="<script>alert(1)</script>", text="<img src=x onerror=alert(1)>", at=clock.now()
    )
    Contribution.objects.filter(pk=row.pk).update(
        suggestions=[
            {
                "field": "title",
                "value": "x",
                "label": "<b>",
                "confidence": 1,
                "why": "<i>",
                "evidence": [["body", 0, 4]],
            }
        ]
    )

    shown = page(team, f"{BASE}{row.pk}/")

    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert '<mark title="&lt;b&gt;, &lt;i&gt;">&lt;img</mark>' in shown


def test_evidence_that_overlaps_or_runs_over_is_left_out():
    assert marked("abcdef", [(0, 3, "un"), (2, 4, "deux"), (5, 99, "trois")]) == '<mark title="un">abc</mark>def'


def test_what_looks_alike_is_shown_with_its_reason(team):
    given(title="Restaurer le lavoir avec les habitants")
    from tests.library.factories import ExperienceFactory

    ExperienceFactory(title="Le lavoir restauré du village", source_url="https://bourg.example.org/lavoir")
    row = given(title="Le lavoir restauré", fields={"link": "https://bourg.example.org/lavoir"})

    shown = page(team, f"{BASE}{row.pk}/")

    assert "le même lien" in shown
    assert "Qui y ressemble" in shown


@pytest.mark.parametrize("group", [REDACTION, EXPLOITATION])
def test_whoever_does_not_moderate_sees_nothing_and_decides_nothing(group):
    row = given()
    event = Event.objects.get()
    photo = picture(contribution=row)
    client = Client()
    client.force_login(create_member(email="autre@example.org", groups=(group,)))
    addresses = {
        "index": BASE,
        "file": f"{BASE}{row.pk}/fichier/{photo.pk}/",
        "undo": f"{BASE}{row.pk}/annuler/{event.pk}/",
        "feed_act": f"{BASE}flux/{row.pk}/lire/",
    }
    for pattern in urlpatterns:
        address = addresses.get(pattern.name) or BASE + str(pattern.pattern).replace("<int:pk>", str(row.pk))
        for response in (client.get(address), client.post(address, posted(row, into="1"))):
            assert response.status_code in {302, 405}
            assert response.status_code == 405 or response["Location"] == "/gestion/"
    row.refresh_from_db()
    assert row.state == "received"
    assert "Contributions" not in client.get("/gestion/").content.decode()
