"""How fast the public site answers, through a server as in production, over a library of ten thousand resources.

The demonstration's content (pictures, logos, a letter) with ten thousand resources, two thousand events and 120 issues
more, on PostgreSQL; the application server of `Procfile`, without TLS nor proxy, on this machine, on which `wrk`, `hey`
(from Debian) and the database run too. `KEEP=yes` leaves the server running and says where.
"""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks import bench_matching
from benchmarks.databases import environment, set_up
from benchmarks.machine import ROOT, apart, free_port, need

RESOURCES = int(os.environ.get("RESOURCES") or 10_000)
EVENTS = 2_000
ISSUES = 120
FIRST_ISSUE = 1001
SECONDS = int(os.environ.get("SECONDS") or 10)
STEADY = 50  # requests a second, for the p95
AT_ONCE = 8
QUESTIONS = 400
PROCESSES = 2
PAGES = ("/", f"/lettre/{FIRST_ISSUE}/", "/ressources/r-17/", "/agenda/")


# --- What is served ----------------------------------------------------------------------------------------------


def make(values: dict[str, str]) -> None:
    set_up(values)
    from django.core.management import call_command
    from django.db import connection, transaction

    from commun.finding.api import rebuild
    from commun.territories.api import Territory, TerritoryKind

    call_command("load_demo", verbosity=0)
    with transaction.atomic():
        writer = bench_matching.Writer(seed=5)
        places = list(Territory.objects.filter(kind=TerritoryKind.COMMUNE).order_by("?")[:2000])
        parent = bench_matching.parent_of("ThemeIndexPage")
        themes = bench_matching.make_pages(parent, [bench_matching.theme_page(writer, n) for n in range(30)])
        bench_matching.make_library(writer, themes=themes, places=places)
        make_issues(writer, themes=themes)
        spread_events()
    rebuild(progress=lambda *told: None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as PostgreSQL does by itself, some time later


def make_issues(writer: Any, *, themes: list[Any]) -> None:
    """With all the sections of the demonstration's letter, frozen as it was when it left."""
    from commun.demo.services.letter import send_demo_issue
    from commun.mailing.models import Send
    from commun.newsletters.models import IssueIndexPage, IssuePage, Submission

    send_demo_issue(issue=IssuePage.objects.get(), now=bench_matching.NOW)
    sent = Submission.objects.select_related("issue").get()
    pages = [
        IssuePage(
            title=writer.write(6),
            slug=f"numero-{number}",
            number=number,
            date=date(2000 + number % 26, 1 + number % 12, 1),
            theme=themes[number % 30],
            body=sent.issue.body,
        )
        for number in range(FIRST_ISSUE, FIRST_ISSUE + ISSUES)
    ]
    values = {
        field.attname: getattr(sent, field.attname)
        for field in Submission._meta.concrete_fields
        if field.attname not in {"id", "issue_id", "send_id", "published_at"}
    }
    for page in bench_matching.make_pages(IssueIndexPage.objects.get(), pages):
        send = Send.objects.get(pk=sent.send_id)
        send.pk, send.idempotency_key = None, f"issue-{page.number}"
        send.save(force_insert=True)
        Submission.objects.create(**values, issue=page, send=send, published_at=bench_matching.NOW)


def spread_events() -> None:
    """Over a year and more, as in an agenda: all begin the same day otherwise."""
    from django.db import connection

    later = "(page_ptr_id %% 400) * interval '1 day'"
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE agenda_eventpage SET start = start + {later}, "end" = "end" + {later}', [])


# --- Who serves --------------------------------------------------------------------------------------------------


def command(port: int) -> list[str]:
    """That of `Procfile`."""
    options = ["--interface", "wsgi", "--no-ws", "--host", "127.0.0.1", "--port", str(port), "--log-level", "error"]
    processes = ["--workers", str(PROCESSES), "--blocking-threads", "2"]
    return [sys.executable, "-m", "granian", *options, *processes, "commun.config.wsgi:application"]


def collect_static(values: dict[str, str]) -> None:
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(collect, env={**os.environ, **values, "DEMO": "false"}, cwd=ROOT, check=True)


def wait_for(address: str) -> None:
    """Until every process answers: connections are dealt to them, a process that still loads keeps its own waiting."""
    in_a_row = 0
    for _ in range(600):
        try:
            urllib.request.urlopen(address, timeout=2).close()
            in_a_row += 1
        except OSError:
            in_a_row = 0
            time.sleep(0.2)
        if in_a_row == 30:
            return
    raise SystemExit("bench-web: the server does not answer")


@contextmanager
def serving(values: dict[str, str], **settings: str) -> Iterator[str]:
    """As in production, but for TLS: on loopback a site may do without."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environ = {**os.environ, **values, "DEMO": "false", "SITE_URL": address, "LOG_LEVEL": "ERROR"}
    environ |= {"TRUSTED_PROXIES": "1", **settings}
    server = subprocess.Popen(command(port), env=environ, cwd=ROOT)
    try:
        wait_for(f"{address}/healthz")
        yield address
    finally:
        server.terminate()
        server.wait(30)


# --- Measures ----------------------------------------------------------------------------------------------------

_IN_TURN = """
local paths = {}
for line in io.lines("%s") do paths[#paths + 1] = line end
local at = 0
function setup(thread) thread:set("id", 1) end
request = function()
  at = at + 1
  -- Each asks as somebody else: one visitor who suggests three hundred times a minute is refused, and rightly.
  local who = string.format("10.%%d.%%d.%%d", math.floor(at / 65536) %% 256, math.floor(at / 256) %% 256, at %% 256)
  local headers = {["Accept-Encoding"] = "gzip", ["X-Forwarded-For"] = who}
  return wrk.format("GET", paths[(at - 1) %% #paths + 1], headers)
end
done = function(summary, latency)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format('{"requests": %%d, "seconds": %%f, "p95_ms": %%f, "failed": %%d}\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(95) / 1000, failed))
end
"""


def load(address: str, paths: Sequence[str], *, at_once: int, seconds: int) -> dict[str, float]:
    """These addresses in turn, as fast as they come."""
    with tempfile.TemporaryDirectory() as directory:
        listed, script = Path(directory) / "paths", Path(directory) / "in_turn.lua"
        listed.write_text("\n".join(paths), encoding="ascii")
        script.write_text(_IN_TURN % listed, encoding="ascii")
        wrk = [
            need("wrk", package="wrk"),
            "-t1",
            f"-c{at_once}",
            f"-d{seconds}s",
            "--timeout",
            "30s",
            "-s",
            str(script),
            address,
        ]
        said = subprocess.run(wrk, capture_output=True, text=True, check=True).stdout
    found: dict[str, float] = json.loads(said.strip().splitlines()[-1])
    if found["failed"]:
        raise SystemExit(f"bench-web: {found['failed']} requests failed\n{said}")
    return found


def steady(address: str, paths: Sequence[str], *, per_second: int, seconds: int) -> list[float]:
    """Milliseconds that each answer took, these addresses in equal parts, so many a second in all."""
    hey = [need("hey", package="hey"), "-z", f"{seconds}s", "-c", "1", "-o", "csv", "-H", "Accept-Encoding: gzip"]
    each = str(per_second / len(paths))
    running = [
        subprocess.Popen([*hey, "-q", each, f"{address}{path}"], stdout=subprocess.PIPE, text=True) for path in paths
    ]
    spent = []
    for one in running:
        rows = list(csv.DictReader(one.communicate()[0].splitlines()))
        if {row["status-code"] for row in rows} != {"200"}:
            raise SystemExit("bench-web: an answer is not 200")
        spent += [float(row["response-time"]) * 1000 for row in rows]
    return spent


def questions() -> tuple[list[str], list[str]]:
    """Searches with facets, each another, and what is asked while one types."""
    writer, chance = bench_matching.Writer(seed=9), random.Random(3)
    searches, typed = [], []
    for number in range(QUESTIONS):
        words = writer.write(1 + number % 4).rstrip(".").lower()
        asked: list[tuple[str, str]] = [("q", words)]
        if number % 3 == 0:
            asked += [("type", "experience"), ("type", "guide"), ("thematique", f"theme-{number % 30}")]
        if number % 3 == 1:
            asked += [("departement", f"{chance.randrange(1, 96):02}")]
        searches.append(f"/recherche/?{urlencode(asked)}")
        typed.append(f"/recherche/suggestions/?q={quote(words[: max(2, len(words) - number % 4)])}")
    return searches, list(dict.fromkeys(typed))


def weigh(address: str) -> tuple[float, int]:
    """Kilobytes and requests of a first view of the home page, in a real browser, without scrolling."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("chromium-headless-shell")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 360, "height": 740})
        finished: list[Any] = []

        def note(one: Any) -> None:
            finished.append(one)

        page.on("requestfinished", note)
        page.goto(f"{address}/", wait_until="networkidle")
        heavy = [(one.sizes()["responseBodySize"] + one.sizes()["responseHeadersSize"], one.url) for one in finished]
        browser.close()
    for size, url in sorted(heavy, reverse=True):
        print(f"  {size / 1024:7.1f} KB {url.removeprefix(address)}", flush=True)
    return sum(size for size, _ in heavy) / 1024, len(heavy)


def one_by_one(address: str, path: str) -> tuple[float, float]:
    """Median milliseconds of an answer nobody kept, and its kilobytes before compression."""
    spent, size = [], 0
    for _ in range(9):
        started = time.perf_counter()
        with urllib.request.urlopen(f"{address}{path}", timeout=60) as answer:
            size = len(answer.read())
        spent.append((time.perf_counter() - started) * 1000)
    return statistics.median(spent), size / 1024


def main() -> None:
    bench_matching.RESOURCES, bench_matching.EVENTS = RESOURCES, EVENTS
    for program in ("wrk", "hey"):
        need(program, package=program)
    with environment(database="postgresql") as values:
        apart(make, values)
        collect_static(values)
        os.environ.update(values)  # of the writer of questions, which reads the demonstration's words
        searches, typed = questions()
        with serving(values, PAGES_KEPT_MB="0") as address:
            load(address, PAGES, at_once=2, seconds=3)
            uncached = load(address, PAGES, at_once=AT_ONCE, seconds=SECONDS)
            for path in ("/sitemap.xml", "/plan-du-site/", "/thematiques/theme-3/", "/agenda/", "/ressources/"):
                spent, size = one_by_one(address, path)
                print(f"  uncached {path} ms={spent:.0f} kb={size:.0f}", flush=True)
            print(f"  uncached {uncached}", flush=True)
            load(address, searches[:50], at_once=1, seconds=2)
            found = load(address, searches, at_once=1, seconds=SECONDS)
            suggested = load(address, typed, at_once=1, seconds=SECONDS)
        with serving(values) as address:
            for path in PAGES:
                load(address, [path], at_once=AT_ONCE, seconds=1)
            cached = load(address, PAGES, at_once=AT_ONCE, seconds=SECONDS)
            print(f"  search {found} suggest {suggested} cached {cached}", flush=True)
            spent_ms = steady(address, PAGES, per_second=STEADY, seconds=SECONDS)
            kilobytes, requests = weigh(address)
            if os.environ.get("KEEP"):
                input(f"bench-web: {address} until Enter")
    print(
        f"bench-web: cached_rps={cached['requests'] / cached['seconds']:.0f} "
        f"uncached_rps={uncached['requests'] / uncached['seconds']:.0f} "
        f"p95_ms={statistics.quantiles(spent_ms, n=20)[-1]:.0f} search_p95_ms={found['p95_ms']:.0f} "
        f"suggest_p95_ms={suggested['p95_ms']:.0f} home_kb={kilobytes:.0f} home_requests={requests}",
        flush=True,
    )


if __name__ == "__main__":
    main()
