"""Suggestions for a need over ten thousand resources, through the real selector; and what suggestions are worth on a
small labelled set.

The library is made in one process, with French words as frequent as in a real one, and asked in another, whose memory
is measured: the first need pays for what a process loads, the others do not.
"""

from __future__ import annotations

import json
import os
import random
import resource
import statistics
import time
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from benchmarks.databases import environment, find_postgresql, processor_seconds, set_up
from benchmarks.machine import apart

RESOURCES = int(os.environ.get("RESOURCES") or 10_000)
WORDS = 450  # of a resource, all fields together
RARE_WORDS = 30_000  # names, places, trades: what the long tail of a language is made of
EVENTS = 200
PEERS = 300
NEEDS = 60
LOT = 500
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


class Writer:
    """Sentences whose words are as frequent as Zipf says, the most frequent ones taken from the demonstration."""

    def __init__(self, *, seed: int) -> None:
        from commun.demo.content.articles import ARTICLES, GUIDES
        from commun.demo.content.experiences import EXPERIENCES

        self.random = random.Random(seed)
        texts = " ".join(f"{one.in_short} {one.body}" for one in (*ARTICLES, *GUIDES, *EXPERIENCES))
        common = list(dict.fromkeys(word for word in texts.split() if word.isalpha()))
        syllables = ("ba", "cor", "dé", "fi", "gra", "lon", "mé", "nou", "pla", "ri", "sau", "ti", "vel", "zon")
        rare = ["".join(self.random.choices(syllables, k=self.random.randint(2, 5))) for _ in range(RARE_WORDS)]
        self.words = [*common, *rare]
        self.weights = list(accumulate(1 / (rank + 10) for rank in range(len(self.words))))

    def write(self, words: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.weights, k=words)).capitalize() + "."

    def body(self, words: int) -> str:
        blocks = [{"type": "paragraph", "value": f"<p>{self.write(words // 3)}</p>", "id": str(n)} for n in range(3)]
        return json.dumps(blocks)


def make(values: dict[str, str]) -> None:
    set_up(values)
    from django.db import transaction

    with transaction.atomic():
        writer = Writer(seed=5)
        places = make_places(writer)
        themes = make_pages(parent_of("ThemeIndexPage"), [theme_page(writer, number) for number in range(30)])
        make_library(writer, themes=themes, places=places)
        make_needs(writer, themes=themes, places=places)
    from commun.finding.api import rebuild

    rebuild(progress=lambda *told: None)


def parent_of(section: str) -> Any:
    from commun.agenda import api as agenda
    from commun.library import api as library

    found = getattr(library, section, None) or getattr(agenda, section)
    return found.objects.get()


def make_places(writer: Writer) -> list[Any]:
    from commun.territories.api import Territory

    def place(kind: str, number: int, **more: Any) -> Any:
        name = f"{kind} {number}"
        return Territory(kind=kind, code=f"{number:05}", name=name, search_name=name, vintage=2026, **more)

    regions = Territory.objects.bulk_create([place("region", n) for n in range(13)])
    departements = Territory.objects.bulk_create([place("departement", n, region=regions[n % 13]) for n in range(96)])
    communes = [
        place(
            "commune",
            n,
            population=int(writer.random.paretovariate(0.8) * 150),
            departement=departements[n % 96],
            region=departements[n % 96].region,
        )
        for n in range(2_000)
    ]
    return Territory.objects.bulk_create(communes)


def theme_page(writer: Writer, number: int) -> Any:
    from commun.library.api import ThemePage

    return ThemePage(title=f"Thématique {number}", slug=f"theme-{number}", summary=writer.write(30))


def make_pages(parent: Any, pages: list[Any]) -> list[Any]:
    """Insert pages of one type, table by table: Django bulk-creates no model that inherits another's table."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page

    model = type(pages[0])
    content_type = ContentType.objects.get_for_model(model)
    taken = parent.numchild
    for number, page in enumerate(pages, start=taken + 1):
        page.path, page.depth = Page._get_path(parent.path, parent.depth + 1, number), parent.depth + 1
        page.url_path, page.content_type, page.locale = f"{parent.url_path}{page.slug}/", content_type, parent.locale
        page.draft_title, page.live = page.title, True
        page.first_published_at = page.last_published_at = NOW - timedelta(minutes=number)
    tables = [*reversed([one for one in model.__mro__ if hasattr(one, "_meta") and not one._meta.abstract])]
    names = [field.attname for field in Page._meta.concrete_fields if field.attname != "id"]
    for start in range(0, len(pages), LOT):
        lot = pages[start : start + LOT]
        rows = Page.objects.bulk_create([Page(**{name: getattr(one, name) for name in names}) for one in lot])
        for page, row in zip(lot, rows, strict=True):
            page.pk = page.id = row.pk
        for table in tables[1:]:
            for page in lot:
                setattr(page, table._meta.pk.attname, page.id)
            table._base_manager._insert(lot, fields=table._meta.local_concrete_fields, using="default")
    parent.numchild = taken + len(pages)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild)
    return pages


def make_library(writer: Writer, *, themes: list[Any], places: list[Any]) -> None:
    from commun.agenda.api import EventPage
    from commun.library.api import ArticlePage, ExperiencePage, GuidePage, KitPage, ResourcePage

    def fields(number: int, words: int) -> dict[str, Any]:
        title = f"{writer.write(8)} {number}"
        return {"title": title, "slug": f"r-{number}", "summary": writer.write(35), "body": writer.body(words)}

    experiences = [
        ExperiencePage(
            **fields(number, WORDS // 2),
            licence="cc-by",
            context=f"<p>{writer.write(WORDS // 6)}</p>",
            what_failed=f"<p>Le temps a manqué. {writer.write(WORDS // 6)}</p>",
            means_cost=writer.write(20),
        )
        for number in range(RESOURCES // 2)
    ]
    others = [
        model(**fields(RESOURCES + 3 * number + at, WORDS - 40), licence="cc-by")
        for at, model in enumerate((ArticlePage, GuidePage, KitPage))
        for number in range((RESOURCES - len(experiences)) * (5, 4, 1)[at] // 10)
    ]
    section = parent_of("ResourceIndexPage")
    made = list(make_pages(section, experiences))
    for model in (ArticlePage, GuidePage, KitPage):
        made += make_pages(section, [one for one in others if type(one) is model])
    link(ResourcePage.themes, [(page.pk, writer.random.choice(themes).pk) for page in made])
    link(ResourcePage.territories, [(page.pk, writer.random.choice(places).pk) for page in made])
    start = NOW + timedelta(days=10)
    events = [
        EventPage(
            title=writer.write(8),
            slug=f"e-{number}",
            summary=writer.write(30),
            start=start,
            end=start + timedelta(hours=2),
            territory=writer.random.choice(places),
            body=writer.body(60),
        )
        for number in range(EVENTS)
    ]
    make_pages(parent_of("AgendaIndexPage"), events)
    link(EventPage.themes, [(page.pk, writer.random.choice(themes).pk) for page in events])


def link(relation: Any, pairs: list[tuple[int, int]]) -> None:
    through = relation.through
    ours, theirs = relation.field.m2m_column_name(), relation.field.m2m_reverse_name()
    through.objects.bulk_create([through(**{ours: one, theirs: other}) for one, other in pairs], batch_size=LOT)


def make_needs(writer: Writer, *, themes: list[Any], places: list[Any]) -> None:
    from commun.cooperation.api import Need
    from commun.territories.api import Organisation

    towns = Organisation.objects.bulk_create(
        [
            Organisation(name=place.name, slug=f"town-{place.pk}", territory=place, is_checked=True)
            for place in places[:PEERS]
        ]
    )
    Need.objects.bulk_create(
        [
            Need(
                title=writer.write(9),
                text=writer.write(writer.random.choice((0, 40, 120, 400))),
                constraints="peu de temps, petit budget" if number % 2 else "",
                theme_id=themes[number % 5].pk if number % 6 else None,
                organisation=town,
                territory=town.territory,
                stated_at=NOW,
                moved_at=NOW,
            )
            for number, town in enumerate(towns)
        ]
    )


def ask(values: dict[str, str], database: str) -> None:
    set_up(values)
    from commun.cooperation.api import Need, suggest_matches

    needs = list(Need.objects.order_by("pk")[: NEEDS + 1])

    def spent(need: Any) -> float:
        started = time.perf_counter()
        found = suggest_matches(need=need, now=NOW)
        assert found, "nothing was suggested"
        return (time.perf_counter() - started) * 1000

    cold = spent(needs[0])
    started = processor_seconds()
    warm = [spent(need) for need in needs[1:]]
    processor = (processor_seconds() - started) / len(warm) * 1000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"bench-matching: db={database} resources={RESOURCES} cold_ms={cold:.0f} "
        f"median_ms={statistics.median(warm):.0f} max_ms={max(warm):.0f} peak_mb={peak:.0f} "
        f"processor_ms={processor:.0f}",
        flush=True,
    )


def judge() -> None:
    from tests.cooperation.matching.measuring import FIRST, measure

    found = measure()
    for miss in found.misses:
        print(f"  {miss}")
    print(
        f"bench-matching: needs={found.needs} precision_at_{FIRST}={found.precision:.2f} "
        f"best_possible={found.ceiling:.2f} first_is_good={found.first:.2f} recall_at_{FIRST}={found.recall:.2f}",
        flush=True,
    )


def main() -> None:
    judge()
    database = "postgresql" if find_postgresql() else "sqlite"
    with environment(database=os.environ.get("DATABASE") or database) as values:
        apart(make, values)
        apart(ask, values, os.environ.get("DATABASE") or database)


if __name__ == "__main__":
    main()
