"""One body, one elector, one ballot: whatever is moved, merged or renamed while a vote is open."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from commun.accounts.api import MODERATION, REDACTION, create_member
from commun.territories import api as territories
from commun.votes import api
from commun.votes.models import Ballot, Voice
from commun.votes.services.telling import voters_of
from tests.territories.factories import make_mandate
from tests.votes.factories import DRAFTS, cast, elector_of, make_open

pytestmark = pytest.mark.django_db
ARBOYS, HERES, SAINT_DENIS, REUNION = range(4)


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.STAFF_MFA_REQUIRED = False


def place(rank: int) -> territories.Territory:
    return territories.get_by_key(key=DRAFTS[rank].key)


@pytest.fixture
def vote(register, clock):
    return make_open(clock)


@pytest.fixture
def body(register):
    """A checked collectivité that no elector was attached to at opening: the network knows its SIREN alone."""
    return territories.Organisation.objects.create(
        name="Commune nouvelle", slug="commune-nouvelle", siren="200000172", is_checked=True
    )


@pytest.fixture
def member(body, clock):
    user = create_member(email="camille@example.org")
    make_mandate(user=user, organisation=body, now=clock.at)
    return user


def signed_in(group: str) -> Client:
    client = Client()
    client.force_login(create_member(email=f"{group}@example.org", groups=(group,)))
    return client


def by_an_editor(body, rank, clock):
    url = reverse("wagtailsnippets_territories_organisation:edit", args=[body.pk])
    values = {"name": body.name, "slug": body.slug, "kind": "collectivite", "siren": "", "territory": place(rank).pk}
    signed_in(REDACTION).post(url, values)


def by_the_moderation(body, rank, clock):
    url = reverse("mandates_team:organisation", args=[body.pk])
    values = {"kind": "collectivite", "siren": "", "territory": place(rank).pk, "reason": "Essai."}
    signed_in(MODERATION).post(url, values)


def by_the_database(body, rank, clock):
    territories.Organisation.objects.filter(pk=body.pk).update(territory=place(rank))


def reached(user, vote, clock) -> list[str]:
    return [one.key for one in api.electors_of(user=user, vote=vote, now=clock.at)]


def electors_that_voted() -> list[str]:
    return sorted(Ballot.objects.values_list("elector__key", flat=True).distinct())


def test_an_editor_does_not_bring_a_body_to_a_ballot_that_is_not_its_own(vote, body, member, clock):
    by_an_editor(body, ARBOYS, clock)
    assert reached(member, vote, clock) == []
    with pytest.raises(api.NotAllowed):
        cast(member, elector_of(vote, ARBOYS), [3, 2, 1])


@pytest.mark.parametrize("move", [by_the_moderation, by_the_database])
def test_a_body_moved_twice_votes_once(vote, body, member, clock, move):
    move(body, ARBOYS, clock)
    cast(member, elector_of(vote, ARBOYS), [3, 2, 1])
    move(body, HERES, clock)
    assert reached(member, vote, clock) == [DRAFTS[ARBOYS].key]
    with pytest.raises(api.NotAllowed):
        cast(member, elector_of(vote, HERES), [3, 2, 1])
    cast(member, elector_of(vote, ARBOYS), [0, 0, 0])  # its own is still its to replace
    assert electors_that_voted() == [DRAFTS[ARBOYS].key]
    assert voters_of(elector=elector_of(vote, ARBOYS), at=clock.at) == [member]


def test_another_vote_takes_it_where_it_is_by_then(vote, body, member, clock):
    by_the_moderation(body, ARBOYS, clock)
    cast(member, elector_of(vote, ARBOYS), [3, 2, 1])
    by_the_moderation(body, HERES, clock)
    other = make_open(clock, title="Un autre vote")
    assert reached(member, other, clock) == [DRAFTS[HERES].key]


def test_a_body_moved_to_the_place_of_another_does_not_replace_its_ballot(register, clock, body, member):
    own = territories.organisation_of(territory=place(ARBOYS))
    mayor = create_member(email="maire@example.org")
    make_mandate(user=mayor, organisation=own, now=clock.at)
    drafts = [
        api.ElectorDraft(key=one.key, kind=one.kind, label=one.label, organisation=own.pk if not rank else None)
        for rank, one in enumerate(DRAFTS)
    ]
    vote = make_open(clock, drafts=drafts)
    cast(mayor, elector_of(vote, ARBOYS), [3, 3, 3])
    # The moderation sends one away, and the other in its place.
    by_the_moderation(own, SAINT_DENIS, clock)
    by_the_moderation(body, ARBOYS, clock)
    assert body.pk == territories.Organisation.objects.get(territory=place(ARBOYS)).pk
    assert reached(member, vote, clock) == []
    assert reached(mayor, vote, clock) == [DRAFTS[ARBOYS].key]
    with pytest.raises(api.NotAllowed):
        cast(member, elector_of(vote, ARBOYS), [0, 0, 0])
    assert Ballot.objects.get().grades == "333"


def test_communes_merged_during_the_vote_share_one_ballot(vote, register, clock):
    """Both bodies stand for the same elector, and keep to it."""
    former = territories.Territory.objects.create(
        kind="commune",
        code="01340",
        name="Saint-Bois",
        search_name="saint bois",
        vintage=2020,
        obsolete=True,
        successor=place(ARBOYS),
    )
    old = territories.Organisation.objects.create(name="Saint-Bois", slug="bois", territory=former, is_checked=True)
    new = territories.organisation_of(territory=place(ARBOYS))
    people = [create_member(email=f"p{rank}@example.org") for rank in range(2)]
    for user, organisation in zip(people, (old, new), strict=True):
        make_mandate(user=user, organisation=organisation, now=clock.at)
    for user in people:
        cast(user, elector_of(vote, ARBOYS), [3, 2, 1])
    assert electors_that_voted() == [DRAFTS[ARBOYS].key]
    assert Voice.objects.count() == 2
    territories.Territory.objects.filter(pk=former.pk).update(successor=place(HERES))  # the register thinks again
    assert {key for user in people for key in reached(user, vote, clock)} == {DRAFTS[ARBOYS].key}


@pytest.mark.parametrize("change", [{"kind": "association"}, {"territory": None, "siren": "200000172"}])
def test_what_an_open_vote_counts_does_not_change_what_it_is_mandate_or_not(vote, clock, change):
    counted = territories.organisation_of(territory=place(HERES))
    for name, value in change.items():
        setattr(counted, name, value)
    with pytest.raises(territories.IdentityFrozen) as refused:
        counted.save()
    assert refused.value.reason == "vote"


def test_nothing_moves_to_a_place_that_an_open_vote_counts(vote, body):
    body.territory = place(HERES)
    with pytest.raises(territories.IdentityFrozen):
        body.save()


def test_once_the_vote_is_over_it_may_be_corrected_again(vote, body, clock):
    clock.at = vote.closes_at
    api.close_vote(vote_id=vote.pk)
    body.territory, body.siren = place(HERES), place(HERES).siren
    body.save()
    assert territories.Organisation.objects.get(pk=body.pk).territory == place(HERES)


def test_two_bodies_of_one_person_are_two_voices(vote, clock):
    """What is counted is collectivités: a person who acts for two of them votes for both."""
    user = create_member(email="camille@example.org")
    for rank in (ARBOYS, HERES):
        make_mandate(user=user, organisation=territories.organisation_of(territory=place(rank)), now=clock.at)
    for rank in (ARBOYS, HERES):
        cast(user, elector_of(vote, rank), [3, 2, 1])
    assert len(electors_that_voted()) == 2
