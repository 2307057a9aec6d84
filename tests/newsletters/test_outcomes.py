"""What the letter set off comes back into the next one."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings

from commun.cooperation.api import StartState, echoes_since, start_path, tell_start
from commun.cooperation.models import Start, StartEvent
from commun.library.api import ExperiencePage
from commun.newsletters import api
from commun.newsletters.models import Submission
from commun.newsletters.services.freeze import freeze, latest
from commun.peers.api import Introduction
from tests.library.factories import ExperienceFactory, OrganisationFactory, TerritoryFactory
from tests.newsletters import factories
from tests.newsletters.factories import NOW

pytestmark = pytest.mark.django_db


def begun(page, *, at=NOW, state="wish", ended=None, gave=None, **changes):
    name = f"Bourg {Start.objects.count() + 1}"
    town = OrganisationFactory(name=name, kind="collectivite", territory=TerritoryFactory(name=name))
    values = {"is_public": True, "is_proved": True} | changes
    row = Start.objects.create(
        inspired_by=page,
        inspired_title=page.title,
        organisation=town,
        place_key=town.place.key,
        state=state,
        gave=gave,
        started_at=at,
        moved_at=at,
        **values,
    )
    StartEvent.objects.create(start=row, state="wish" if ended else state, at=at)
    if ended:
        StartEvent.objects.create(start=row, state=state, at=ended)
    return row


@pytest.fixture
def theme(editor):
    return factories.filled_theme()


def outcomes(issue):
    return next((section.value for section in issue.body if section.block_type == "outcomes"), None)


def compose(theme, editor):
    return api.compose_issue(theme=theme, user=editor, now=NOW)


def test_where_nothing_began_there_is_no_such_section(theme, editor):
    ancestor = ExperienceFactory(title="Une ruelle apaisée")
    begun(ancestor, is_public=False)
    begun(ancestor, is_proved=False)
    assert outcomes(compose(theme, editor)) is None


def test_numbers_and_the_story_that_was_told_are_filled_in(theme, editor):
    ancestor = ExperienceFactory(title="Une ruelle apaisée", themes=[])
    story = ExperienceFactory(title="Notre ruelle à nous", first_published_at=NOW)
    begun(ancestor)
    begun(ancestor, state="running")
    begun(ancestor, state="done", ended=NOW + timedelta(hours=1), gave=story)
    begun(ancestor, state="done")  # long before it read it: the letter set nothing off
    begun(ancestor, state="stopped", ended=NOW + timedelta(hours=1))
    value = outcomes(compose(theme, editor))
    assert list(value["lines"]) == [
        "2 collectivités se lancent après une lecture : « nous voulons le faire ».",
        "1 collectivité a mené à bien sa démarche.",
        "1 collectivité raconte ce qu’elle en a fait.",
    ]
    assert [page.title for page in value["stories"]] == ["Notre ruelle à nous"]


def test_only_what_came_since_the_last_letter_is_told(theme, editor, approver):
    ancestor = ExperienceFactory(title="Une ruelle apaisée")
    begun(ancestor)
    over = begun(ancestor, state="done", ended=NOW + timedelta(hours=1))
    first = compose(theme, editor)
    api.submit_issue(issue=first, user=editor, now=NOW)
    api.approve_issue(issue=first, user=approver, now=NOW)
    api.send_issue(issue=first, user=approver, now=NOW + timedelta(days=1))
    assert Submission.objects.get().published_at is not None
    # One more word on what was told already is not told again.
    tell_start(start_id=over.pk, state=StartState.DONE, words="Et il sert.", by=None, now=NOW + timedelta(days=2))
    second = compose(theme, editor)
    assert outcomes(second) is None
    begun(ancestor, at=NOW + timedelta(days=2))
    assert list(outcomes(compose(theme, editor))["lines"]) == [
        "1 collectivité se lance après une lecture : « nous voulons le faire »."
    ]


def test_a_story_says_what_it_was_born_of_in_all_three_documents(theme, editor):
    ancestor = ExperienceFactory(title="Une ruelle apaisée")
    story = ExperienceFactory(title="Notre ruelle à nous", first_published_at=NOW)
    begun(ancestor, state="done", ended=NOW + timedelta(hours=1), gave=story)
    documents = freeze(issue=latest(issue=compose(theme, editor))).documents
    for document in (documents.web, documents.email, documents.text):
        words = " ".join(unescape(document).split())
        assert "Née de : Une ruelle apaisée" in words
        assert "1 collectivité a mené à bien sa démarche." in words


def test_what_shows_how_can_be_begun_from_the_letter_without_a_token(theme, editor):
    documents = freeze(issue=latest(issue=compose(theme, editor))).documents
    page = ExperiencePage.objects.get(title="À Grenoble, les voisins refont la rue")
    address = f"{settings.SITE_URL}{start_path(page_id=page.pk)}"
    assert f'href="{address}"' in documents.email
    assert address in documents.text
    assert "Nous voulons le faire : À Grenoble" in " ".join(unescape(documents.email).split())


def test_whoever_tells_what_she_made_of_it_is_counted_where_her_story_opens_the_letter_too(theme, editor):
    ancestor = ExperienceFactory(title="Une ruelle apaisée", themes=[])
    opening = ExperiencePage.objects.get(title="À Grenoble, les voisins refont la rue")
    told = begun(ancestor, state="done", gave=opening)
    value = outcomes(compose(theme, editor))
    assert list(value["lines"]) == ["1 collectivité raconte ce qu’elle en a fait."]
    assert list(value["stories"]) == []
    for rank in range(4):
        begun(ancestor, state="done", gave=ExperienceFactory(title=f"Notre ruelle {rank}", first_published_at=NOW))
    begun(ancestor, state="done", gave=ExperienceFactory(title="Ailleurs", first_published_at=NOW), is_public=False)
    assert "5 collectivités racontent ce qu’elles en ont fait." in outcomes(compose(theme, editor))["lines"]
    # What a collectivité told in two stories is one that tells.
    Start.objects.create(
        inspired_by=opening,
        inspired_title=opening.title,
        organisation=told.organisation,
        place_key=told.place_key,
        state="done",
        gave=ExperienceFactory(title="Notre deuxième ruelle", first_published_at=NOW),
        started_at=NOW,
        moved_at=NOW,
        is_public=True,
        is_proved=True,
    )
    assert echoes_since(since=None).told == 5
    assert echoes_since(since=NOW + timedelta(days=1)).told == 0


def test_counting_takes_few_queries(theme, django_assert_max_num_queries):
    ancestor = ExperienceFactory(title="Une ruelle apaisée")
    for _ in range(12):
        begun(ancestor)
    with django_assert_max_num_queries(4):
        assert echoes_since(since=None).begun == 12


def test_introductions_are_a_number_from_five_on(theme, editor):
    bodies = [OrganisationFactory(territory=TerritoryFactory()) for _ in range(6)]

    def meet(one, other):
        Introduction.objects.create(
            asking=one,
            asked=other,
            asking_body=one.slug,
            asked_body=other.slug,
            state="accepted",
            asked_at=NOW,
            until=NOW,
            accepted_at=NOW,
        )

    for other in bodies[1:5]:
        meet(bodies[0], other)
    assert outcomes(compose(theme, editor)) is None
    meet(bodies[0], bodies[5])
    assert list(outcomes(compose(theme, editor))["lines"]) == ["5 mises en relation acceptées."]
