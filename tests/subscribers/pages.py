"""Reading pages as a browser would, without one."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.test import Client

VOID = {"input", "br", "meta", "link", "img", "hr"}


class Page(HTMLParser):
    """Elements of a page, with what labels and errors point to."""

    def __init__(self, html: str):
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, *tags: str) -> list[dict[str, Any]]:
        return [attrs for tag, attrs in self.elements if tag in tags]

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.elements if attrs.get("id")]

    def assert_accessible(self) -> None:
        """One h1, every control labelled, every reference to an id resolved, no id twice."""
        assert len(self.all("h1")) == 1
        assert len(set(self.ids)) == len(self.ids)
        labelled = {attrs.get("for") for attrs in self.all("label")}
        for control in self.all("input", "select", "textarea"):
            if control.get("type") != "hidden":
                assert control.get("id") in labelled, control
        for _, attrs in self.elements:
            for name in ("aria-describedby", "aria-labelledby", "for"):
                for target in (attrs.get(name) or "").split():
                    assert target in self.ids, f"{name} → {target}"
            href = attrs.get("href") or ""
            assert not href.startswith("#") or href[1:] in self.ids, href
        assert "style" not in {name for tag, attrs in self.elements for name in attrs}


def read(response: Any) -> Page:
    return Page(response.content.decode())


def stamp(client: Client, path: str) -> str:
    """The signed timestamp of the form at that address."""
    match = re.search(r'name="horodatage"\s+value="([^"]+)"', client.get(path).content.decode())
    assert match
    return match[1]


def submit(client: Client, path: str, **data: Any) -> Any:
    """Post the form as a visitor does."""
    return client.post(path, {"horodatage": stamp(client, path), "site_internet": "", **data})


def everything() -> dict[str, list[Any]]:
    """Every row of this room, to see whether anything changed."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in [
            *apps.get_app_config("mailing").get_models(include_auto_created=True),
            *apps.get_app_config("subscribers").get_models(include_auto_created=True),
        ]
    }
