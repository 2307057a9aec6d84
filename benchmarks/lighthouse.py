"""What Lighthouse says of five public pages, as a telephone sees them.

The median of three runs each, over the content of the demonstration served as in production."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import bench_web
from benchmarks.databases import environment, set_up
from benchmarks.machine import TOOLS, apart

RUNS = int(os.environ.get("RUNS") or 3)
VERSION = "12"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = {
    "home": "/",
    "resource": "/ressources/",  # the first experience of the list
    "issue": f"/lettre/{bench_web.FIRST_ISSUE}/",
    "agenda": "/agenda/",
    "search": "/recherche/",
}


def make(values: dict[str, str], told: str) -> None:
    set_up(values)
    from django.core.management import call_command

    from benchmarks import bench_matching
    from commun.library.api import ExperiencePage, ThemePage

    call_command("load_demo", verbosity=0)
    bench_web.ISSUES = 1
    bench_web.make_issues(bench_matching.Writer(seed=5), themes=[*ThemePage.objects.all()] * 30)
    Path(told).write_text(ExperiencePage.objects.live().order_by("pk")[0].url_path, encoding="utf-8")


def need_lighthouse() -> Path:
    """From npm, kept beside the databases; never among what the site is made of."""
    program = TOOLS / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        if shutil.which("npm") is None:
            raise SystemExit("lighthouse: npm is missing (Debian's package npm has it)")
        print(f"lighthouse: installing npm's lighthouse {VERSION}", flush=True)
        install = [
            "npm",
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--prefix",
            str(TOOLS / "lighthouse"),
            f"lighthouse@{VERSION}",
        ]
        subprocess.run(install, check=True)
    return program


def judge(program: Path, address: str) -> dict[str, Any]:
    """One run."""
    chromium = next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    with tempfile.TemporaryDirectory() as directory:
        report = Path(directory) / "report.json"
        options = ["--quiet", "--output=json", f"--output-path={report}", f"--only-categories={','.join(CATEGORIES)}"]
        flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
        environ = {**os.environ, "CHROME_PATH": chromium}
        subprocess.run([str(program), address, *options, flags], env=environ, check=True, timeout=300)
        found: dict[str, Any] = json.loads(report.read_bytes())
    return found


def main() -> None:
    program = need_lighthouse()
    with environment(database="sqlite") as values, tempfile.NamedTemporaryFile() as told:
        apart(make, values, told.name)
        slug = Path(told.name).read_text(encoding="utf-8").rstrip("/").rpartition("/")[2]
        bench_web.collect_static(values)
        with bench_web.serving(values) as address:
            for name, path in {**PAGES, "resource": f"/ressources/{slug}/"}.items():
                runs = [judge(program, f"{address}{path}") for _ in range(RUNS)]
                scores = {
                    category: round(100 * statistics.median(run["categories"][category]["score"] for run in runs))
                    for category in CATEGORIES
                }
                for category in CATEGORIES:
                    if scores[category] < 100:
                        tell_why(runs[-1], category)
                said = " ".join(f"{category.replace('-', '_')}={score}" for category, score in scores.items())
                print(f"lighthouse: page={name} {said}", flush=True)


def tell_why(run: dict[str, Any], category: str) -> None:
    for one in run["categories"][category]["auditRefs"]:
        audit = run["audits"][one["id"]]
        if one["weight"] and audit["score"] is not None and audit["score"] < 1:
            print(f"  {category}: {audit['id']} {audit['score']} {audit.get('displayValue', '')}", flush=True)


if __name__ == "__main__":
    main()
