"""The sheets of the public site: one file each, both themes, colours named in one place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from commun.common.stylesheets import assemble, both_themes

STATIC = Path(settings.BASE_DIR) / "static"
NAMED = {"website/colours.css", "website/identity.css"}
OURS = sorted(
    part for part in settings.STYLESHEETS["website/public.css"] if not part.startswith("dsfr/") and part not in NAMED
)
A_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch)\(", re.IGNORECASE)
FALLBACK = re.compile(r"var\((--tec-[a-z0-9-]+), (?:[^()]|\([^()]*\))*\)")


def test_addresses_of_a_part_hold_from_where_the_whole_stands_and_drawings_of_every_page_are_within():
    files = {
        "dsfr/dist/a.css": "/* note */.a{mask:url(icons/a.svg);src:url('fonts/a.woff2')}.b{mask:url(#b)}",
        "website/b.css": '.c { mask: url("icons/c.svg"); background: url("data:image/png;base64,AA") }',
        "website/icons/c.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d='M0 0'/></svg>\n",
    }
    made = assemble(
        "website/public.css",
        parts=["dsfr/dist/a.css", "website/b.css"],
        inline=["website/icons/c.svg"],
        read=files.__getitem__,
    )
    assert made == (
        '@charset "UTF-8";\n'
        ".a{mask:url(../dsfr/dist/icons/a.svg);src:url('../dsfr/dist/fonts/a.woff2')}.b{mask:url(#b)}\n"
        ".c { mask: url(\"data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E%3Cpath d='M0 0'/%3E"
        '%3C/svg%3E"); background: url("data:image/png;base64,AA") }\n'
    )


def test_what_is_said_of_the_dark_theme_holds_for_a_choice_and_for_a_device_and_never_on_paper():
    assert both_themes("a{b:c}:root[data-fr-theme=dark]{--x:#000}") == (
        "a{b:c}@media screen{:root[data-theme=dark]{--x:#000}}"
        "@media screen and (prefers-color-scheme:dark){:root:not([data-theme]){--x:#000}}"
    )
    # What light and dark share stays for paper.
    shared = both_themes(".l,[data-fr-theme=dark] .l{b:c}")
    assert shared.startswith(".l,:root[data-theme=dark] .l{b:c}@media screen and")


@pytest.mark.parametrize("name", settings.STYLESHEETS)
def test_a_sheet_is_found_whole(name):
    text = Path(finders.find(name)).read_text(encoding="utf-8")
    assert "data-fr-theme" not in text
    assert text.count("{") == text.count("}")
    folder = Path("/static/website")
    for address in set(re.findall(r"""url\(["']?(?!data:|#)([^"')]+)""", text)):
        target = (folder / address.partition("?")[0]).resolve().relative_to("/static")
        assert finders.find(str(target)), address


@pytest.mark.parametrize("part", OURS)
def test_no_sheet_names_a_colour_but_the_one_for_that(part):
    text = (STATIC / part).read_text(encoding="utf-8")
    assert not A_COLOUR.findall(FALLBACK.sub("", text))
    named = (STATIC / "website/colours.css").read_text(encoding="utf-8")
    used = set(re.findall(r"var\((--tec-[a-z0-9-]+)", text))
    known = set(re.findall(r"(--tec-[a-z0-9-]+):", named + (STATIC / "website/site.css").read_text(encoding="utf-8")))
    assert used <= known


ON_THE_PAGE = ("navy", "coral", "green", "red", "quiet", "link", "ink")
READ = [
    *((word, ground) for word in ON_THE_PAGE for ground in ("surface", "paper", "sand", "cream")),
    *((word, ground) for word in ("navy", "coral", "quiet", "ink") for ground in ("sky", "mint", "straw", "blush")),
    ("on-mint", "mint"), ("on-straw", "straw"), ("on-blush", "blush"), ("ink", "mark"), ("on-plate", "plate"),
    ("on-ground", "ground"), ("on-ground", "brick"), ("on-ground", "night"), ("on-night", "night"), ("on-sun", "sun"),
    ("quiet", "count-0"), ("on-count", "count-1"), ("on-count", "count-2"), ("on-count-full", "count-3"),
    ("on-count-full", "count-4"), *(("ink", f"answer-{one}") for one in "abcde"),
]  # fmt: skip
SEEN = [
    *((line, ground) for line in ("focus", "field-line", "quiet", "bond", "done") for ground in ("surface", "paper")),
    ("focus", "sky"), ("focus", "mint"), ("sun", "night"),
]  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_and_drawings_stand_out_of_their_grounds(theme):
    """WCAG 1.4.3 and 1.4.11: 4.5 for what is read, 3 for what is only seen."""
    light, _, dark = (STATIC / "website/colours.css").read_text(encoding="utf-8").partition(":root[data-fr-theme=dark]")
    named = dict(re.findall(r"--tec-([a-z0-9-]+): #([0-9a-f]{3,6});", light))
    if theme == "dark":
        named |= dict(re.findall(r"--tec-([a-z0-9-]+): #([0-9a-f]{3,6});", dark))
    weak = [
        (words, ground, round(ratio, 2))
        for pairs, least in ((READ, 4.5), (SEEN, 3))
        for words, ground in pairs
        if (ratio := contrast(named[words], named[ground])) < least
    ]
    assert weak == []


def contrast(one: str, other: str) -> float:
    lower, higher = sorted((luminance(one), luminance(other)))
    return (higher + 0.05) / (lower + 0.05)


def luminance(colour: str) -> float:
    """Relative, of sRGB (WCAG 2.2)."""
    whole = colour if len(colour) == 6 else "".join(2 * one for one in colour)
    parts = (int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
