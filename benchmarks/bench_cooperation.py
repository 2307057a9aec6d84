"""Five thousand collectivités that cooperate: their network computed, their pages served, all that is due swept.

On PostgreSQL, through the real services and pages, with one client. 20,000 needs, 30,000 starts after 3,000
experiences, which make some 30,000 links. What is due is what a worker that was silent from Friday to Monday finds.
BODIES=500: a short run, everything in proportion.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from benchmarks.bench_matching import Writer, link, make_pages, parent_of
from benchmarks.databases import environment, processor_seconds, set_up
from benchmarks.machine import apart

BODIES = int(os.environ.get("BODIES") or 5_000)
NEEDS, STARTS, EXPERIENCES = 4 * BODIES, 6 * BODIES, 3 * BODIES // 5
INTRODUCTIONS = BODIES // 2
# Three days' worth: a start and an answered need are asked about three times in a year or so; of introductions, so many
# to remind, to tell and to ask about.
ASKED_STARTS, ASKED_NEEDS, DUE = STARTS * 9 // 365, NEEDS * 9 // 365, BODIES // 50
VISITS = 40
LOT = 2_000


def make(values: dict[str, str]) -> None:
    set_up(values)
    from django.db import connection, transaction

    with transaction.atomic():
        writer = Writer(seed=7)
        bodies, people = make_bodies(writer)
        pages = make_library(writer, bodies=bodies)
        make_needs(writer, bodies=bodies, people=people)
        make_starts(writer, bodies=bodies, people=people, pages=pages)
        make_introductions(writer, bodies=bodies, people=people)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    from commun.finding.api import rebuild

    rebuild(progress=lambda *told: None)


def make_bodies(writer: Writer) -> tuple[list[Any], list[Any]]:
    from commun.accounts.models import User
    from commun.common import clock
    from commun.territories.api import Membership, Organisation, Territory

    def place(kind: str, number: int, **more: Any) -> Any:
        name = f"{kind} {number}"
        return Territory(kind=kind, code=f"{number:05}", name=name, search_name=name, vintage=2026, **more)

    now = clock.now()
    regions = Territory.objects.bulk_create([place("region", n) for n in range(13)])
    departements = Territory.objects.bulk_create([place("departement", n, region=regions[n % 13]) for n in range(96)])
    communes = Territory.objects.bulk_create(
        [
            place(
                "commune",
                n,
                population=int(writer.random.paretovariate(0.8) * 150),
                departement=departements[n % 96],
                region=departements[n % 96].region,
            )
            for n in range(BODIES)
        ],
        batch_size=LOT,
    )
    bodies = Organisation.objects.bulk_create(
        [
            Organisation(name=one.name, search_name=one.name, slug=f"place-{one.pk}", territory=one, is_checked=True)
            for one in communes
        ],
        batch_size=LOT,
    )
    people = User.objects.bulk_create([User(email=f"elue-{n}@example.org") for n in range(BODIES)], batch_size=LOT)
    Membership.objects.bulk_create(
        [
            Membership(
                user=user,
                organisation=body,
                level=1,
                method="address",
                declared_at=now,
                verified_at=now,
                expires_at=now + timedelta(days=365),
            )
            for user, body in zip(people, bodies, strict=True)
        ],
        batch_size=LOT,
    )
    return bodies, people


def make_library(writer: Writer, *, bodies: list[Any]) -> list[Any]:
    from commun.library.api import ExperiencePage, ResourcePage, ThemePage

    themes = [ThemePage(title=f"Thématique {n}", slug=f"theme-{n}", summary=writer.write(30)) for n in range(12)]
    themes = make_pages(parent_of("ThemeIndexPage"), themes)
    pages = [
        ExperiencePage(
            title=f"{writer.write(8)} {number}",
            slug=f"r-{number}",
            summary=writer.write(35),
            body=writer.body(150),
            licence="cc-by",
            contributor=writer.random.choice(bodies),
        )
        for number in range(EXPERIENCES)
    ]
    made = make_pages(parent_of("ResourceIndexPage"), pages)
    link(ResourcePage.themes, [(page.pk, writer.random.choice(themes).pk) for page in made])
    return made


def make_needs(writer: Writer, *, bodies: list[Any], people: list[Any]) -> None:
    from commun.common import clock
    from commun.cooperation.models import Need, NeedAnswer
    from commun.library.api import ThemePage

    now, themes = clock.now(), list(ThemePage.objects.order_by("pk"))
    needs = []
    for number in range(NEEDS):
        rank = number % BODIES
        answered = number < ASKED_NEEDS
        needs.append(
            Need(
                title=writer.write(9),
                text=writer.write(40),
                theme=themes[number % len(themes)],
                organisation=bodies[rank],
                in_its_name=True,
                territory=bodies[rank].territory,
                user=people[rank],
                address=people[rank].email,
                state="answered" if answered else "new",
                remind_at=now if answered else None,
                stated_at=now - timedelta(days=number % 700),
                moved_at=now - timedelta(days=20),
            )
        )
    made = Need.objects.bulk_create(needs, batch_size=LOT)
    NeedAnswer.objects.bulk_create(
        [
            NeedAnswer(need=one, from_team=True, text="Voici.", at=now - timedelta(days=10))
            for one in made[:ASKED_NEEDS]
        ],
        batch_size=LOT,
    )


def make_starts(writer: Writer, *, bodies: list[Any], people: list[Any], pages: list[Any]) -> None:
    from commun.common import clock
    from commun.cooperation.models import Start

    now = clock.now()
    pairs: dict[tuple[int, int], None] = {}
    while len(pairs) < STARTS:
        page = min(int(writer.random.paretovariate(0.7)), EXPERIENCES) - 1  # some are taken up by many
        if writer.random.random() < 0.5:
            page = writer.random.randrange(EXPERIENCES)
        pairs[page, writer.random.randrange(BODIES)] = None
    Start.objects.bulk_create(
        [
            Start(
                inspired_by_id=pages[page].pk,
                inspired_title=pages[page].title,
                organisation=bodies[rank],
                place_key=bodies[rank].territory.key,
                user=people[rank],
                state=("launched", "running")[number % 2],
                is_proved=number % 30 != 0,
                is_public=number % 5 != 0,
                started_at=now - timedelta(days=200),
                moved_at=now - timedelta(days=200),
                asked=1,
                ask_at=now if number < ASKED_STARTS else now + timedelta(days=90),
            )
            for number, (page, rank) in enumerate(pairs)
        ],
        batch_size=LOT,
    )


def make_introductions(writer: Writer, *, bodies: list[Any], people: list[Any]) -> None:
    from commun.common import clock
    from commun.peers.models import Introduction

    now = clock.now()
    pairs: dict[tuple[int, int], None] = {}
    while len(pairs) < INTRODUCTIONS + 2 * DUE:
        one, other = writer.random.sample(range(BODIES), 2)
        pairs[one, other] = None
    rows = []
    for number, (one, other) in enumerate(pairs):
        accepted = number < INTRODUCTIONS
        silent = number >= INTRODUCTIONS + DUE
        rows.append(
            Introduction(
                asking=bodies[one],
                asked=bodies[other],
                asking_body=bodies[one].territory.key,
                asked_body=bodies[other].territory.key,
                state="accepted" if accepted else "asked",
                reason=writer.write(20),
                user=people[one],
                answered_by=people[other] if accepted else None,
                asked_at=now - timedelta(days=60 if accepted else 22 if silent else 12),
                accepted_at=now - timedelta(days=40) if accepted else None,
                follow_at=now if number < DUE else None,
                remind_at=None if accepted or silent else now,
                until=now if accepted or silent else now + timedelta(days=9),
                shown_by_asking=number % 3 == 0,
                shown_by_asked=number % 3 == 0,
            )
        )
    Introduction.objects.bulk_create(rows, batch_size=LOT)


def measure(values: dict[str, str]) -> None:
    set_up(values)
    from commun.common import clock
    from commun.peers.services import computing

    started, processor = time.perf_counter(), processor_seconds()
    snapshot = computing.compute(now=clock.now())
    graph_s, processor = time.perf_counter() - started, processor_seconds() - processor
    team = snapshot.team
    print(
        f"bench-cooperation: bodies={team['nodes']} links={team['bonds']} parts={len(team['parts'])} "
        f"joints={len(team['joints'])} fragile={team['fragile_total']} sampled={team['sampled']} seed={team['seed']} "
        f"processor_s={processor:.1f}",
        flush=True,
    )
    times, most = visit()
    for name, spent in times.items():
        print(f"bench-cooperation: page={name} median_ms={statistics.median(spent):.0f} max_ms={max(spent):.0f}")
    due_s = sweep()
    print(
        f"bench-cooperation: graph_s={graph_s:.1f} start_page_ms={statistics.median(times['start']):.0f} "
        f"space_ms={statistics.median(times['space']):.0f} due_sweep_s={due_s:.1f} queries_max={most}",
        flush=True,
    )


def visit() -> tuple[dict[str, list[float]], int]:
    """Milliseconds of each page, each time for somebody else; and the most queries that one took."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from commun.accounts.models import User
    from commun.cooperation.models import Start
    from commun.peers.links import introduction_path
    from commun.peers.models import Introduction
    from commun.territories.api import Organisation

    chosen = random.Random(11)
    starts = list(Start.objects.filter(is_proved=True).order_by("pk"))
    bodies = list(Organisation.objects.order_by("pk"))
    met = list(Introduction.objects.filter(state="accepted").order_by("pk"))
    pages: dict[str, Callable[[], str]] = {
        "start": lambda: reverse("cooperation:start", args=[chosen.choice(starts).inspired_by_id]),
        "news": lambda: _of(chosen.choice(starts), _news_path),
        "space": lambda: reverse("website:space"),
        "ask": lambda: reverse("peers:ask", args=[chosen.choice(bodies).slug]),
        "introduction": lambda: _of(chosen.choice(met), introduction_path),
        "network": lambda: reverse("peers:network"),
        "neighbours": lambda: reverse("peers:neighbours", args=[chosen.choice(bodies).slug]),
        "organisation": lambda: reverse("territories:organisation", args=[chosen.choice(bodies).slug]),
    }
    times: dict[str, list[float]] = {name: [] for name in pages}
    found: dict[str, int] = {}
    client = Client(HTTP_HOST="localhost")  # one for all: a server loads its middleware once
    for name, address in pages.items():
        for number in range(VISITS + 3):
            client.force_login(User.objects.get(email=f"elue-{chosen.randrange(BODIES)}@example.org"))
            path = address()
            started = time.perf_counter()
            response = client.get(path)
            spent = (time.perf_counter() - started) * 1000
            assert response.status_code == 200, (name, path, response.status_code)
            if number >= 3:  # the first ones pay for what a process loads
                times[name].append(spent)
        with CaptureQueriesContext(connection) as queries:
            for _ in range(VISITS // 4):
                asked = len(queries)
                client.get(address())
                found[name] = max(found.get(name, 0), len(queries) - asked)
    print(f"bench-cooperation: queries {found}", flush=True)
    return times, max(found.values())


def _news_path(*, reference: str, user_id: int) -> str:
    from django.urls import reverse

    from commun.cooperation.links import start_token

    return reverse("cooperation:start_news", args=[start_token(reference=reference, user_id=user_id)])


def _of(row: Any, path: Callable[..., str]) -> str:
    return path(reference=row.reference, user_id=row.user_id)


def sweep() -> float:
    """Seconds until nothing is due, as a worker does it: each sweep again until it finds nothing."""
    from commun.common import clock
    from commun.cooperation.services import asking, reminding, starting
    from commun.peers.services import following

    now = clock.now()
    total = 0.0
    for service in (asking.ask_how_it_goes, reminding.ask_for_news, starting.prove, following.follow):
        started, processor, done = time.perf_counter(), processor_seconds(), 0
        while number := service(now=now):
            done += number
        spent = time.perf_counter() - started
        total += spent
        processor = processor_seconds() - processor
        print(
            f"bench-cooperation: sweep={service.__name__} done={done} s={spent:.1f} processor_s={processor:.1f}",
            flush=True,
        )
    return total


def main() -> None:
    with environment(database="postgresql") as values:
        apart(make, values)
        apart(measure, values)


if __name__ == "__main__":
    main()
