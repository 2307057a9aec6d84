"""Where we stand together: answered without a name, told from five on, never a score; nothing says who said what."""

from __future__ import annotations

import html
import re
from datetime import datetime, time, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from commun.accounts.api import REDACTION, create_member
from commun.common import clock, french, privacy
from commun.common.guard import GuardedForm
from commun.peers import standing
from commun.peers.exceptions import (
    LinkUsed,
    NotOfProject,
    NotOpener,
    OutOfBounds,
    RoundOver,
    RoundTooSoon,
    RoundUnderWay,
)
from commun.peers.forms import RoundForm
from commun.peers.links import round_url
from commun.peers.models import Round, RoundLinks, RoundTally
from commun.peers.selectors.standing import result_of, whose_of
from commun.peers.services import retention
from commun.peers.services import standing as rounds
from commun.peers.standing import STATEMENTS, Answer, Group
from commun.peers.types import LONGEST, ROUND_AGAIN_AFTER, SHORTEST
from commun.territories.api import MandateMissing, leave_organisation, memberships_of
from tests.cooperation.factories import make_running
from tests.peers.factories import member, town
from tests.territories.factories import end_mandates

KEYS = [one.key for one in STATEMENTS]


def sheet(answer: str = "a", **others: str) -> dict[str, str]:
    return {**dict.fromkeys(KEYS, answer), **others}


def after(days: float):
    return clock.now() + timedelta(days=days)


# --- pure -----------------------------------------------------------------------------------------------

_SHEETS = st.lists(
    st.dictionaries(st.sampled_from([*KEYS, "inconnu"]), st.sampled_from([*"abcde", "", "z"])), max_size=12
)


def counted(sheets) -> standing.spread.Counts:
    counts: standing.spread.Counts = {}
    for one in sheets:
        counts = standing.add(counts, one)
    return counts


@given(_SHEETS, st.randoms(use_true_random=False))
def test_sums_keep_neither_order_nor_sheet_and_every_statement_counts_the_same_people(sheets, shuffled):
    counts = counted(sheets)
    other = list(sheets)
    shuffled.shuffle(other)
    assert counted(other) == counts
    assert {sum(row.values()) for row in counts.values()} <= {len(sheets)}
    assert set(counts) <= set(KEYS)
    assert (standing.spread_of(counts) is None) == (len(sheets) < 5)


def test_what_people_see_alike_and_not_is_told_in_groups_without_a_number():
    told = {
        KEYS[0]: {"a": 4, "d": 4},
        KEYS[1]: {"a": 5, "b": 3},
        KEYS[2]: {"a": 3, "e": 5},
        KEYS[3]: {"a": 6, "d": 1, "e": 1},
        KEYS[4]: {"b": 5, "c": 3},
    }
    groups = {one.statement.key: one.group for one in standing.read(told)}
    assert groups == {
        KEYS[0]: Group.APART,
        KEYS[4]: Group.APART,
        KEYS[2]: Group.UNKNOWN,
        KEYS[3]: Group.BETWEEN,
        KEYS[1]: Group.SAME,
    }
    assert [one.statement.key for one in standing.read(told)] == [KEYS[0], KEYS[4], KEYS[2], KEYS[3], KEYS[1]]


def test_there_are_eighteen_statements_each_with_its_subject_and_bars_are_well_formed():
    assert len(STATEMENTS) == len(set(KEYS)) == 18
    assert {one.dimension for one in STATEMENTS} == set(standing.DIMENSIONS)
    for counts in ({}, {Answer.YES: 3, Answer.UNKNOWN: 2}):
        bar = ET.fromstring(standing.draw_bar(counts, title='« "x" & y »'))
        assert len(bar.findall("{*}text")) == len(counts)


# --- a round ---------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _locmem(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.STAFF_MFA_REQUIRED = False


def opened(user, *, links: int = 8, days: float = 10, now=None, rank: int = 0) -> Round:
    now = now or clock.now()
    whose = whose_of(user=user, at=now)[rank]
    return rounds.open_round(whose=whose, user=user, links=links, closes_at=now + timedelta(days=days), now=now)


def closed(user, sheets, *, now=None) -> Round:
    row = opened(user, links=max(5, len(sheets)), now=now)
    now = now or clock.now()
    for number, one in enumerate(sheets, start=1):
        rounds.answer(reference=row.reference, number=number, sheet=one, now=now)
    assert rounds.close_due(now=now + timedelta(days=11)) == 1
    row.refresh_from_db()
    return row


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def stamp(shown) -> str:
    found = re.search(r'name="horodatage"\s+value="([^"]+)"', shown.content.decode())
    assert found is not None
    return found[1]


@pytest.mark.django_db
def test_six_people_answer_by_link_and_see_together_what_came_of_it(client, monkeypatch, mailoutbox):
    _, ada = town("Arboys")
    client.force_login(ada)
    form = client.get(reverse("peers:round_open")).context["form"]
    data = {"pour": form["pour"].value(), "personnes": "6", "jusquau": form["jusquau"].value().isoformat()}
    page = client.post(reverse("peers:round_open"), data, follow=True)
    links = [urlsplit(link).path for link in page.context["links"]]
    assert len(links) == 6
    client.logout()
    for rank, link in enumerate(links):
        said = {"t1": "a" if rank < 3 else "d", "r1": "b"}
        done = client.post(link, {"horodatage": stamp(client.get(link)), **said}, follow=True)
        assert "votre réponse est additionnée" in text_of(done)
    used = client.get(links[0])
    assert "Ce lien a déjà servi" in text_of(used)
    again = {"horodatage": _fresh(), "t1": "d"}
    assert "Ce lien a déjà servi" in text_of(client.post(links[0], again, follow=True))
    row = Round.objects.get()
    assert row.result == {}
    client.force_login(ada)
    assert "personne ne voit rien" in text_of(client.get(reverse("peers:round", args=[row.reference])))
    late = row.closes_at + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: late)
    client.logout()
    rounds.close_due(now=late)
    shown = text_of(client.get(links[0]))
    assert "6 personnes ont répondu" in shown
    assert "Son résultat est prêt" in mailoutbox[-1].body
    assert shown.index("ne voyez pas la même chose") < shown.index("Nous avons du temps prévu")
    assert "Qui, parmi nous, coopère sur son temps libre" in shown
    assert "/ressources/?q=" in shown
    assert "%" not in re.sub(
        r'(href|src)="[^"]*"|style="[^"]*"', "", shown[shown.index("<main") : shown.index("</main>")]
    )


def _fresh() -> str:
    from commun.peers.forms import SheetForm

    assert issubclass(SheetForm, GuardedForm)
    return str(SheetForm().fields["horodatage"].initial)


def round_path(row: Round, number: int) -> str:
    return urlsplit(round_url(reference=row.reference, number=number)).path


@pytest.mark.django_db
def test_four_answers_are_told_to_nobody_and_nothing_of_them_is_left(client):
    _, ada = town("Arboys")  # a town without a number: none is looked for below
    row = closed(ada, [sheet("a")] * 3 + [sheet("d")])
    assert (row.told, row.result) == (False, {})
    assert not RoundTally.objects.exists()
    assert not RoundLinks.objects.exists()
    shown = text_of(client.get(round_path(row, 1)))
    assert "Moins de cinq personnes" in shown
    assert "4" not in re.sub(r"<[^>]*>|\d+ \w+ 20\d\d", "", shown[shown.index("<main") : shown.index("</main>")])
    assert opened(ada, now=after(12)).state == "open"  # nothing was learnt: they may begin again at once


@pytest.mark.django_db
def test_used_links_and_answers_share_no_key_but_the_round_no_time_and_no_order():
    _, ada = town()
    row = opened(ada)
    sheets = [sheet("a"), sheet("d"), sheet("b", t1="e"), sheet("c"), sheet("e")]
    kept = []
    for order in ([1, 2, 3, 4, 5], [5, 3, 1, 4, 2]):
        RoundLinks.objects.update(used=[])
        RoundTally.objects.update(counts={})
        for number in order:
            rounds.answer(reference=row.reference, number=number, sheet=sheets[number - 1], now=clock.now())
        kept.append((RoundLinks.objects.get().used, RoundTally.objects.get().counts))
    assert kept[0] == kept[1]
    assert {field.name for field in RoundLinks._meta.get_fields()} == {"round", "used"}
    assert {field.name for field in RoundTally._meta.get_fields()} == {"round", "counts"}
    assert kept[0][0] == sorted(kept[0][0])
    assert row.reference not in str(kept)


@pytest.mark.django_db
def test_two_results_close_to_each_other_are_never_had_whatever_is_erased():
    _, ada = town()
    with pytest.raises(OutOfBounds):
        opened(ada, links=4)
    with pytest.raises(OutOfBounds):
        opened(ada, days=1)
    row = closed(ada, [sheet()] * 5)
    with pytest.raises(RoundTooSoon):
        opened(ada, now=after(30))
    rounds.erase(reference=row.reference, user=ada, now=after(31))
    with pytest.raises(RoundTooSoon):  # who saw the first result, and erased it, has not forgotten it
        opened(ada, now=after(32))
    first = opened(ada, now=after(320))
    with pytest.raises(RoundUnderWay):
        opened(ada, now=after(321))
    rounds.erase(reference=first.reference, user=ada, now=after(321))
    assert opened(ada, now=after(322)).pk


@pytest.mark.django_db
def test_who_begins_again_too_soon_is_told_the_day_on_her_clock(client):
    _, ada = town()
    row = closed(ada, [sheet()] * 5)
    Round.objects.filter(pk=row.pk).update(closed_at=row.closed_at.replace(hour=23, minute=30))
    client.force_login(ada)
    form = client.get(reverse("peers:round_open")).context["form"]
    data = {"pour": form["pour"].value(), "personnes": "6", "jusquau": form["jusquau"].value().isoformat()}
    day = timezone.localdate(row.closed_at.replace(hour=23, minute=30) + ROUND_AGAIN_AFTER)
    said = html.unescape(text_of(client.post(reverse("peers:round_open"), data)))
    assert f"recommencer le {' '.join(french.day(day).split())}." in said


@pytest.mark.django_db
def test_a_result_never_changes_and_nothing_is_added_after_the_date():
    _, ada = town()
    row = opened(ada)
    for number in range(1, 6):
        rounds.answer(reference=row.reference, number=number, sheet=sheet(), now=clock.now())
    for number, error, now in ((1, LinkUsed, after(1)), (6, RoundOver, after(10.1)), (9, RoundOver, after(1))):
        with pytest.raises(error):
            rounds.answer(reference=row.reference, number=number, sheet=sheet("d"), now=now)
    rounds.close_due(now=after(11))
    before = Round.objects.get().result
    with pytest.raises(RoundOver):
        rounds.answer(reference=row.reference, number=6, sheet=sheet("d"), now=after(1))
    assert rounds.close_due(now=after(12)) == 0
    assert Round.objects.get().result == before
    assert before["t1"]["a"] == 5


@pytest.mark.django_db
def test_strangers_and_other_towns_see_nothing_and_the_team_a_number(client):
    _, ada = town()
    _, bea = town()
    row = closed(ada, [sheet()] * 6)
    page = reverse("peers:round", args=[row.reference])
    assert client.get(page).status_code == 302
    for user in (bea, create_member(email="nour@example.org", groups=(REDACTION,))):
        client.force_login(user)
        assert client.get(page).status_code == 404
        assert client.get(reverse("peers:round_erase", args=[row.reference])).status_code == 404
    team = text_of(client.get(reverse("peers_team:introductions")))
    assert "1 questionnaire, dont 0 ouvert et 1 avec un résultat" in team
    for token in ("faux", round_path(row, 99).split("/")[-2]):
        assert client.get(f"/ensemble/repondre/{token}/").status_code == 404
    with pytest.raises(MandateMissing):
        rounds.open_round(
            whose=whose_of(user=ada, at=clock.now())[0], user=bea, links=5, closes_at=after(9), now=clock.now()
        )
    client.force_login(ada)
    with CaptureQueriesContext(connection) as queries:
        assert "6 personnes ont répondu" in text_of(client.get(page))
    assert len(queries) <= 20


@pytest.mark.django_db
def test_who_opened_it_erases_it_whole_a_colleague_takes_over_and_two_years_end_it(client):
    ours, ada = town()
    colleague = member(ours)
    row = closed(ada, [sheet()] * 5)
    client.force_login(colleague)
    assert client.post(reverse("peers:round_erase", args=[row.reference])).status_code == 404
    with pytest.raises(NotOpener):
        rounds.erase(reference=row.reference, user=colleague, now=after(12))
    assert "questionnaires ouverts" in str(privacy.export_person(email=ada.email))
    end_mandates(user=ada, now=clock.now())
    row.refresh_from_db()
    assert row.opener == colleague
    client.post(reverse("peers:round_erase", args=[row.reference]))
    row.refresh_from_db()
    assert (row.state, row.result) == ("erased", {})
    assert client.get(round_path(row, 1)).status_code == 404
    privacy.erase_person(email=colleague.email, now=clock.now())
    assert Round.objects.get().opener is None
    assert retention.forget_old(now=after(700)) == 0
    assert retention.forget_old(now=after(745)) == 1
    assert not Round.objects.exists()


@pytest.mark.django_db
def test_a_year_later_both_results_stand_side_by_side(client):
    _, ada = town()
    closed(ada, [sheet("d")] * 5)
    row = closed(ada, [sheet("a")] * 7, now=after(312))
    found = result_of(row=row, now=after(330))
    assert found is not None
    assert found.before is not None
    lines = [line for _, shown in found.groups for line in shown]
    assert {tuple(line.numbers) for line in lines} == {(7, 0, 0, 0, 0)}
    assert {tuple(line.numbers_before) for line in lines} == {(0, 0, 0, 5, 0)}


@pytest.mark.django_db
def test_those_of_a_project_ask_where_they_stand_and_observers_do_not():
    project = make_running(3)
    contact = project.engagements.order_by("pk").first().contact
    whose = whose_of(user=contact, at=clock.now())
    assert [one.project for one in whose] == [None, project]
    row = opened(contact, rank=1)
    assert row.label == project.title
    _, stranger = town()
    with pytest.raises(NotOfProject):
        rounds.open_round(whose=whose[1], user=stranger, links=5, closes_at=after(9), now=clock.now())
    # She leaves: a colleague may add links, and erase it.
    [held] = memberships_of(user=contact, at=clock.now())
    colleague = member(held.organisation)
    leave_organisation(membership_id=held.pk, user=contact, successor=colleague, now=clock.now())
    row.refresh_from_db()
    assert row.opener == colleague


def test_six_weeks_are_six_weeks():
    today = timezone.localdate()
    for days, fits in ((3, False), (4, True), (42, True), (43, False)):
        data = {"pour": "", "personnes": "6", "jusquau": (today + timedelta(days=days)).isoformat()}
        form = RoundForm(data, whose=[("", "")], today=today)
        assert ("jusquau" not in form.errors) is fits
        if fits:
            assert LONGEST >= form.closes_at - timezone.make_aware(datetime.combine(today, time())) > SHORTEST


@pytest.mark.django_db
def test_a_sheet_left_empty_or_forged_changes_nothing_and_what_was_ticked_stays(client):
    _, ada = town()
    row = opened(ada)
    link = round_path(row, 1)
    empty = client.post(link, {"horodatage": stamp(client.get(link))})
    assert empty.status_code == 422
    assert "Répondez à une phrase au moins" in text_of(empty)
    forged = client.post(link, {"horodatage": stamp(client.get(link)), "t1": "z", "r1": "b"})
    assert forged.status_code == 422
    assert re.search(r'name="r1"\s+value="b"\s+id="[^"]+"\s+checked', forged.content.decode())
    assert RoundLinks.objects.get().used == []
    client.force_login(ada)
    wrong = client.post(reverse("peers:round_open"), {"pour": "", "personnes": "3", "jusquau": "2020-01-01"})
    for said in ("Choisissez pour qui", "Cinq personnes au moins", "de quatre jours à six semaines"):
        assert said in text_of(wrong)
