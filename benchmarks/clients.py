"""The demonstration's agenda and feeds, read by programs that people use: khal, newsboat, feedparser.

khal and newsboat are Debian's; feedparser is installed beside the databases, in an environment of its own, pinned by
hash."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from multiprocessing import Process
from pathlib import Path
from typing import Any

from benchmarks.databases import environment
from benchmarks.machine import free_port, need, pinned
from benchmarks.open_check import serve

# Whole and narrowed, with accents in what they cover; {theme} is one of the demonstration.
_CALENDARS = ("/agenda.ics", "/agenda.ics?thematique={theme}", "/agenda.ics?ou=en-ligne")
_FEEDS = (
    "/flux/ressources.xml",
    "/flux/ressources.xml?thematique={theme}",
    "/flux/ressources.xml?type=experience&q=commune",
    "/flux/actualites.xml",
    "/flux/lettre.xml",
)
_KHAL = """[calendars]
[[agenda]]
path = {folder}/calendar
type = calendar
[locale]
local_timezone = Europe/Paris
default_timezone = Europe/Paris
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""
_PARSER = """
import json, sys, feedparser
for address in sys.argv[1:]:
    told = feedparser.parse(address)
    wanted = ("id", "link", "title", "updated_parsed")
    whole = [one for one in told.entries if all(one.get(name) for name in wanted)]
    print(json.dumps({"address": address, "bozo": int(bool(told.bozo)), "why": str(told.get("bozo_exception", "")),
                      "entries": len(told.entries), "ids": [one.get("id") for one in whole], "version": told.version}))
"""


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=120) as answer:
        return str(answer.read().decode("utf-8"))


def khal_reads(calendars: list[str]) -> tuple[int, int]:
    """Events that it lists, and those that the calendars hold: each imported into a khal of its own."""
    program, read, held = need("khal", package="khal"), 0, 0
    for calendar in calendars:
        with tempfile.TemporaryDirectory(prefix="commun-khal-") as name:
            folder = Path(name)
            (folder / "calendar").mkdir()
            (folder / "config").write_text(_KHAL.format(folder=folder), encoding="utf-8")
            (folder / "agenda.ics").write_bytes(calendar.encode())
            environ = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": name, "XDG_CONFIG_HOME": name, "XDG_DATA_HOME": name}

            def khal(*arguments: str, folder: Path = folder, environ: dict[str, str] = environ) -> str:
                asked = [program, "-c", str(folder / "config"), *arguments]
                run = subprocess.run(asked, env=environ, capture_output=True, text=True, check=False)
                if run.returncode or "Traceback" in run.stderr or "error" in run.stderr.lower():
                    raise SystemExit(f"clients: khal {arguments[0]} refused: {run.stderr.strip()[-2000:]}")
                return run.stdout

            khal("import", "--batch", "-a", "agenda", str(folder / "agenda.ics"))
            shown = khal("list", "--notstarted", "--format", "uid={uid}", "2000-01-01", "2099-12-31")
            read += len(set(re.findall(r"^uid=(\S+)", shown, re.MULTILINE)))
        held += len(set(re.findall(r"^UID:(\S+)", calendar.replace("\r\n ", ""), re.MULTILINE)))
    return read, held


def newsboat_reads(addresses: list[str]) -> int:
    """Articles that it keeps of the feeds."""
    program = need("newsboat", package="newsboat")
    with tempfile.TemporaryDirectory(prefix="commun-newsboat-") as name:
        folder = Path(name)
        (folder / "urls").write_text("".join(f"{address}\n" for address in addresses), encoding="utf-8")
        (folder / "config").write_text("", encoding="utf-8")
        files = ["-u", str(folder / "urls"), "-c", str(folder / "cache.db"), "-C", str(folder / "config")]
        environ = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": name}
        for act in (["reload"], ["print-unread"]):
            run = subprocess.run(
                [program, *files, "-x", *act], env=environ, capture_output=True, text=True, check=False
            )
            if run.returncode:
                raise SystemExit(f"clients: newsboat {act[0]} refused: {(run.stdout + run.stderr).strip()[-2000:]}")
        found = re.search(r"\d+", run.stdout)
        return int(found[0]) if found else 0


def feedparser_reads(addresses: list[str]) -> list[dict[str, Any]]:
    python = pinned("clients") / "bin" / "python"
    run = subprocess.run([str(python), "-c", _PARSER, *addresses], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def main() -> None:
    for program in ("khal", "newsboat"):
        need(program, package=program)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with environment(database="sqlite", SITE_URL=address) as values:
        server = Process(target=serve, args=(values, port), daemon=True)
        server.start()
        try:
            for _ in range(600):
                try:
                    described = json.loads(fetch(f"{address}/api/v1/themes"))
                    break
                except OSError:
                    time.sleep(0.5)
            theme = next(str(one["url"]).rstrip("/").rpartition("/")[2] for one in described["items"])
            feeds = [address + one.format(theme=theme) for one in _FEEDS]
            calendars = [fetch(address + one.format(theme=theme)) for one in _CALENDARS]
            events, held = khal_reads(calendars)
            parsed = feedparser_reads(feeds)
            articles = newsboat_reads(feeds)
        finally:
            server.terminate()
    for one in parsed:
        print(f"clients: {one['address']} {one['version']} entries={one['entries']} {one['why']}", flush=True)
    bozo = sum(one["bozo"] for one in parsed)
    entries = sum(one["entries"] for one in parsed)
    known = [number for one in parsed for number in one["ids"]]
    print(f"clients: khal_held={held} entries={entries} whole={len(known)} different={len(set(known))}")
    print(f"clients: khal_events={events} newsboat_articles={articles} feedparser_bozo={bozo}", flush=True)
    # One entry read in two feeds is one article.
    good = 0 < events == held and 0 < entries == len(known) and articles == len(set(known)) and bozo == 0
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
