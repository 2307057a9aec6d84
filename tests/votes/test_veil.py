"""While a vote is open, no number of turnout says of one elector whether it voted."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commun.votes import api
from commun.votes.models import Elector
from commun.votes.veil import FEWEST_EACH_WAY, FEWEST_ELECTORS, is_safe, veiled
from tests.votes.factories import make_closed, make_open

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
counts = st.lists(
    st.integers(0, 40).flatmap(lambda electors: st.tuples(st.just(electors), st.integers(0, electors))), max_size=12
)


@untimed
@given(counts)
def test_what_is_shown_is_safe_and_so_is_what_remains_of_the_total(rows):
    hidden = veiled(rows)
    assert all(is_safe(electors=of, voted=did) for place, (of, did) in enumerate(rows) if place not in hidden)
    if hidden and len(hidden) < len(rows):
        rest = [rows[place] for place in hidden]
        assert is_safe(electors=sum(of for of, _ in rest), voted=sum(did for _, did in rest))


@untimed
@given(counts)
def test_nothing_is_hidden_without_need(rows):
    """Where every number is safe, all are shown."""
    if all(is_safe(electors=of, voted=did) for of, did in rows):
        assert veiled(rows) == set()


def test_one_number_alone_is_not_hidden_from_subtraction():
    assert veiled([(100, 40), (200, 90), (1, 1)]) == {0, 2}, "the smallest goes with it, and the total tells nothing"
    assert veiled([(100, 40), (9, 5), (9, 4)]) == {1, 2}
    assert veiled([(1, 0)]) == {0}


def drafts(sizes: dict[str, int]) -> list[api.ElectorDraft]:
    return [
        api.ElectorDraft(key=f"commune:{region}-{rank}", kind="commune", label=f"{region} {rank}", region=region)
        for region, size in sizes.items()
        for rank in range(size)
    ]


def vote_in(vote: api.Vote, region: str, how_many: int) -> None:
    ids = list(Elector.objects.filter(vote=vote, region=region).values_list("pk", flat=True)[:how_many])
    Elector.objects.filter(pk__in=ids).update(last_number=2)


def shown(vote: api.Vote) -> dict[str, int | None]:
    return {row.label: row.voted for row in api.get_turnout(vote=vote).regions}


@pytest.mark.django_db
def test_no_screen_says_that_the_one_elector_of_a_region_voted(client, clock, root):
    vote = make_open(clock, drafts=drafts({"Bretagne": 30, "Corse": 12, "Guyane": 1, "Mayotte": 1}))
    vote_in(vote, "Bretagne", 8)
    vote_in(vote, "Corse", 5)
    vote_in(vote, "Guyane", 1)
    assert shown(vote) == {"Bretagne": 8, "Corse": None, "Guyane": None, "Mayotte": None}
    client.force_login(root)
    for address in (f"/votes/{vote.slug}/", f"/gestion/votes/{vote.pk}/"):
        page = " ".join(client.get(address).content.decode().split())
        assert "<strong>14</strong> bulletins pour 44" in page, "the total is what the box itself tells"
        assert "dix électeurs au moins" in page
        row = page.split('<th scope="row">Guyane</th>', 1)[1].split("</tr>", 1)[0]
        assert "pas encore donné" in row
        assert "100,0" not in row
    assert client.get(f"/votes/{vote.slug}/urne.jsonl").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("how_many", [0, 1, 2, 18, 19, 20])
def test_almost_nobody_and_almost_everybody_are_not_shown(clock, how_many):
    vote = make_open(clock, drafts=drafts({"Bretagne": 20, "Corse": 30}))
    vote_in(vote, "Bretagne", how_many)
    vote_in(vote, "Corse", 10)
    assert shown(vote)["Bretagne"] is None


@pytest.mark.django_db
def test_members_of_the_network_are_counted_apart_where_they_are_enough(clock, organisations):
    made = drafts({"Bretagne": 40})
    few = [
        api.ElectorDraft(key=one.key, kind=one.kind, label=one.label, region=one.region, organisation=body)
        for one, body in zip(made, [*organisations, *[None] * (40 - len(organisations))], strict=True)
    ]
    vote = make_open(clock, drafts=few)
    Elector.objects.filter(vote=vote, organisation__in=organisations[:4]).update(last_number=2)
    assert api.get_turnout(vote=vote).members.voted == 4
    Elector.objects.filter(vote=vote, organisation__in=organisations[2:]).update(organisation=None)
    assert api.get_turnout(vote=vote).members.voted is None


@pytest.mark.django_db
def test_after_closing_everything_is_told(clock):
    vote = make_open(clock, drafts=drafts({"Bretagne": 30, "Guyane": 1}))
    vote_in(vote, "Bretagne", 1)
    vote = make_closed(clock, vote)
    assert shown(vote) == {"Bretagne": 1, "Guyane": 0}
    assert not api.get_turnout(vote=vote).is_veiled


def test_the_rule_that_is_stated_is_the_rule():
    assert (FEWEST_ELECTORS, FEWEST_EACH_WAY) == (10, 3), "templates/votes/parts/turnout.html says so in words"


@pytest.fixture
def root(settings):
    from django.contrib.auth import get_user_model

    settings.STAFF_MFA_REQUIRED = False
    return get_user_model().objects.create_superuser("root@example.org")


@pytest.fixture
def organisations(db) -> list[int]:
    from commun.territories.api import Organisation

    names = [f"commune-{rank}" for rank in range(12)]
    return [Organisation.objects.create(name=name, slug=name, kind="autre", is_checked=True).pk for name in names]
