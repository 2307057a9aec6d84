"""The demonstration's public pages, each kind of them, under the Nu Html Checker.

The demonstration is really loaded, sent and served, in a folder and on a port of its own; its sitemaps say which pages
there are, to which are added what they leave out: forms, searches and lists narrowed, pages of errors.

    make nu

Last line: `pages`, how many were read; `errors`, faults of their HTML, each on a line above.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.machine import ROOT, TOOLS, free_port, need

VERSION = "26.9.27"
PATIENCE = 900  # a loaded machine takes minutes to load it
LETTER = "le-passage-a-l-action"  # sent by the demonstration once it is loaded
BESIDE = (
    "/preferences/", "/compte/login/", "/compte/signup/", "/ensemble/", "/reseau/", "/merci/", "/cookies/",
    "/contribuer/ressource/", "/contribuer/evenement/", "/contribuer/actualite/", "/contribuer/besoin/",
    "/contribuer/thematique/", "/contribuer/question/",
    "/recherche/?q=commune", "/recherche/?q=commune&vue=carte", "/recherche/?q=zygomatique",
    "/ressources/?type=experience&q=eau", "/ressources/?vue=carte", "/ressources/?type=kit&q=rien-de-tel",
    "/annuaire/?q=gre", "/annuaire/?vue=carte", "/annuaire/?type=entreprise&departement=2A",
    "/agenda/?vue=mois", "/agenda/?vue=passes", "/agenda/?type=salon&ou=en-ligne", "/actualites/?type=recrutement",
    "/lettre/?annee=2022", "/une-page-qui-n-existe-pas/", "/oembed/?url=/",
)  # fmt: skip


def main() -> int:
    java, jar = need("java", package="default-jre-headless"), checker()
    with tempfile.TemporaryDirectory(prefix="commun-nu-") as folder, demonstration(Path(folder)) as site:
        pages = {path: html for path in addresses(site) if (html := _page(site, path)) is not None}
    told = read(java, jar, pages)
    for path, lines in told.items():
        for line in lines:
            print(f"nu {path}:{line}")
    errors = sum(map(len, told.values()))
    print(f"nu: pages={len(pages)} errors={errors}")
    return int(bool(errors))


def addresses(site: str) -> list[str]:
    """Those of the sitemaps, then `BESIDE`."""
    lots = re.findall(r"<loc>([^<]+)</loc>", fetch(f"{site}/sitemap.xml"))
    found = [path for lot in lots for path in re.findall(r"<loc>([^<]+)</loc>", fetch(lot))]
    return list(dict.fromkeys([*(path.removeprefix(site) for path in found), *BESIDE]))


def _page(site: str, path: str) -> str | None:
    """Its HTML, whatever its status; None for what is none."""
    try:
        with urllib.request.urlopen(f"{site}{path}", timeout=60) as answer:
            kind, body = answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        kind, body = error.headers["Content-Type"], error.read()
    return str(body.decode()) if kind.startswith("text/html") else None


# --- shared with the audit of the letter ------------------------------------------------------------------------------


@contextmanager
def demonstration(folder: Path) -> Iterator[str]:
    """Its address, while it is served."""
    port = free_port()
    site = f"http://localhost:{port}"
    with (folder / "demo.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "commun.demo"],
            env=os.environ | {"VAR_DIR": str(folder), "PORT": str(port), "SERVE": "yes"},
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(site, process)
            yield site
        finally:
            process.terminate()
            process.wait(30)


def _wait_for(site: str, process: subprocess.Popen[bytes]) -> None:
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE and process.poll() is None:
        try:
            fetch(f"{site}/lettre/{LETTER}/")
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("benchmarks: the demonstration does not answer")


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return str(answer.read().decode())


def checker() -> Path:
    """From npm, kept beside the databases; never among what the site is made of."""
    jar = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not jar.exists():
        TOOLS.mkdir(parents=True, exist_ok=True)
        install = ["npm", "install", "--silent", "--no-save", "--prefix", str(TOOLS), f"vnu-jar@{VERSION}"]
        subprocess.run(install, check=True)
    return jar


def read(java: str, jar: Path, pages: Mapping[str, str]) -> dict[str, list[str]]:
    """Errors of each document, by the name it is given under: « line message ». All are read at once."""
    found: dict[str, list[str]] = {name: [] for name in pages}
    with tempfile.TemporaryDirectory(prefix="commun-nu-") as folder:
        files = {f"{at}.html": name for at, name in enumerate(pages)}
        for file, name in files.items():
            (Path(folder) / file).write_text(pages[name], encoding="utf-8")
        command = [java, "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always", *files]
        told = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    for one in json.loads(told.stdout)["messages"]:
        if one["type"] != "info":
            name = files[one["url"].rpartition("/")[2]]
            found[name].append(f"{one.get('lastLine', '?')} {one['message']}")
    return found


if __name__ == "__main__":
    raise SystemExit(main())
