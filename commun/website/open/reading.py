"""Records made of what is published, lot by lot: by the number of the last one, never by counting pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse
from wagtail.models import Page

from commun.agenda.api import EventPage
from commun.cms.api import Licence, get_network, on_line
from commun.library.api import ResourcePage, ThemePage
from commun.newsletters.api import IssuePage, published_issues
from commun.territories.api import Organisation, Territory, listed_organisations, places_within
from commun.votes.api import Option, Vote, VoteState
from commun.website.open import records

LOT = 500
# Whatever says no other: texts of the network, and facts of public registers.
_TEXTS, _FACTS = Licence.CC_BY_SA, Licence.OPEN


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What narrows a list. `after`: the number (of the database) of the last record seen."""

    after: int = 0
    limit: int = 50
    theme: str = ""
    kind: str = ""
    territory: str = ""
    changed_since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """`rows`: a query set in the order of its numbers; `make`: one row as a record."""

    rows: Callable[[Asked], QuerySet]
    by_id: Callable[[str], dict[str, Any]]
    make: Callable[[Any, str], records.Entry]  # given who publishes, too


def lot(*, table: str, asked: Asked) -> tuple[list[records.Entry], int | None]:
    """The next records, and the number after which to go on; None at the end."""
    found = TABLES[table]
    rows = list(found.rows(asked).filter(pk__gt=asked.after)[: asked.limit + 1])
    shown = rows[: asked.limit]
    by = get_network().publisher
    return [found.make(row, by) for row in shown], shown[-1].pk if len(rows) > asked.limit else None


def one(*, table: str, identity: str) -> records.Entry | None:
    found = TABLES[table]
    row = found.rows(Asked()).filter(**found.by_id(identity)).first()
    return None if row is None else found.make(row, get_network().publisher)


def every(*, table: str) -> Iterator[records.Entry]:
    """All of a table; memory holds a lot of it."""
    after: int | None = 0
    while after is not None:
        made, after = lot(table=table, asked=Asked(after=after, limit=LOT))
        yield from made


# --- What they share ---------------------------------------------------------------------------------------------


def _whole(path: str | None) -> str:
    return f"{settings.SITE_URL}{path or '/'}"


def _licence(licence: Licence) -> records.LicenceRecord:
    return records.LicenceRecord(code=licence.value, name=licence.short, url=licence.url)


def _base(*, identity: str, path: str | None, licence: Licence, author: str) -> dict[str, Any]:
    url = _whole(path)
    return {
        "id": identity,
        "url": url,
        "licence": _licence(licence),
        "attribution": f"{author}, {licence.short}, {url}",
    }


def _page(page: Page, *, author: str, licence: Licence = _TEXTS) -> dict[str, Any]:
    return {
        **_base(identity=str(page.translation_key), path=page.get_url(), licence=licence, author=author),
        "published_at": page.first_published_at,
        "updated_at": page.last_published_at,
    }


def _to_page(page: Page) -> records.Reference:
    return records.Reference(id=str(page.translation_key), name=page.title, url=_whole(page.get_url()))


def _to_place(place: Territory) -> records.Reference:
    return records.Reference(id=place.key, name=place.label, url="")


def _to_body(body: Organisation) -> records.Reference:
    url = _whole(reverse("territories:organisation", args=[body.slug])) if body.is_checked else ""
    return records.Reference(id=str(body.pk), name=body.name, url=url)


def _narrowed(found: QuerySet, asked: Asked, *, places: str) -> QuerySet:
    if asked.theme:
        found = found.filter(themes__slug=asked.theme, themes__live=True)
    if asked.territory:
        found = found.filter(**{f"{places}__in": places_within(key=asked.territory)})
    if asked.changed_since is not None:
        found = found.filter(last_published_at__gte=asked.changed_since)
    return found.order_by("pk").distinct()


# --- Tables ------------------------------------------------------------------------------------------------------


def _resources(asked: Asked) -> QuerySet:
    found = ResourcePage.objects.live()
    if asked.kind:
        found = found.filter(content_type__model=f"{asked.kind}page")
    found = _narrowed(found, asked, places="territories").select_related("contributor", "content_type")
    related = ("themes", "territories__departement", "territories__epci", "organisations", "documents__document")
    return found.prefetch_related(*related, "experiencepage__figures")


def _resource(page: ResourcePage, by: str) -> records.ResourceRecord:
    kind, story = page.kind, getattr(page, "experiencepage", None)
    means = {} if story is None else {
        "cost": story.means_cost, "time": story.means_time, "people": story.means_people,
    }  # fmt: skip
    author = page.contributor.name if page.contributor else by
    return records.ResourceRecord(
        **_page(page, licence=Licence(page.licence) if page.licence else Licence.RESERVED, author=author),
        kind=kind.value,
        title=page.title,
        summary=page.summary,
        themes=[_to_page(one) for one in on_line(page.themes.all())],
        territories=[_to_place(one) for one in page.territories.all()],
        organisations=[_to_body(one) for one in page.organisations.all()],
        contributor=_to_body(page.contributor) if page.contributor else None,
        audiences=list(page.audiences),
        obstacles=list(page.obstacles),
        stage=page.stage,
        reviewed_on=page.reviewed_on,
        source_url=page.source_url,
        means={name: text for name, text in means.items() if text},
        figures=[
            records.FigureRecord(
                value=one.value, label=one.label, date=one.date, source=one.source, source_url=one.source_url
            )
            for one in (story.figures.all() if story is not None else ())
        ],
        documents=[_whole(one.document.url) for one in page.documents.all()],
    )


def _events(asked: Asked) -> QuerySet:
    found = _narrowed(EventPage.objects.live(), asked, places="territory")
    return found.select_related("territory__departement", "territory__epci", "organiser").prefetch_related("themes")


def _event(page: EventPage, by: str) -> records.EventRecord:
    clock = ZoneInfo(page.time_zone)
    return records.EventRecord(
        **_page(page, author=by),
        title=page.title,
        kind=page.kind,
        summary=page.summary,
        start=page.start.astimezone(clock),
        end=page.end.astimezone(clock),
        all_day=page.all_day,
        time_zone=page.time_zone,
        is_cancelled=page.is_cancelled,
        place=page.place,
        is_online=page.is_online,
        territory=_to_place(page.territory) if page.territory else None,
        organiser=page.organiser.name if page.organiser else "",
        registration_url=page.registration_url,
        themes=[_to_page(one) for one in on_line(page.themes.all())],
    )


def _themes(asked: Asked) -> QuerySet:
    found = ThemePage.objects.live().order_by("pk")
    return found.filter(last_published_at__gte=asked.changed_since) if asked.changed_since else found


def _theme(page: ThemePage, by: str) -> records.ThemeRecord:
    return records.ThemeRecord(
        **_page(page, author=by),
        title=page.title,
        summary=page.summary,
        question=page.question,
        planned_month=page.planned_month,
        call_until=page.call_until,
    )


def _issues(asked: Asked) -> QuerySet:
    found = published_issues().select_related("theme")
    if asked.theme:
        found = found.filter(theme__slug=asked.theme)
    if asked.changed_since is not None:
        found = found.filter(last_published_at__gte=asked.changed_since)
    return found.order_by("pk")


def _issue(page: IssuePage, by: str) -> records.IssueRecord:
    return records.IssueRecord(
        **_page(page, author=by),
        number=page.number,
        title=page.title,
        summary=page.preheader,
        date=page.date,
        theme=_to_page(page.theme),
    )


def _organisations(asked: Asked) -> QuerySet:
    found = listed_organisations().select_related("territory__epci").order_by("pk")
    return found.filter(kind=asked.kind) if asked.kind else found


def _organisation(body: Organisation, by: str) -> records.OrganisationRecord:
    path = reverse("territories:organisation", args=[body.slug])
    return records.OrganisationRecord(
        **_base(identity=str(body.pk), path=path, licence=_FACTS, author=by),
        name=body.name,
        kind=body.kind,
        siren=body.siren or (body.territory.siren if body.territory else ""),
        territory=_to_place(body.territory) if body.territory else None,
        website=body.website,
        is_partner=body.is_partner,
    )


def _territories(asked: Asked) -> QuerySet:
    # Codes alone: four rows made for each of 36,000 places were half of the time that files of the night take.
    above = {f"{name}_code": F(f"{name}__code") for name in ("departement", "region", "epci")}
    successor = {"successor_kind": F("successor__kind"), "successor_code": F("successor__code")}
    found = Territory.objects.annotate(**above, **successor).defer("search_name", "postcodes").order_by("pk")
    return found.filter(kind=asked.kind) if asked.kind else found


def _territory(place: Any, by: str) -> records.TerritoryRecord:
    return records.TerritoryRecord(
        **_base(
            identity=place.key,
            path=f"/ressources/?lieu={place.key}",
            licence=_FACTS,
            author="Insee, code officiel géographique",
        ),
        kind=place.kind,
        code=place.code,
        name=place.name,
        population=place.population,
        departement=place.departement_code or "",
        region=place.region_code or "",
        epci=place.epci_code or "",
        vintage=place.vintage,
        is_obsolete=place.obsolete,
        successor=f"{place.successor_kind}:{place.successor_code}" if place.successor_code else "",
    )


def _votes(asked: Asked) -> QuerySet:
    return Vote.objects.public().order_by("pk").prefetch_related("options")


def _vote(vote: Vote, by: str) -> records.VoteRecord:
    options: Iterable[Option] = vote.options.all()
    return records.VoteRecord(
        **_base(identity=vote.slug, path=reverse("votes:vote", args=[vote.slug]), licence=_FACTS, author=by),
        title=vote.title,
        state=vote.state,
        method=vote.method,
        opens_at=vote.opens_at,
        closes_at=vote.closes_at,
        options=[records.OptionRecord(number=one.number, title=one.title) for one in options],
        box_url=_whole(reverse("votes:box", args=[vote.slug])) if vote.box_is_public else "",
        electors_url="" if vote.state == VoteState.SCHEDULED else _whole(reverse("votes:electorate", args=[vote.slug])),
        program_url=_whole(reverse("votes:program")),
    )


def _by_key(identity: str) -> dict[str, Any]:
    return {"translation_key": identity}


def _by_place(identity: str) -> dict[str, Any]:
    kind, _, code = identity.partition(":")
    return {"kind": kind, "code": code}


TABLES: dict[str, Table] = {
    "resources": Table(rows=_resources, by_id=_by_key, make=_resource),
    "events": Table(rows=_events, by_id=_by_key, make=_event),
    "themes": Table(rows=_themes, by_id=_by_key, make=_theme),
    "issues": Table(rows=_issues, by_id=_by_key, make=_issue),
    "organisations": Table(rows=_organisations, by_id=lambda identity: {"pk": int(identity)}, make=_organisation),
    "territories": Table(rows=_territories, by_id=_by_place, make=_territory),
    "votes": Table(rows=_votes, by_id=lambda identity: {"slug": identity}, make=_vote),
}
