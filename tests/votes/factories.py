"""Votes at every stage. Opened and closed by the services themselves, under a held clock."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from commun.accounts.api import create_member
from commun.common import clock as common_clock
from commun.territories.api import MandateLevel, Organisation
from commun.votes import api
from tests.territories.factories import make_mandate

OPENS = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
DRAFTS = tuple(
    api.ElectorDraft(key=f"commune:{code}", kind="commune", label=label, departement=code[:2], region=region)
    for code, label, region in [
        ("01015", "Arboys en Bugey (Ain)", "Auvergne-Rhône-Alpes"),
        ("38421", "Saint-Martin-d'Hères (Isère)", "Auvergne-Rhône-Alpes"),
        ("93066", "Saint-Denis (Seine-Saint-Denis)", "Île-de-France"),
        ("97411", "Saint-Denis (La Réunion)", "La Réunion"),
    ]
)
THEMES = ("Mobilités douces", "Santé de proximité", "Sobriété foncière")


def make_draft(**values: Any) -> api.Vote:
    themes = values.pop("themes", THEMES)
    filled = {
        "title": "Le prochain projet partagé",
        "presentation": "Choisissons ensemble.",
        "method": "majority_judgment",
        "kinds": ["commune"],
        "ladder": ["ready", "departements", "draw"],
        "public_value_name": "Les six numéros du tirage du 5 décembre 2026",
        "note": "",
        "opens_at": OPENS,
        "closes_at": CLOSES,
        **values,
    }
    options = [api.OptionDraft(title=title) for title in themes]
    return api.create_vote(values=filled, options=options, by=None, now=OPENS - timedelta(days=9))


def make_scheduled(**values: Any) -> api.Vote:
    vote = make_draft(**values)
    return api.schedule_vote(vote_id=vote.pk, by=None, now=OPENS - timedelta(days=8))


def make_open(clock: Any, *, drafts: Sequence[api.ElectorDraft] = DRAFTS, **values: Any) -> api.Vote:
    vote = make_scheduled(**values)
    clock.at = max(clock.at, vote.opens_at)
    return api.open_vote(vote_id=vote.pk, electors=drafts)


def make_closed(clock: Any, vote: api.Vote) -> api.Vote:
    clock.at = vote.closes_at
    return api.close_vote(vote_id=vote.pk)


def make_organisation(draft: api.ElectorDraft = DRAFTS[0]) -> Organisation:
    siren = {"commune:01015": "200053668", "commune:38421": "213804214", "commune:93066": "219300662"}
    return Organisation.objects.create(
        name=draft.label, slug=draft.key.replace(":", "-"), siren=siren.get(draft.key, "219740115"), is_checked=True
    )


def make_member(elector: api.Elector, email: str = "camille@example.org", *, level: int = MandateLevel.M1) -> Any:
    """Somebody who may act for this elector."""
    if elector.organisation_id is None:
        draft = next(draft for draft in DRAFTS if draft.key == elector.key)
        organisation = Organisation.objects.filter(slug=draft.key.replace(":", "-")).first()
        elector.organisation = organisation or make_organisation(draft)
        elector.save(update_fields=["organisation"])
    user = create_member(email=email)
    make_mandate(user=user, organisation=elector.organisation, now=common_clock.now(), level=MandateLevel(level))
    return user


def elector_of(vote: api.Vote, rank: int = 0) -> api.Elector:
    return api.Elector.objects.filter(vote=vote).order_by("pk")[rank]


def cast(user: Any, elector: api.Elector, grades: Sequence[int], **options: Any) -> api.Receipt:
    elector.refresh_from_db()
    values = {
        "roles": [0] * len(grades),
        "submission": secrets.token_urlsafe(32),
        "seen": elector.last_number,
        **options,
    }
    return api.cast_ballot(elector=elector, grades=grades, user=user, **values)
