"""The hands of a person in front of a page, with a mouse, a finger, or the keyboard alone. They count what they do."""

from __future__ import annotations

import contextlib
import re
import socket
import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page

from tests.chromium import come_to_rest

_MOST_TABS = 600
_CODE = re.compile(r">\s*([0-9A-Z]{4}-[0-9A-Z]{4})\s*<")
_MESSAGE = re.compile(r'href="(/boite-de-demonstration/(\d+)-[^"]+/)"[^>]*>(?:\s|<[^>]+>)*Votre code')
_OUTSIDE = """() => innerWidth > 500 ? [] :
  [...document.querySelectorAll('main :is(h1, h2, h3, p, li, input, textarea, select, button, .button, .fr-btn)')]
    .filter((it) => it.checkVisibility() && it.getBoundingClientRect().right > innerWidth + 1)
    .filter((it) => !it.closest('.letter-plain, table'))
    .map((it) => it.outerHTML.slice(0, 200))"""
Look = Callable[[Page, str], None]


class NotReached(AssertionError):
    """Whoever has a keyboard alone does not get there."""


class Hands:
    """`acts`: clicks, fields filled, boxes ticked. With the keyboard alone, going somewhere by Tab belongs to the act
    that it is for: eyes and a mouse go there too."""

    def __init__(self, page: Page, *, keyboard: bool = False, look: Look | None = None) -> None:
        self.page, self.keyboard, self.acts = page, keyboard, 0
        self._look = look
        self._seen: set[str] = set()

    def look(self, name: str) -> None:
        """A picture for the guide, where one is made: the first time."""
        if self._look is not None and name not in self._seen:
            self._seen.add(name)
            self._look(self.page, name)

    def press(self, what: Locator) -> None:
        """A link or a button."""
        self.acts += 1
        if self.keyboard:
            self.reach(what)
            self.page.keyboard.press("Enter")
        else:
            what.click()

    def write(self, what: Locator, text: str) -> None:
        """Instead of what the field holds."""
        self.acts += 1
        if self.keyboard:
            self.reach(what)
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.insert_text(text)
        else:
            what.fill(text)

    def tick(self, what: Locator) -> None:
        self.acts += 1
        if self.keyboard:
            self.reach(what)
            self.page.keyboard.press("Space")
        else:
            what.check()

    def settled(self) -> None:
        """The page stands, and nothing that one reads or fills in leaves a narrow window."""
        come_to_rest(self.page)
        outside = self.page.evaluate(_OUTSIDE)
        assert not outside, (self.page.url, outside)

    def reach(self, what: Locator) -> None:
        """By Tab alone."""
        what.wait_for()
        here = "(it) => it === document.activeElement"
        for _ in range(_MOST_TABS):
            if what.evaluate(here):
                return
            self.page.keyboard.press("Tab")
        raise NotReached(f"{what} is not reached by Tab on {self.page.url}")


def wait_for(port: int) -> None:
    """What is served says so a moment before it listens."""
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
            return
        time.sleep(0.05)


def sign_in(page: Page, address: str) -> None:
    """By the code that the demonstration's mailbox received."""
    before = _last(page, address)[0]
    page.goto("/compte/login/")
    page.get_by_role("main").get_by_label("Adresse électronique").fill(address)
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url("**/code/**")
    while (found := _last(page, address))[0] == before:
        time.sleep(0.2)  # a worker sends it; a test that waits for ever is ended by its own limit
    code = _CODE.search(page.request.get(f"{found[1]}html/").text())
    assert code, found
    page.locator("input[name=code]").fill(code[1])
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url(lambda url: "/code/" not in url)


def _last(page: Page, address: str) -> tuple[int, str]:
    """Number and address of the last code in the mailbox."""
    shown = page.request.get("/boite-de-demonstration/", params={"destinataire": address}).text()
    found = _MESSAGE.search(shown)
    return (int(found[2]), found[1]) if found else (0, "")
