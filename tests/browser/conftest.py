"""A real browser on a real server. Where there is no Chromium, these tests say so and are skipped."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.chromium import come_to_rest

expect.set_options(timeout=60_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # On a busy machine: tried once more, told as "RERUN" in the summary, to be mended like a failure.
            item.add_marker(pytest.mark.flaky(reruns=1))
            # Wagtail leaves the files of the renditions it makes to the garbage collector.
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))


def _picture(page: Page, name: str) -> None:
    """What a window shows, in the folder SCREENSHOTS: to look at, or to understand a failure."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.fixture
def signed_in(live_server: Any) -> Any:
    """`signed_in(user)`: the session of that person, for the `storage_state` of a window."""

    def session_of(user: Any) -> dict[str, Any]:
        client = Client()
        client.force_login(user)
        cookie = {
            "name": settings.SESSION_COOKIE_NAME,
            "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
            "domain": urlsplit(live_server.url).hostname,
            "path": "/",
            "expires": -1,
            "httpOnly": True,
            "secure": False,
            "sameSite": "Lax",
        }
        return {"cookies": [cookie], "origins": []}

    return session_of


@pytest.fixture
def visit(chromium: Browser, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """`visit("/agenda/", width=360)` opens the address in a fresh window. What the window asked for is in `.asked`."""
    contexts: list[BrowserContext] = []

    def open_page(path: str, *, width: int = 1280, height: int = 800, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, locale="fr-FR", **options
        )
        context.set_default_timeout(60_000)  # a machine may be slow
        contexts.append(context)
        page = context.new_page()
        page.asked = []  # type: ignore[attr-defined]
        page.complaints = []  # type: ignore[attr-defined]
        page.on("request", lambda request: page.asked.append(request.url))  # type: ignore[attr-defined]
        page.on(
            "response",
            lambda answer: (
                page.complaints.append(f"{answer.status} {answer.url}")  # type: ignore[attr-defined]
                if answer.status >= 400
                else None
            ),
        )
        page.on(
            "console",
            lambda message: page.complaints.append(message.text) if message.type == "error" else None,  # type: ignore[attr-defined]
        )
        page.look = lambda name: _picture(page, name)  # type: ignore[attr-defined]
        page.goto(path)
        come_to_rest(page)
        return page

    yield open_page
    for number, context in enumerate(contexts):
        _picture(context.pages[-1], f"{request.node.name}-{number}")
        context.close()
    gc.collect()
