"""The demonstration's content holds together, before any database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from PIL import Image

from commun.demo.content.actors import ACTORS
from commun.demo.content.agenda import EVENTS, NEWS
from commun.demo.content.articles import ARTICLES, CONCEPTS, GUIDES
from commun.demo.content.experiences import EXPERIENCES
from commun.demo.content.kit import KITS
from commun.demo.content.letter import LETTER
from commun.demo.content.markup import to_html, to_text
from commun.demo.content.people import APPROVER, EDITOR, MEMBER, SUBSCRIBERS, absent_readers, readers
from commun.demo.content.pictures import PICTURES
from commun.demo.content.themes import THEMES
from commun.demo.content.typography import french
from commun.demo.services.shelf import IMAGES
from commun.demo.services.words import body_of

RESOURCES = (*EXPERIENCES, *ARTICLES, *GUIDES, *KITS, *CONCEPTS)
SHOWN = (*RESOURCES, *THEMES, *EVENTS, *NEWS)


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.slug)
def test_every_picture_is_drawn_light_and_described(picture):
    path = IMAGES / f"{picture.slug}.png"
    assert path.stat().st_size <= 60 * 1024
    with Image.open(path) as image:
        assert image.size == ((300, 120) if picture.slug.startswith("marque-") else (1200, 675))
    assert 3 <= len(to_text(picture.alt)) <= 255


def test_no_drawing_is_left_without_a_use():
    used = {item.picture for item in SHOWN if item.picture} | {actor.mark for actor in ACTORS if actor.mark}
    assert used == {picture.slug for picture in PICTURES} == {path.stem for path in IMAGES.iterdir()}


def test_whatever_the_content_refers_to_exists():
    themes, actors = {theme.slug for theme in THEMES}, {actor.key for actor in ACTORS}
    for item in (*RESOURCES, *EVENTS, *NEWS):
        assert set(item.themes) <= themes, item.slug
    for entry in RESOURCES:
        assert {entry.contributor, *entry.actors} <= actors, entry.slug
    assert {event.organiser for event in EVENTS if event.organiser} <= actors
    assert {item.partner for item in NEWS} <= actors
    resources = {entry.slug for entry in RESOURCES}
    assert {LETTER.featured, LETTER.concept, *LETTER.inspirations} <= resources
    assert set(LETTER.news) <= {item.slug for item in NEWS}
    assert set(LETTER.agenda) <= {event.slug for event in EVENTS}
    assert set(LETTER.partners) <= {actor.key for actor in ACTORS if actor.partner}


def test_whoever_is_asked_to_sign_up_is_told_where():
    for event in EVENTS:
        assert event.link or not re.search(r"inscri", f"{event.summary} {event.body}"), event.slug


def test_addresses_of_pages_are_distinct():
    slugs = [item.slug for item in (*RESOURCES, *EVENTS, *NEWS)]
    assert len(slugs) == len(set(slugs))


def test_two_hundred_readers_and_nobody_real():
    people = [*(reader.email for reader in (*readers(), *absent_readers())), EDITOR.email, APPROVER.email, MEMBER.email]
    assert len(readers()) == SUBSCRIBERS == 200
    assert len(people) == len(set(people))
    assert all(address.endswith("@example.org") for address in people)


def test_figures_carry_their_date_and_a_source_one_can_open():
    for experience in EXPERIENCES:
        assert experience.results, experience.slug
        for result in experience.results:
            assert result.source
            assert result.on.year >= 2010
            assert not result.url or result.url.startswith(("http://", "https://"))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from _texts(getattr(value, one.name))


def test_french_typography_is_put_once_and_for_all():
    for text in _texts((*SHOWN, LETTER, *PICTURES)):
        assert french(french(text)) == french(text)
        if " " in text:
            assert "'" not in to_html(text).replace("&#x27;", "")
    assert not re.search(r"\s[;!?]", to_text("Vraiment ? Oui !").replace("\u202f", ""))


def test_titles_become_heading_blocks_and_the_rest_paragraphs():
    body = body_of("Un début.\n\n## Une partie\nSa suite.\n\n- un\n- deux\n\n## La fin")
    assert [kind for kind, _ in body] == ["paragraph", "heading", "paragraph", "heading"]
    assert body[1][1] == {"text": "Une partie", "level": "h2"}
    assert body[2][1] == "<p>Sa suite.</p><ul><li>un</li><li>deux</li></ul>"
