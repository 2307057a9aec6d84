"""A million readers on PostgreSQL: how long the team waits for a list, a segment, a person; how fast a file comes in.

Screens are asked through the real views; each figure is the worst of the medians of what it names. The import is the
service that a worker runs, into the full table. Beside each, the processor's time alone, ours and the server's: what
other work on the machine does not lengthen.

    make bench-audience             a million
    make bench-audience PEOPLE=…    fewer
"""

from __future__ import annotations

import io
import os
import random
import statistics
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.databases import environment, processor_seconds, set_up

PEOPLE = int(os.environ.get("PEOPLE") or 1_000_000)
ROWS = 200_000  # of the file
REPEATS = 5
DOMAINS = (
    "orange.fr",
    "gmail.com",
    "laposte.net",
    "free.fr",
    *(f"mairie-{number}.example.org" for number in range(5000)),
)
# As lists are asked: what many have, what few have, what nobody has, and several at once.
LISTS = {"everybody": "", "active": "etat=active", "left": "etat=unsubscribed"}
SEGMENTS = {
    "one theme": "thematique={topic}",
    "a mailbox": "messagerie={operator}",
    "a small domain": "domaine=mairie-77.example.org",
    "a département": "departement={departement}",
    "bounced": "rejets=yes",
    "paused": "pause=yes",
    "since a month": "depuis=2026-06-01",
    "not a mailbox, a theme": "etat=active&messagerie={operator}&sauf=messagerie&thematique={topic}",
    "nobody": "etat=unsubscribed&departement={departement}&rejets=yes",
}


def main() -> int:
    with environment(database="postgresql") as values:
        set_up(values)
        _fill()
        client = _visitor()
        lists = _worst(client, LISTS)
        segments = _worst(client, {name: query.format(**_named()) for name, query in SEGMENTS.items()})
        history = _history(client)
        rows_s = _import()
    print(
        f"bench-audience: subscribers={PEOPLE} list_ms={lists:.0f} segment_ms={segments:.0f} "
        f"history_ms={history:.0f} import_rows_s={rows_s:.0f}"
    )
    return 0


def _fill() -> None:
    """People, a third with themes, one in two hundred with a département, paused, bounced, gone."""
    from django.db import connection

    from commun.common import clock
    from commun.mailing.api import address_hash, new_recipient_key
    from commun.subscribers.api import ensure_topic
    from commun.subscribers.models import Subscriber
    from commun.territories.models import Territory

    pick = random.Random(2026)
    topics = [ensure_topic(slug=f"theme-{number}", name=f"Thème {number}").pk for number in range(8)]
    place = Territory.objects.create(kind="departement", code="29", name="Finistère", vintage=2026).pk
    now, today = clock.now(), clock.today()
    columns = (
        "key, address, address_hash, domain, state, preference, created_at, confirmed_at, left_at, score, "
        "paused_until, departement_id"
    )
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY subscribers_subscriber ({columns}) FROM STDIN") as rows:
            for number in range(PEOPLE):
                domain = DOMAINS[pick.randrange(4)] if number % 2 else DOMAINS[4 + pick.randrange(5000)]
                address, gone, rare = f"lectrice-{number}@{domain}", number % 20 == 0, number % 200
                at = now.replace(year=2024 + number % 3)
                rows.write_row(
                    (
                        new_recipient_key(),
                        address,
                        address_hash(address),
                        domain,
                        "unsubscribed" if gone else "active",
                        "chosen_topics" if number % 3 == 0 else "every_issue",
                        at,
                        at,
                        now if gone else None,
                        1.5 if rare == 1 else 0.0,
                        today.replace(year=today.year + 1) if rare == 2 else None,
                        place if rare == 3 else None,
                    )
                )
        cursor.execute(
            "INSERT INTO subscribers_subscriber_topics (subscriber_id, topic_id) "
            "SELECT id, %s + id %% 8 FROM subscribers_subscriber WHERE preference = 'chosen_topics'",
            [topics[0]],
        )
        cursor.execute(
            "INSERT INTO subscribers_consentevent (subject, kind, at, method, source, basis, detail) "
            "SELECT address_hash, 'imported', created_at, 'import', 'Mesure', 'consent', '{}' "
            "FROM subscribers_subscriber"
        )
        cursor.execute("ANALYZE")
    assert Subscriber.objects.count() == PEOPLE


def _named() -> dict[str, Any]:
    from commun.mailing.models import Operator
    from commun.subscribers.models import Topic
    from commun.territories.models import Territory

    orange = Operator.objects.get(slug="orange")
    return {"topic": Topic.objects.earliest("pk").pk, "operator": orange.pk, "departement": Territory.objects.get().pk}


def _visitor() -> Any:
    from django.conf import settings
    from django.test import Client

    from commun.accounts.api import EXPLOITATION, create_member

    settings.ALLOWED_HOSTS, settings.STAFF_MFA_REQUIRED = ["*"], False
    client = Client()
    client.force_login(create_member(email="equipe@example.org", groups=(EXPLOITATION,)))
    return client


def _ms(ask: Any, *, name: str) -> float:
    taken, worked = [], []
    for _ in range(REPEATS):
        core, started = processor_seconds(), time.perf_counter()
        answer = ask()
        taken.append((time.perf_counter() - started) * 1000)
        worked.append((processor_seconds() - core) * 1000)
        assert answer.status_code == 200, answer.status_code
    print(f"{name}: {statistics.median(taken):.0f} ms, {statistics.median(worked):.0f} of processor", flush=True)
    return statistics.median(taken)


def _worst(client: Any, queries: dict[str, str]) -> float:
    return max(
        _ms(lambda query=query: client.get(f"/gestion/abonnements/?{query}"), name=name)
        for name, query in queries.items()
    )


def _history(client: Any) -> float:
    from commun.subscribers.models import Subscriber

    last = Subscriber.objects.latest("pk").pk
    return max(
        _ms(lambda pk=pk: client.get(f"/gestion/abonnements/{pk}/"), name="a person")
        for pk in (last, last // 2, last // 3)
    )


def _lines() -> Iterator[str]:
    yield "Courriel;Commune\n"
    for number in range(ROWS):
        yield f"nouvelle-{number}@{DOMAINS[number % len(DOMAINS)]};Saint-Étienne\n"


def _import() -> float:
    """One row in ten is there already."""
    from commun.common import clock
    from commun.subscribers.models import Import, Subscriber
    from commun.subscribers.services import files
    from commun.subscribers.types import LegalBasis

    known = Subscriber.objects.order_by("pk").values_list("address", flat=True)[: ROWS // 10]
    content = "".join([*_lines(), *(f"{address};Lyon\n" for address in known)]).encode()
    row = files.bring_file(
        stream=io.BytesIO(content), name="mesure.csv", basis=LegalBasis.CONSENT, source="Mesure", topics=(), by=None,
        now=clock.now(),
    )  # fmt: skip
    files.work(pk=row.pk, now=clock.now())
    files.add_people(pk=row.pk, now=clock.now())
    core, started = processor_seconds(), time.perf_counter()
    files.work(pk=row.pk, now=clock.now())
    seconds, core = time.perf_counter() - started, processor_seconds() - core
    report = Import.objects.get(pk=row.pk).report
    assert report["added"] == ROWS, report
    print(f"import: {report['rows']} lines in {seconds:.1f} s, {core:.1f} of processor")
    return report["rows"] / seconds


if __name__ == "__main__":
    raise SystemExit(main())
