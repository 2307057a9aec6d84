"""From a theme to a draft issue, already filled with what the theme has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import slugify

from commun.accounts.models import User
from commun.agenda.api import recent_news, upcoming_events
from commun.common import clock, french
from commun.cooperation.api import echoes_since, needs_for_the_letter
from commun.library.api import ResourceKind, ResourcePage, ThemePage, themes_calendar
from commun.newsletters.calls import call_until
from commun.newsletters.exceptions import ArchiveMissing
from commun.newsletters.models import IssueIndexPage, IssuePage
from commun.newsletters.rendering.checks import PREHEADER_MAX, launches_a_call
from commun.newsletters.selectors.proposals import Filling, filling
from commun.newsletters.services.briefs import last_left_at, projects_to_tell, votes_to_tell
from commun.newsletters.services.currency import is_current_event, is_current_news
from commun.newsletters.services.topics import ensure_theme_topic
from commun.newsletters.types import CallKind
from commun.peers.api import accepted_since
from commun.territories.api import Organisation

SOUGHT = 4
NEWS = 4
EVENTS = 6
LOOKED_AT = 60  # of them, what still holds when the issue appears
WELCOME = (
    "Tous les deux mois, une thématique, et des collectivités qui racontent comment elles s’y prennent "
    "avec leurs habitantes et leurs habitants."
)


def compose_issue(
    *, theme: ThemePage, user: User | None, now: datetime | None = None, more: Sequence[int] = ()
) -> IssuePage:
    """Create a draft issue on a theme, with every section it can fill. `more`: numbers of resources and concepts to add
    to what the theme has; those no longer on line are left out. Raises `ArchiveMissing`."""
    now = now or clock.now()
    archive = IssueIndexPage.objects.first()
    if archive is None:
        raise ArchiveMissing()
    with transaction.atomic():
        # Two editors composing at once must not take the same number.
        IssueIndexPage.objects.select_for_update().get(pk=archive.pk)
        number = (IssuePage.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        today = timezone.localdate(now)
        day = max(theme.planned_month or today, today)
        issue = IssuePage(
            title=theme.title,
            slug=_free_slug(theme=theme, archive=archive, number=number),
            number=number,
            date=day,
            theme=theme,
            subject=_subject(theme=theme, number=number),
            preheader=_preheader(theme),
            welcome=WELCOME,
            body=_sections(theme=theme, now=now, day=day, more=more),
            owner=user,
            live=False,
        )
        archive.add_child(instance=issue)
        issue.save_revision(user=user, log_action=True)
        ensure_theme_topic(theme=theme)
    return IssuePage.objects.get(pk=issue.pk)  # as stored: every field of every section is there


def _free_slug(*, theme: ThemePage, archive: IssueIndexPage, number: int) -> str:
    taken = set(archive.get_children().values_list("slug", flat=True))
    slug = slugify(re.sub(r"[’']", " ", theme.title))[:200] or f"numero-{number}"
    # A slug of digits only would be taken for a number.
    return slug if slug not in taken and not slug.isdecimal() else f"{slug}-{number}"


def _subject(*, theme: ThemePage, number: int) -> str:
    whole = f"{theme.title} – lettre n° {number}"
    return whole if len(whole) <= 60 else theme.title[:60]


def _preheader(theme: ThemePage) -> str:
    """As much of the summary as mailboxes show, whole sentences where one fits."""
    whole = theme.summary.strip()
    if len(whole) <= PREHEADER_MAX:
        return whole
    cut = whole[:PREHEADER_MAX]
    sentence, stop, _ = cut.rpartition(". ")
    return f"{sentence}." if stop else f"{cut.rpartition(' ')[0].rstrip(' ,;:')}…"


def _sections(*, theme: ThemePage, now: datetime, day: date, more: Sequence[int]) -> list[tuple[str, Any]]:
    """What still holds on the day the issue appears, and nothing else."""
    taken = filling(theme=theme)
    asked = ResourcePage.objects.live().filter(pk__in=more).exclude(pk__in=[page.pk for page in taken.resources])
    added = sorted(asked, key=lambda page: more.index(page.pk))
    resources, used = _resources(taken, added=[page for page in added if page.kind != ResourceKind.CONCEPT])
    concepts = [*filter(None, [taken.concept]), *(page.specific for page in added if page.kind == ResourceKind.CONCEPT)]
    sections = [
        ("theme", _theme(theme)),
        *resources,
        *_echoes(but=used),
        *_seekers(),
        *_standing(now=now),
        *_calls(theme=theme, now=now, day=day),
    ]
    sections += [("concept", {"kicker": "Le concept du mois", "page": page, "links": []}) for page in concepts]
    sections += _news_and_dates(theme=theme, now=now, day=day)
    text = "<p>Une rencontre, une visite, une formation ? Une date, un lieu, un lien, et nous l’annonçons ici.</p>"
    sections.append(_call("event_call", "Un événement à faire connaître ?", text, "Annoncer un événement"))
    text = "<p>Répondez simplement à ce message : la rédaction lit tout.</p>"
    sections.append(_call("questions", "Une question, une remarque ?", text, "Écrire à la rédaction"))
    partners = list(Organisation.objects.filter(is_partner=True)[:8])
    if partners:
        sections.append(("partners", {"title": "Une lettre portée par", "items": partners}))
    return sections


def _theme(theme: ThemePage) -> dict[str, Any]:
    return {
        "kicker": "La thématique du mois",
        "title": theme.title,
        "intro": _answered(theme.introduction) or f"<p>{escape(theme.summary)}</p>",
        "show_image": True,
        "question": theme.question,
        "label": "Préciser notre besoin",
    }


def _answered(introduction: str) -> str:
    """Without the paragraphs that ask for contributions: this issue publishes what came."""
    paragraphs = re.split(r"(?<=</p>)", introduction)
    return "".join(words for words in paragraphs if not launches_a_call(words))


def _resources(taken: Filling, *, added: list[ResourcePage]) -> tuple[list[tuple[str, Any]], set[int]]:
    """Sections, and ids of the pages they show. Of what was added, an experience opens where the theme has none."""
    sections: list[tuple[str, Any]] = []
    opening = taken.opening or next((page for page in added if page.kind == ResourceKind.EXPERIENCE), None)
    rest = [*taken.rest, *(page for page in added if page != opening)]
    if opening is not None:
        featured = {"kicker": "Pour commencer", "page": opening, "show_image": True, "show_figures": True}
        sections.append(("featured", featured))
    if rest:
        title = "Des expériences et des méthodes pour vous inspirer"
        items = [{"page": page} for page in rest]
        sections.append(("inspirations", {"title": title, "items": items, "show_images": True}))
    return sections, {page.pk for page in (*filter(None, [opening]), *rest)}


def _echoes(*, but: set[int]) -> list[tuple[str, Any]]:
    """What came of the letter since the last one left; nothing where nothing did."""
    since = last_left_at()
    found, met = echoes_since(since=since), accepted_since(since=since)
    lines = []
    if found.begun:
        verb = "se lance" if found.begun == 1 else "se lancent"
        lines.append(
            f"{french.count(found.begun, 'collectivité')} {verb} après une lecture : « nous voulons le faire »."
        )
    if found.done:
        led = "a mené à bien sa démarche" if found.done == 1 else "ont mené à bien leur démarche"
        lines.append(f"{french.count(found.done, 'collectivité')} {led}.")
    if found.told:
        told = "raconte ce qu’elle en a fait" if found.told == 1 else "racontent ce qu’elles en ont fait"
        lines.append(f"{french.count(found.told, 'collectivité')} {told}.")
    if met:
        lines.append(f"{french.count(met, 'mise en relation acceptée|mises en relation acceptées')}.")
    stories = [story for story, _ in found.stories if story.pk not in but]
    if not lines and not stories:
        return []
    return [("outcomes", {"title": "Ce que la lettre a fait naître", "lines": lines, "stories": stories})]


def _seekers() -> list[tuple[str, Any]]:
    """Needs that agreed to be shown, the latest first; nothing where none did."""
    items = [
        {"title": french.name(need.title), "who": french.name(need.who), "reference": need.reference}
        for need in needs_for_the_letter()[:SOUGHT]
    ]
    return [("seekers", {"title": "Ils cherchent", "items": items})] if items else []


def _standing(*, now: datetime) -> list[tuple[str, Any]]:
    """Votes that ended or come, projects that moved; their words are written when the letter is frozen."""
    since = last_left_at()
    votes = [{"vote": vote, "words": ""} for vote in votes_to_tell(since=since, now=now)]
    projects = [{"project": project, "words": ""} for project in projects_to_tell(since=since, now=now)]
    sections = []
    if votes:
        sections.append(("vote_state", {"title": "Les votes, où en sont-ils ?", "items": votes}))
    if projects:
        sections.append(("project_news", {"title": "Des nouvelles des projets partagés", "items": projects}))
    return sections


def _calls(*, theme: ThemePage, now: datetime, day: date) -> list[tuple[str, Any]]:
    today = timezone.localdate(now)
    coming = next((entry for entry in themes_calendar() if _calls_next(entry=entry, theme=theme, today=today)), None)
    if coming is not None:
        text = (
            f"<p>La prochaine lettre portera sur <b>{escape(coming.theme.title)}</b>. Un récit, un guide, un document "
            ": envoyez-le tel quel, nous le mettrons en page avec vous.</p>"
        )
        deadline = coming.call_until
    else:
        text = "<p>Un récit, un guide, un document : envoyez-le tel quel, nous le mettrons en page avec vous.</p>"
        deadline = None
    calls = [_call("contribution_call", "Une ressource à partager ?", text, "Proposer une ressource", deadline)]
    until = call_until(kind=CallKind.VOTE)
    if until is not None and until < day:
        return calls  # it will be over
    text = (
        "<p>Donnez votre avis sur les thématiques proposées, selon ce qui compte chez vous : la mieux placée deviendra "
        "un projet partagé entre plusieurs collectivités.</p>"
    )
    return [*calls, _call("vote_call", "Le prochain projet partagé : à vous de choisir", text, "Voter")]


def _calls_next(*, entry: Any, theme: ThemePage, today: Any) -> bool:
    later = theme.planned_month is None or (entry.planned_month or theme.planned_month) > theme.planned_month
    return bool(entry.theme.live and entry.theme != theme and later and entry.call_until and entry.call_until >= today)


def _news_and_dates(*, theme: ThemePage, now: datetime, day: date) -> list[tuple[str, Any]]:
    """What is tied to the theme first, then whatever else is coming."""
    sections: list[tuple[str, Any]] = []
    news = _distinct([*recent_news(now=now, theme=theme, limit=LOOKED_AT), *recent_news(now=now, limit=LOOKED_AT)])
    news = [page for page in news if is_current_news(page, day=day)][:NEWS]
    if news:
        items = [{"page": page} for page in news]
        sections.append(("news", {"title": "Actualités des partenaires", "items": items}))
    events = [*upcoming_events(now=now, theme=theme, limit=LOOKED_AT), *upcoming_events(now=now, limit=LOOKED_AT)]
    events = [event for event in _distinct(events) if is_current_event(event, day=day)][:EVENTS]
    if events:
        sections.append(("agenda", {"title": "À vos agendas", "items": events, "show_more": True}))
    return sections


def _distinct(pages: list[Any]) -> list[Any]:
    return list({page.pk: page for page in pages}.values())


def _call(kind: str, title: str, text: str, label: str, deadline: Any = None) -> tuple[str, Any]:
    return kind, {"title": title, "text": text, "label": label, "deadline": deadline, "url": ""}
