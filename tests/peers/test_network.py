"""The network drawn from real acts: what everybody sees, what the two see, what the team fears for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from commun.accounts.api import REDACTION, create_member
from commun.common import clock, privacy
from commun.cooperation.api import StartState, begin_start
from commun.cooperation.models import ProjectMeeting
from commun.peers import api, network
from commun.peers.exceptions import AlreadySuggested, CannotBeAsked
from commun.peers.models import Bond, Snapshot, Suggestion
from commun.peers.network import Act, Fragile, Kind
from commun.peers.network.drawing import Spoke, draw_ring, draw_star
from commun.peers.selectors.acts import held_by_one, read_bodies
from commun.peers.services import computing, suggesting
from commun.peers.services.asking import be_quiet
from tests.agenda.factories import EventFactory
from tests.cooperation.factories import make_running
from tests.library.factories import ExperienceFactory, TerritoryFactory
from tests.peers.factories import ask, links_in, member, town
from tests.territories.factories import make_mandate

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)


def acts(*pairs: tuple[int, int], **values) -> list[Act]:
    return [Act(first=one, second=other, **{"kind": Kind.START, "at": NOW, **values}) for one, other in pairs]


def report(found: list[Act], **values) -> network.Report:
    return network.measure(bonds=network.bonds_of(found), **{"regions": {}, "now": NOW, "seed": 1, **values})


# --- pure -----------------------------------------------------------------------------------------------

TWO_TRIANGLES = acts((1, 2), (2, 3), (3, 1), (3, 4), (4, 5), (5, 6), (6, 4))


def test_who_joins_two_parts_alone_is_named_with_whom_could_meet():
    found = report(TWO_TRIANGLES)
    assert {one.node for one in found.joints} == {3, 4}
    assert {one.node: one.parts for one in found.joints}[3] == (3, 2)
    for one in found.joints:
        assert len(set(one.ends) & {1, 2}) <= 1
        assert one.node not in one.ends
    assert [(one, other) for one, other, why in found.fragile if Fragile.ALONE in why] == [(3, 4)]
    mended = report([*TWO_TRIANGLES, *acts((1, 5))])
    assert mended.joints == []
    assert mended.fragile == []


def test_bonds_are_fragile_for_one_person_and_for_their_age_and_the_most_threatened_comes_first():
    old = acts((7, 1), at=NOW - timedelta(days=800))
    found = report([*TWO_TRIANGLES, *old, *acts((7, 2))], alone={6})
    why = {(one, other): set(reasons) for one, other, reasons in found.fragile}
    assert why == {
        (3, 4): {Fragile.ALONE},
        (4, 6): {Fragile.PERSON},
        (5, 6): {Fragile.PERSON},
        (1, 7): {Fragile.OLD},
    }
    assert next(iter(why)) == (3, 4)


def test_regions_that_cooperate_with_no_other_stand_apart():
    found = report(acts((1, 2), (2, 3), (4, 5)), regions={1: "Nord", 2: "Nord", 3: "Sud", 4: "Île", 5: "Île"})
    assert found.apart == ["Île"]
    assert found.across == {("Nord", "Sud"): 1}
    assert [(one.key, one.bodies, one.inside, one.across) for one in found.regions] == [
        ("Nord", 2, 1, 1),
        ("Sud", 1, 0, 1),
        ("Île", 2, 1, 0),
    ]


def test_where_they_are_many_the_measure_is_drawn_with_a_seed_and_finds_the_same(monkeypatch):
    exact = report(TWO_TRIANGLES)
    monkeypatch.setattr("commun.peers.network.measuring.EXACT_UP_TO", 2)
    drawn = report(TWO_TRIANGLES, seed=20)
    assert (exact.sampled, exact.seed) == (0, 0)
    assert (drawn.sampled, drawn.seed) == (network.PAIRS, 20)
    assert drawn == report(TWO_TRIANGLES, seed=20)
    between = {one.node: one.between for one in drawn.joints}
    assert between.keys() == {one.node for one in exact.joints}
    assert all(abs(one.between - between[one.node]) < 0.15 for one in exact.joints)


_ACTS = st.lists(
    st.builds(
        Act,
        first=st.integers(0, 9),
        second=st.integers(0, 9),
        kind=st.sampled_from(Kind),
        at=st.integers(0, 2_500).map(lambda days: NOW - timedelta(days=days)),
        public=st.booleans(),
    ),
    max_size=40,
)


@given(_ACTS)
def test_what_everybody_sees_is_the_network_of_public_acts_and_nothing_else(found):
    seen = network.seen_by_all(network.bonds_of(found))
    alone = network.bonds_of([act for act in found if act.public])
    assert [(b.first, b.second, b.kinds, b.last) for b in seen] == [(b.first, b.second, b.kinds, b.last) for b in alone]


@given(_ACTS)
def test_every_joint_cuts_and_every_number_adds_up(found):
    bonds = network.bonds_of(found)
    told = report(found)
    assert told.bonds == len(bonds)
    assert sum(told.parts) == told.nodes
    for one in told.joints:
        left = report([act for act in found if one.node not in {act.first, act.second}])
        lonely = told.nodes - 1 - left.nodes  # neighbours that have nobody else
        assert len(left.parts) + lonely > len(told.parts)


def test_pictures_are_well_formed_whatever_the_names():
    star = draw_star(centre="L’Haÿ <b>", spokes=[Spoke(label='A & "B"', weight=3)] * 30, title='Autour de "A" & B')
    ring = draw_ring(sizes={"Bretagne": 3, "Corse & cie": 1}, across={("Bretagne", "Corse & cie"): 2}, title="Régions")
    for picture in (star, ring):
        assert ET.fromstring(picture).get("role") == "img"
    assert star.count("<circle") == 25


# --- stored and shown ------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _locmem(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.STAFF_MFA_REQUIRED = False


def met(ours, theirs, ada, bea, *, shown=(False, False), now=None):
    row = ask(ours, theirs, ada, shown=shown[0], now=now)
    return api.accept(introduction_id=row.pk, user=bea, time=None, shown=shown[1], now=now or clock.now())


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.django_db
def test_every_kind_of_act_draws_and_a_wish_or_a_look_does_not():
    ours, ada = town("Arboys")
    theirs, _ = town("Bourg-Neuf")
    third, dan = town("Cormeray")
    page = ExperienceFactory(contributor=theirs, organisations=[theirs, third])
    start = begin_start(page=page, organisation=ours, user=ada, state=StartState.LAUNCHED, now=clock.now())
    begin_start(page=ExperienceFactory(contributor=ours), organisation=third, user=dan, now=clock.now())  # a wish
    EventFactory(organiser=ours, partners=[third], start=clock.now() - timedelta(days=3))
    EventFactory(organiser=ours, partners=[theirs], start=clock.now() + timedelta(days=3))  # to come
    project = make_running(3)
    computing.compute(now=clock.now())
    drawn = {(row.first.name, row.second.name): row.kinds for row in Bond.objects.select_related("first", "second")}
    assert drawn == {
        ("Arboys", "Bourg-Neuf"): ["start"],
        ("Arboys", "Cormeray"): ["start", "event"],
        ("Bourg-Neuf", "Cormeray"): ["page"],
        ("Partie 0", "Partie 1"): ["project"],
        ("Partie 0", "Partie 2"): ["project"],
        ("Partie 1", "Partie 2"): ["project"],
    }
    assert start.state == StartState.LAUNCHED
    assert project.engagements.count() == 3


@pytest.mark.django_db
def test_an_introduction_is_drawn_for_the_two_and_the_team_and_for_others_once_both_ticked(client):
    ours, ada = town("Arboys")
    theirs, bea = town("Bourg-Neuf")
    row = met(ours, theirs, ada, bea, shown=(True, False))
    computing.compute(now=clock.now())
    page = reverse("peers:neighbours", args=[theirs.slug])
    assert "Arboys" not in text_of(client.get(page))
    assert "Arboys" not in text_of(client.get(reverse("territories:organisation", args=[theirs.slug])))
    public = text_of(client.get(reverse("peers:network")))
    assert "Aucun lien n’est encore visible" in public
    for user in (ada, bea, create_member(email="nour@example.org", groups=(REDACTION,))):
        client.force_login(user)
        shown = client.get(page)
        if user != ada:  # she sees all around hers; what the other did is the other's
            assert "Mise en relation" in text_of(shown)
            assert "no-store" in shown["Cache-Control"]
    client.logout()
    type(row).objects.update(shown_by_asked=True)
    computing.compute(now=clock.now())
    assert "Mise en relation" in text_of(client.get(page))


@pytest.mark.django_db
def test_what_is_not_shown_is_a_number_from_five_on_and_no_other_number_tells_it(client):
    theirs, bea = town("Bourg-Neuf")
    for rank in range(5):
        ours, ada = town()
        met(ours, theirs, ada, bea, now=clock.now() + timedelta(days=40 * rank))
        computing.compute(now=clock.now())
        public = Snapshot.objects.first().public
        assert (public["nodes"], public["bonds"], public["kinds"]) == (0, 0, {})
        assert public["introductions"] == (5 if rank == 4 else None)
        shown = text_of(client.get(reverse("peers:neighbours", args=[theirs.slug])))
        assert ("Et 5 mises en relation" in shown) == (rank == 4)


@pytest.mark.django_db
def test_pages_say_with_whom_what_and_of_which_day_in_few_queries(client):
    ours, _ = town("Arboys", region=TerritoryFactory(kind="region", name="Bretagne"))
    elsewhere = TerritoryFactory(kind="region", name="Corse")
    page = ExperienceFactory(contributor=ours)
    for _ in range(4):
        other, dan = town(region=elsewhere)
        begin_start(page=page, organisation=other, user=dan, state=StartState.RUNNING, now=clock.now())
    computing.compute(now=clock.now())
    addresses = [reverse("peers:network"), reverse("peers:neighbours", args=[ours.slug])]
    for address in addresses:
        caches["local"].clear()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            shown = text_of(client.get(address))
        assert len(queries) <= 20, [query["sql"] for query in queries]
        assert "<svg" in shown
        assert "<table" in shown
        assert "Calculé le" in shown
    assert "Bretagne" in text_of(client.get(addresses[0]))
    assert "Démarche inspirée" in text_of(client.get(addresses[1]))
    assert "Voir ce voisinage" in text_of(client.get(reverse("territories:organisation", args=[ours.slug])))
    assert client.get(reverse("peers:neighbours", args=["inconnue"])).status_code == 404


@pytest.mark.django_db
def test_the_team_sees_what_hangs_on_one_and_suggests_that_two_meet_once(client, mailoutbox):
    bodies = [town(f"Bourg {name}", members=1) for name in "abcde"]
    for (one, _), (other, dan) in [(bodies[0], bodies[1]), (bodies[1], bodies[2]), (bodies[2], bodies[3])]:
        page = ExperienceFactory(contributor=one)
        begin_start(page=page, organisation=other, user=dan, state=StartState.RUNNING, now=clock.now())
    computing.compute(now=clock.now())
    nour = create_member(email="nour@example.org", groups=(REDACTION,))
    client.force_login(nour)
    screen = client.get(reverse("peers_team:network"))
    assert "une seule personne agit" in text_of(screen)
    [first, *_] = screen.context["found"].joints
    assert first.organisation.name in {"Bourg b", "Bourg c"}
    drawn = ET.fromstring(first.drawing)
    assert drawn.get("aria-label") == f"Sans {first.organisation.name}, 2 ensembles séparés"
    assert {first.ends[0].name, first.ends[1].name} <= {"".join(one.itertext()).partition(" et ")[0] for one in drawn}
    assert first.drawing in screen.content.decode()
    path = reverse("peers_team:suggest", args=[one.pk for one in first.ends])
    assert client.get(path).status_code == 405
    mailoutbox.clear()
    told = text_of(client.post(path, follow=True))
    assert "Suggestion envoyée à 2 personnes" in told
    assert reverse("peers:ask", args=[first.ends[1].slug]) in [link for mail in mailoutbox for link in links_in(mail)]
    assert "il y a moins de six mois" in text_of(client.post(path, follow=True))
    with pytest.raises(AlreadySuggested):
        suggesting.suggest(first=first.ends[1], second=first.ends[0], by=nour, now=clock.now())
    lonely, eve = bodies[4]
    be_quiet(user=eve, quiet=True, now=clock.now())
    with pytest.raises(CannotBeAsked):
        suggesting.suggest(first=lonely, second=first.ends[0], by=nour, now=clock.now())
    assert "rencontres suggérées" in str(privacy.export_person(email=nour.email))
    privacy.erase_person(email=nour.email, now=clock.now())
    assert Suggestion.objects.get().by is None
    client.force_login(member(lonely))
    assert client.get(reverse("peers_team:network")).status_code in {302, 403}


@pytest.mark.django_db
def test_two_organisations_of_one_place_are_one_body_and_numbers_stay_dated():
    ours, ada = town("Arboys")
    former, _ = town("Ancien-Arboys")
    type(former.territory).objects.filter(pk=former.territory_id).update(obsolete=True, successor=ours.territory)
    theirs, _ = town("Bourg-Neuf")
    ExperienceFactory(contributor=theirs, organisations=[former])
    begin_start(
        page=ExperienceFactory(contributor=theirs), organisation=ours, user=ada, state=StartState.DONE, now=clock.now()
    )
    computing.compute(now=clock.now())
    [bond] = Bond.objects.all()
    assert bond.kinds == ["start", "page"]
    computing.compute(now=clock.now() + timedelta(days=1))
    latest, before = Snapshot.objects.all()
    assert (before.team, before.public["bonds"]) == ({}, 1)
    assert latest.team["bonds"] == 1


@pytest.mark.django_db
def test_a_project_that_goes_on_is_of_the_day_it_last_met():
    project = make_running(3)
    later = clock.now() + timedelta(days=3 * 365)
    for days, cancelled in ((7, None), (1, later), (-2, None)):
        end = later - timedelta(days=days)
        ProjectMeeting.objects.create(
            project=project, title="Point d’étape", start=end - timedelta(hours=1), end=end, cancelled_at=cancelled
        )
    computing.compute(now=later)
    assert {row.last for row in Bond.objects.all()} == {later - timedelta(days=7)}
    assert max(row.since for row in Bond.objects.all()) <= clock.now()


@pytest.mark.django_db
def test_who_acts_for_two_that_merged_is_one_person():
    ours, ada = town("Arboys")
    (former,) = town("Ancien-Arboys", members=0)
    make_mandate(user=ada, organisation=former, now=clock.now())
    type(former.territory).objects.filter(pk=former.territory_id).update(obsolete=True, successor=ours.territory)
    bodies = read_bodies()
    assert held_by_one(bodies=bodies, at=clock.now()) == {bodies.of[ours.pk]}
    member(former)
    assert held_by_one(bodies=bodies, at=clock.now()) == set()
