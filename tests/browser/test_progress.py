"""The script that follows a letter as it leaves: numbers as the server writes them, the time left said aloud."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone

from commun.common import french

HERE = "http://lettre.example.org/"


@pytest.fixture
def screen(chromium: Any) -> Any:
    """`screen(told, seconds=…)`: the screen of a send, its clock in our hands, `told` what the server answers."""

    def opened(told: dict[str, Any] | None = None, *, seconds: int | None = None) -> Any:
        page = chromium.new_page()
        progress = {"state": "sending", "total": 40_000, "settled": 1, "moving": True, "seconds": seconds}
        progress |= {"scheduled_at": timezone.localtime(), "at_rest": False, "finished_at": None}
        counts = [("accepted", "Acceptés", 12_345)]
        context = {"progress": progress | {"counts": counts, "sentence": "", "waiting": "", "send_id": 1}}
        context |= {"state": "sending" if seconds is None else "scheduled", "issue": {"pk": 1}, "may": {}, "whom": ""}
        context["perms"] = {"subscribers": {"view_subscriber": False}}
        body = render_to_string("newsletters/admin/progress.html", context)

        def answer(route: Any) -> None:
            if route.request.url == HERE:
                route.fulfill(body=f"<meta charset=utf-8>{body}", content_type="text/html")
            else:
                route.fulfill(body=json.dumps(told), content_type="application/json")

        page.route("**/*", answer)
        page.clock.install()
        page.goto(HERE)
        page.add_script_tag(path=finders.find("newsletters/progress.js"))
        return page

    yield opened
    for context in chromium.contexts:
        context.close()


def test_numbers_are_written_as_the_server_writes_them(screen):
    told = {"state": "sending", "sentence": "", "waiting": "", "total": 40_000, "settled": 23_456, "moving": True}
    page = screen(told | {"counts": {"accepted": 23_456}})
    shown = page.locator('[data-letter-count="accepted"]')
    assert shown.inner_text() == french.number(12_345)
    page.clock.run_for(1500)
    page.wait_for_function("document.querySelector('[data-letter=bar]').value === 23456")
    assert shown.inner_text() == french.number(23_456)


def test_the_time_left_is_said_aloud_once_a_minute(screen):
    page = screen(seconds=150)
    page.evaluate(
        """() => {
          window.said = [];
          const aloud = document.querySelector("[role=status]");
          new MutationObserver(() => window.said.push(aloud.textContent)).observe(aloud, {childList: true});
        }"""
    )
    assert page.locator("[role=status]").inner_text() == "Départ dans 3 minutes"
    for _ in range(152):
        page.clock.run_for(1000)
    assert page.locator("[role=timer]").inner_text() == "La lettre part…"
    assert page.evaluate("window.said") == ["Départ dans 2 minutes", "Départ dans 1 minute", "La lettre part…"]
