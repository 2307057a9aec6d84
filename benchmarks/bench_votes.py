"""A vote of the whole country: 35,000 ballots in the box, counted, published, recounted by anybody.

On PostgreSQL, with the real register. Eight clients, each a process with a connection of its own, cast through the real
service for SECONDS (20): that is the rate. The others enter the same box, sealed and chained by the same functions, a
thousand a transaction, so that what follows is of the true size. The clock alone is moved, to close without waiting.
BALLOTS=2000: a short run.
"""

from __future__ import annotations

import os
import random
import secrets
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.databases import environment, set_up

BALLOTS = int(os.environ.get("BALLOTS") or 35_000)
SECONDS = float(os.environ.get("SECONDS") or 20)
CLIENTS = 8
LOT = 1000
THEMES = 10
RECOUNT = Path(__file__).resolve().parent.parent / "tools" / "recount.py"


def open_vote() -> Any:
    """An open vote over communes and EPCI, and one person who may act for each of the first `BALLOTS` of them."""
    from commun.accounts.models import User
    from commun.common import clock
    from commun.territories.api import EMBEDDED_REGISTER, Membership, Organisation, Territory, import_register
    from commun.votes import api
    from commun.votes.services.electorate import from_register

    now = clock.now()
    print("reading the register", flush=True)
    import_register(path=EMBEDDED_REGISTER, now=now)
    places = Territory.objects.current().filter(kind__in=["commune", "epci"]).order_by("pk")[:BALLOTS]
    Organisation.objects.bulk_create(
        [Organisation(name=place.name, slug=f"place-{place.pk}", territory=place, is_checked=True) for place in places],
        batch_size=2000,
    )
    User.objects.bulk_create(
        [User(email=f"elue-{pk}@example.org") for pk in Organisation.objects.values_list("pk", flat=True)],
        batch_size=2000,
    )
    Membership.objects.bulk_create(
        [
            Membership(
                user=user,
                organisation_id=int(user.email.split("@")[0].removeprefix("elue-")),
                level=1,
                method="address",
                declared_at=now,
                verified_at=now,
                expires_at=now + timedelta(days=365),
            )
            for user in User.objects.all()
        ],
        batch_size=2000,
    )
    print("opening the vote", flush=True)
    values = {
        "title": "Le prochain projet partagé",
        "presentation": "",
        "method": "majority_judgment",
        "kinds": ["commune", "epci"],
        "ladder": ["ready", "departements"],
        "public_value_name": "",
        "note": "",
        "opens_at": now - timedelta(minutes=1),
        "closes_at": now + timedelta(days=1),
    }
    options = [api.OptionDraft(title=f"Thématique {number}") for number in range(1, THEMES + 1)]
    vote = api.create_vote(values=values, options=options, by=None, now=now)
    api.schedule_vote(vote_id=vote.pk, by=None, now=now)
    return api.open_vote(vote_id=vote.pk, electors=from_register(vote.kinds))


def grades_and_roles(dice: random.Random) -> tuple[list[int], list[int]]:
    grades = dice.choices(range(4), weights=[2, 3, 3, 2], k=THEMES)
    return grades, dice.choices(range(3), weights=[8, 1, 1], k=THEMES)


def cast_share(share: int) -> None:
    """One client: says it is ready, waits for the word, casts its share of the ballots for `SECONDS`, says how many."""
    import django

    django.setup()
    from commun.accounts.models import User
    from commun.votes import api

    people = {int(user.email.split("@")[0].removeprefix("elue-")): user for user in User.objects.all()}
    electors = list(api.Elector.objects.filter(organisation__isnull=False).order_by("pk"))[share::CLIENTS]
    dice = random.Random(share)
    print("ready", flush=True)
    sys.stdin.readline()
    ends, cast = time.monotonic() + SECONDS, 0
    for elector in electors:
        if time.monotonic() >= ends:
            break
        grades, roles = grades_and_roles(dice)
        api.cast_ballot(
            elector=elector,
            grades=grades,
            roles=roles,
            user=people[elector.organisation_id],
            submission=secrets.token_urlsafe(32),
            seen=None,
        )
        cast += 1
    print(cast, flush=True)


def cast_by_clients() -> float:
    """Ballots a second, from the word given to every client until the last has stopped."""
    command = [sys.executable, "-m", "benchmarks.bench_votes", "--client"]
    clients = [
        subprocess.Popen([*command, str(share)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for share in range(CLIENTS)
    ]
    for client in clients:
        assert client.stdout is not None
        if client.stdout.readline() != "ready\n":
            raise SystemExit("bench-votes: a client did not start")
    started = time.perf_counter()
    for client in clients:
        assert client.stdin is not None
        client.stdin.write("\n")
        client.stdin.close()
    cast = sum(int(client.stdout.readline() or 0) for client in clients if client.stdout is not None)
    elapsed = time.perf_counter() - started
    if any(client.wait() for client in clients):
        raise SystemExit("bench-votes: a client failed")
    print(f"cast: {cast} ballots in {elapsed:.1f} s by {CLIENTS} clients, {cast / elapsed:.0f} a second", flush=True)
    return cast / elapsed


def fill_box(vote: Any) -> None:
    """The ballots that clients had no time to cast."""
    from commun.accounts.models import User
    from commun.votes import api

    people = {int(user.email.split("@")[0].removeprefix("elue-")): user for user in User.objects.all()}
    waiting = api.Elector.objects.filter(vote=vote, organisation__isnull=False, last_number=None)
    dice = random.Random(CLIENTS)
    started = time.perf_counter()
    while lot := list(waiting.order_by("pk")[:LOT]):
        fill_lot(vote, lot, people=people, dice=dice)
        print(f"filling the box: {vote.box.cast} of {BALLOTS}", flush=True)
    print(f"the rest, {LOT} a transaction: {time.perf_counter() - started:.1f} s", flush=True)


def fill_lot(vote: Any, lot: list[Any], *, people: dict[int, Any], dice: random.Random) -> None:
    from django.db import transaction
    from django.db.models import OuterRef, Subquery

    from commun.votes import chain
    from commun.votes.models import Ballot, Elector, Entry
    from commun.votes.services.appending import instant_for, lock_box, next_entry
    from commun.votes.types import EntryKind

    entries, ballots = [], []
    with transaction.atomic():
        box = lock_box(vote_id=vote.pk)
        at = instant_for(box=box)
        for elector in lot:
            grades, roles = grades_and_roles(dice)
            salt, number = secrets.token_hex(32), box.height + 1
            sealed = chain.commitment(elector=elector.key, number=number, grades=grades, roles=roles, salt=salt)
            body = {"commitment": sealed, "departement": elector.departement, "elector": elector.key}
            entries.append(next_entry(box=box, kind=EntryKind.CAST, at=at, body=body))
            ballots.append(
                Ballot(
                    vote_id=vote.pk,
                    elector=elector,
                    number=number,
                    grades="".join(map(str, grades)),
                    roles="".join(map(str, roles)),
                    salt=salt,
                    commitment=sealed,
                    submission=secrets.token_urlsafe(32),
                    cast_at=at,
                    cast_by=people[elector.organisation_id],
                )
            )
        box.cast += len(lot)
        Entry.objects.bulk_create(entries)
        Ballot.objects.bulk_create(ballots)
        last = Ballot.objects.filter(elector=OuterRef("pk")).values("number")
        Elector.objects.filter(pk__in=[one.pk for one in lot]).update(last_number=Subquery(last))
        box.save(update_fields=["height", "head", "last_at", "cast"])
    vote.box = box


def close(vote: Any) -> Any:
    """Closed by the real service, at a clock moved to the closing instant."""
    from commun.common import clock
    from commun.votes import api

    clock.database_now = lambda: vote.closes_at
    started = time.perf_counter()
    closed = api.close_vote(vote_id=vote.pk)
    print(f"closing, with every ballot opened and published: {time.perf_counter() - started:.1f} s", flush=True)
    return closed


def tally_again(vote: Any) -> float:
    """Seconds to read the counted ballots, count them and rank the options; what is found is what was published."""
    from commun.votes.selectors.results import rank
    from commun.votes.services.closing import count_ballots, counted_ballots

    started, busy = time.perf_counter(), time.process_time()
    ballots = counted_ballots(vote=vote)
    read = time.perf_counter() - started
    profiles = count_ballots(vote=vote, ballots=ballots)
    rank(vote=vote, seed=None)
    elapsed, busy = time.perf_counter() - started, time.process_time() - busy
    if profiles != vote.profiles or len(ballots) != BALLOTS:
        raise SystemExit("bench-votes: counting again gives another result")
    print(f"tally: {elapsed:.2f} s ({busy:.2f} of processor), {read:.2f} to read {len(ballots)} ballots", flush=True)
    return elapsed


def chain_holds(vote: Any) -> bool:
    """Every event of the database names the one before, up to the head that receipts and pages show."""
    import json

    from commun.votes import chain
    from commun.votes.models import BallotBox, Entry

    parent, height = chain.GENESIS, -1
    for entry in Entry.objects.filter(vote=vote).iterator():
        event = json.loads(entry.text)
        if (event["parent"], event["height"], chain.digest(entry.text)) != (parent, height + 1, entry.hash):
            return False
        parent, height = entry.hash, entry.height
    box = BallotBox.objects.get(vote=vote)
    return (box.head, box.height, box.cast) == (parent, height, BALLOTS)


def recount_agrees(vote: Any) -> bool:
    """The stand-alone program, away from the project, finds the published box right and the published winner first."""
    from commun.votes import api

    folder = Path(os.environ["VAR_DIR"])
    box, electors = folder / "urne.jsonl", folder / "electeurs.jsonl"
    for path, lines in ((box, api.box_lines(vote=vote)), (electors, api.electorate_lines(vote=vote))):
        with path.open("wb") as stream:
            stream.writelines(lines)
    started = time.perf_counter()
    command = [sys.executable, "-I", str(RECOUNT), str(box), "--electeurs", str(electors)]
    ran = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, env={"PYTHONUTF8": "1"})
    print(f"recount of {box.stat().st_size // 1_000_000} MB: {time.perf_counter() - started:.1f} s", flush=True)
    return ran.returncode == 0 and f"\n1. {api.get_results(vote=vote)[0].title} (" in ran.stdout


def main() -> int:
    with environment(database="postgresql") as values:
        set_up(values)
        vote = open_vote()
        print(f"a vote of {BALLOTS} electors with somebody to vote is open", flush=True)
        cast_per_s = cast_by_clients()
        fill_box(vote)
        vote = close(vote)
        tally_s = tally_again(vote)
        chain_ok, recount_ok = chain_holds(vote), recount_agrees(vote)
    print(
        f"bench-votes: ballots={BALLOTS} themes={THEMES} tally_s={tally_s:.2f} cast_per_s={cast_per_s:.0f} "
        f"chain_ok={chain_ok:d} recount_ok={recount_ok:d}"
    )
    return 0 if chain_ok and recount_ok else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--client"]:
        cast_share(int(sys.argv[2]))
    else:
        sys.exit(main())
