"""Needs, proposed themes and a shared project, brought where they are by the services themselves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from commun.accounts.api import create_member
from commun.accounts.models import User
from commun.cooperation import api
from commun.demo.content import cooperation as content
from commun.demo.content.markup import to_text
from commun.demo.content.votes import CLOSED_TITLE, MANDATES, account_of
from commun.demo.services.people import editor
from commun.demo.services.shelf import Shelf
from commun.library.api import ExperiencePage
from commun.territories import api as territories
from commun.votes.api import Vote

_ANSWERED_AFTER = timedelta(days=2)


def load_cooperation(*, shelf: Shelf, now: datetime) -> None:
    """Once: what people did since is left alone."""
    if api.Need.objects.exists() or api.SharedProject.objects.exists():
        return
    for need in content.NEEDS:
        _state(need=need, shelf=shelf, now=now)
    for proposal in content.PROPOSALS:
        _propose(proposal=proposal, shelf=shelf, now=now)
    for start in content.STARTS:
        _begin(start=start, shelf=shelf, now=now)
    _hold_project(now=now)


def _begin(*, start: content.DemoStart, shelf: Shelf, now: datetime) -> None:
    whose, at = _whose(start.place, shelf), now - timedelta(days=start.days)
    row = api.begin_start(
        page=_experience(start.after),
        organisation=whose["organisation"],
        user=whose["user"],
        purpose=to_text(start.purpose),
        now=at,
    )
    if start.news:
        later = at + timedelta(days=start.days * 2 // 3)
        state = api.StartState(start.state)
        api.tell_start(start_id=row.pk, state=state, words=to_text(start.news), by=whose["user"], now=later)
    if start.gave:
        api.start_gave(reference=row.reference, page=_experience(start.gave))


def _experience(title: str) -> ExperiencePage:
    return ExperiencePage.objects.get(title__contains=to_text(title))


def _whose(place: str, shelf: Shelf) -> dict[str, Any]:
    """The collectivité of this place, and whoever acts for it in the story."""
    email = next((email for email, key in MANDATES.items() if key == place), "")
    user = create_member(email=email) if email else None
    return {
        "organisation": territories.organisation_of(territory=shelf.place(place)),
        "in_its_name": user is not None,
        "user": user,
        "address": email,
        "name": user.get_full_name() if user else "",
    }


def _state(*, need: content.DemoNeed, shelf: Shelf, now: datetime) -> None:
    at = now - timedelta(days=need.days)
    given = api.GivenNeed(
        title=to_text(need.title),
        text=to_text(need.text),
        theme=shelf.themes.get(need.theme),
        stage=need.stage,
        constraints=to_text(need.constraints),
        **_whose(need.place, shelf),
    )
    row = api.state_need(given=given, now=at)
    if need.shown:
        api.show_need(need_id=row.pk, shown=True, now=at)
    later = at + _ANSWERED_AFTER
    if need.state == "looked_at":
        api.look_at_need(need_id=row.pk, by=editor(), now=later)
    if need.answer:
        matches = api.suggest_matches(need=row, now=later, limit=6)
        pages = [one for one in matches if one.page is not None][:2]
        attached = [api.Attached(page_id=one.page.pk, reasons=one.reasons) for one in pages]  # type: ignore[union-attr]
        api.answer_need(need_id=row.pk, text=to_text(need.answer), attached=attached, by=editor(), now=later)
    if need.state == "closed":
        api.finish_need(need_id=row.pk, end=api.NeedEnd.SOLVED, now=later + timedelta(days=9))


def _propose(*, proposal: content.DemoProposal, shelf: Shelf, now: datetime) -> None:
    at = now - timedelta(days=proposal.days)
    given = api.Given(title=to_text(proposal.title), text=to_text(proposal.text), **_whose(proposal.place, shelf))
    row = api.propose_theme(given=given, now=at)
    if proposal.state == "shortlisted":
        api.shortlist(proposal_id=row.pk, by=editor(), now=at + _ANSWERED_AFTER)
    elif proposal.state != "new":
        into = api.ThemeProposal.objects.get(title=to_text(proposal.state))
        api.merge_proposals(proposal_id=row.pk, into_id=into.pk, by=editor(), now=at + _ANSWERED_AFTER)


def _hold_project(*, now: datetime) -> None:
    """The vote that is over became a project: three départements committed themselves, two look on."""
    vote = Vote.objects.filter(title=to_text(CLOSED_TITLE)).first()
    if vote is None:
        return
    choice = next(one for one in api.choices_of(vote=vote) if not one.why_not)
    opened = now - timedelta(days=25)
    project = api.open_project(
        vote=vote, number=choice.number, by=editor(), now=opened, summary=to_text(content.PROJECT_SUMMARY)
    )
    for rank, code in enumerate((*content.STAKEHOLDERS, *content.OBSERVERS)):
        _enrol(project=project, code=code, at=opened + timedelta(days=1 + rank))
    api.end_call(project_id=project.pk, now=now - timedelta(days=12), by=editor())
    project.refresh_from_db()
    _write(project=project, now=now)


def _enrol(*, project: api.SharedProject, code: str, at: datetime) -> None:
    person = create_member(email=account_of(code))
    held = territories.memberships_of(user=person, at=at)[0]
    role = api.EngagementRole.STAKEHOLDER if code in content.STAKEHOLDERS else api.EngagementRole.OBSERVER
    if role == api.EngagementRole.STAKEHOLDER:
        level, method = territories.MandateLevel.M3, territories.MandateMethod.LETTER
        territories.prove_membership(membership=held, level=level, method=method, now=at)
    api.enrol(project_id=project.pk, organisation=held.organisation, role=role, user=person, now=at)


def _write(*, project: api.SharedProject, now: datetime) -> None:
    for code, aims in content.AIMS.items():
        person = create_member(email=account_of(code))
        api.set_aims(access=_access(project, person, now), aims=to_text(aims), now=now - timedelta(days=6))
    person = create_member(email=account_of(content.STAKEHOLDERS[0]))
    access = _access(project, person, now)
    for rank, (title, text, public) in enumerate(content.DECISIONS):
        api.write_entry(
            access=access,
            kind=api.EntryKind.DECISION,
            title=to_text(title),
            text=to_text(text),
            is_public=public,
            user=person,
            now=now - timedelta(days=9 - rank),
        )
    title, agenda = content.MEETING
    start = (now + timedelta(days=16)).replace(hour=13, minute=0, second=0, microsecond=0)
    values = {
        "title": to_text(title),
        "start": start,
        "end": start + timedelta(hours=2),
        "place": "Hôtel du département, Quimper",
        "video_url": "",
        "agenda": to_text(agenda),
    }
    api.plan_meeting(access=access, values=values, announce=False, user=person, now=now - timedelta(days=4))


def _access(project: api.SharedProject, person: User, now: datetime) -> Any:
    found = api.access_of(user=person, project=project, at=now)
    assert found is not None
    return found
