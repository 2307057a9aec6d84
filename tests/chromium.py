"""The browser of the tests, one for each process: Playwright does not begin twice in one."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as StillAsking

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """`CHROMIUM` names the program; otherwise Debian's (the headless shell first), otherwise Playwright's."""
    # Playwright's loop runs in this thread; the ORM, which tests call here too, would refuse to work beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        debian = [f"/usr/bin/{name}" for name in _NAMES]
        named = [os.environ.get("CHROMIUM", ""), *debian, playwright.chromium.executable_path]
        program = next((path for path in named if path and Path(path).exists()), None)
        if program is None:
            pytest.skip("aucun Chromium : installez le paquet « chromium » ou réglez CHROMIUM")
        browser = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        yield browser
        browser.close()


def come_to_rest(page: Page) -> None:
    """What the page asks for at its start has come. One that goes on asking (previews, on a slow machine) is left to it
    after five seconds."""
    page.wait_for_load_state("load")
    with contextlib.suppress(StillAsking):
        page.wait_for_load_state("networkidle", timeout=5_000)
