"""`make guide`: the pictures of docs/guide, taken from the demonstration while its next letter is made.

A demonstration of its own, in a folder of its own: what is typed there stays there. Two runs give the same pictures but
for the dates, which follow the day.
"""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import come_to_rest
from tests.journeys import letter
from tests.journeys.hands import Hands, sign_in, wait_for

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES = ROOT / "docs" / "guide" / "images"
_WIDTH, _HEIGHT = 1120, 760
_FIRST = "the first line"
# Screens that are merely opened: name of the picture, address, and a link to follow first.
_SCREENS = (
    ("calendrier", "/gestion/lettre/calendrier/", ""),
    ("contribution", "/gestion/contributions/", "Notre lavoir restauré avec les habitants"),
    ("contributions", "/gestion/contributions/", ""),
    ("ce-qui-manque", "/gestion/contributions/prochain-numero/", ""),
    ("besoins", "/gestion/besoins/", ""),
    ("besoin", "/gestion/besoins/", _FIRST),
    ("a-verifier", "/gestion/a-verifier/", ""),
    ("mandats", "/gestion/mandats/", ""),
    ("votes", "/gestion/votes/", ""),
    ("liens", "/gestion/rencontres/liens/", ""),
    ("abonnes", "/gestion/abonnements/", ""),
    ("importer", "/gestion/abonnements/importer/", ""),
    ("envois", "/gestion/envois/", ""),
)


def _save(page: Page, name: str) -> None:
    """As WebP: light enough for a repository and a slow line."""
    shown = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    shown.save(PICTURES / f"{name}.webp", quality=80, method=6)
    print(f"guide: {name}.webp {(PICTURES / f'{name}.webp').stat().st_size // 1024} kB", flush=True)  # noqa: T201


def _open(page: Page, address: str, follow: str) -> bool:
    answer = page.goto(address)
    if answer is None or answer.status != 200 or not page.url.endswith(address):
        return False  # whoever may not is sent back to « Aujourd’hui »
    if follow:
        inside = page.get_by_role("main")
        link = inside.locator("tbody a") if follow == _FIRST else inside.get_by_role("link", name=follow)
        while not link.count():  # what comes by mail comes a moment after the demonstration serves
            page.wait_for_timeout(1000)
            page.reload()
        link.first.click()
    come_to_rest(page)
    return True


def take(browser: Browser, address: str) -> None:
    def window(width: int = _WIDTH, height: int = _HEIGHT) -> Page:
        context = browser.new_context(
            base_url=address, locale="fr-FR", viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        return context.new_page()

    editor, approver = Hands(window(), look=_save), Hands(window(), look=_save)
    sign_in(editor.page, "redaction@example.org")
    sign_in(approver.page, "validation@example.org")
    missing = []
    for name, path, follow in _SCREENS:
        page = next((hands.page for hands in (approver, editor) if _open(hands.page, path, follow)), None)
        if page is None:
            missing.append(path)
        else:
            _save(page, name)
    letter.compose(editor)
    letter.submit(editor)
    letter.read_and_refuse(approver)
    letter.mend(editor)
    letter.approve(approver)
    letter.let_go_and_stop(approver)
    letter.afterwards(approver)
    letter.put_right(editor)
    if missing:
        raise SystemExit(f"guide: nobody of the demonstration opens {', '.join(missing)}")


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = next(path for name in ("chromium-headless-shell", "chromium") if (path := shutil.which(name)))
    with tempfile.TemporaryDirectory(prefix="commun-guide-") as folder, sync_playwright() as playwright:
        environ = {**os.environ, "VAR_DIR": folder, "PORT": str(port), "SERVE": "yes"}
        command = [sys.executable, "-m", "commun.demo"]
        with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True) as process:
            try:
                assert process.stdout is not None
                while not process.stdout.readline().startswith("Ctrl-C"):
                    pass
                wait_for(port)
                browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--lang=fr-FR"])
                take(browser, f"http://localhost:{port}")
                browser.close()
            finally:
                process.terminate()


if __name__ == "__main__":
    main()
