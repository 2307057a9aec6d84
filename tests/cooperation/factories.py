"""Needs and proposals, stated through the services."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from commun.accounts.api import REDACTION, create_member
from commun.accounts.models import User
from commun.common import clock
from commun.cooperation import api
from commun.cooperation.models import Engagement, SharedProject
from commun.cooperation.services.projects import enrolling, opening
from commun.cooperation.types import EngagementRole
from commun.territories.api import MandateLevel, MandateMethod, Organisation, Territory, TerritoryKind
from commun.votes.api import Vote, VoteState
from tests.library.factories import OrganisationFactory, TerritoryFactory
from tests.territories.factories import make_mandate
from tests.votes.factories import make_draft


def make_need(**values: Any) -> api.Need:
    defaults = {
        "title": "Associer les habitants à la place du marché",
        "text": "Nous refaisons la place et personne ne vient aux réunions.",
        "stage": "stuck",
        "constraints": "Une secrétaire à mi-temps.",
        "name": "Camille Exemple",
        "address": "camille@bourg.example.org",
    }
    now = values.pop("now", None) or clock.now()
    return api.state_need(given=api.GivenNeed(**{**defaults, **values}), now=now)


def make_proposal(**values: Any) -> api.ThemeProposal:
    defaults = {
        "title": "Participer en zone rurale",
        "text": "Nos villages sont loin de tout.",
        "name": "Camille Exemple",
        "address": "camille@bourg.example.org",
    }
    now = values.pop("now", None) or clock.now()
    return api.propose_theme(given=api.Given(**{**defaults, **values}), now=now)


def editor(email: str = "redaction@example.org") -> User:
    return create_member(email=email, first_name="Nour", last_name="Essai", groups=(REDACTION,))


def make_decided_vote(
    *, ready: tuple[int, ...] = (4, 3, 1), themes: tuple[str, ...] = ("Mobilités", "Santé", "Eau")
) -> Vote:
    """Decided, without its box: the first theme is the best, each with so many collectivités ready."""
    now = clock.now()
    vote = make_draft(themes=themes, title="Le prochain projet partagé", ladder=["ready"])
    profiles = [[[0, rank, 1, 8 - rank], count, 2, 2] for rank, count in enumerate(ready)]
    Vote.objects.filter(pk=vote.pk).update(
        state=VoteState.DECIDED,
        rules="Les règles.",
        profiles=profiles,
        opens_at=now - timedelta(days=30),
        closes_at=now - timedelta(days=9),
    )
    vote.refresh_from_db()
    return vote


def make_project(**values: Any) -> SharedProject:
    now = values.pop("now", None) or clock.now()
    vote = values.pop("vote", None) or make_decided_vote()
    by = values.pop("by", None) or create_member(
        email=f"e{SharedProject.objects.count()}@example.org", groups=(REDACTION,)
    )
    return opening.open_project(vote=vote, number=values.pop("number", 1), by=by, now=now, **values)


def make_collectivite(
    name: str,
    *,
    departement: Territory | None = None,
    population: int | None = 900,
    level: MandateLevel = MandateLevel.M3,
    kind: TerritoryKind = TerritoryKind.COMMUNE,
) -> tuple[Organisation, User]:
    """A place, its organisation, and a member with this mandate."""
    place = TerritoryFactory(name=name, departement=departement, population=population, kind=kind)
    organisation = OrganisationFactory(name=name, kind="collectivite", territory=place)
    user = create_member(email=f"mairie.{place.code}@example.org")
    make_mandate(user=user, organisation=organisation, now=clock.now(), level=level, method=MandateMethod.LETTER)
    return organisation, user


def make_engaged(project: SharedProject, name: str, *, role: str = "stakeholder", **values: Any) -> Engagement:
    organisation, user = make_collectivite(name, **values)
    now = clock.now()
    return enrolling.enrol(
        project_id=project.pk, organisation=organisation, role=EngagementRole(role), user=user, now=now
    )


def make_running(count: int = 3, **values: Any) -> SharedProject:
    """A project whose call is over, with so many stakeholders."""
    project = make_project(**values)
    for rank in range(count):
        make_engaged(project, f"Partie {rank}")
    by = project.created_by
    opening.end_call(project_id=project.pk, now=clock.now(), by=by)
    project.refresh_from_db()
    return project
