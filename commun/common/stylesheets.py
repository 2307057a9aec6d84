"""Stylesheets put together from readable parts: one request for a page, instead of one for each part.

`settings.STYLESHEETS` names each and its parts, in their order; `settings.STYLESHEETS_INLINE`, the drawings of every
page, which are written into them rather than asked for one by one. `collectstatic`, and whatever serves static files
without it, finds them here. What parts say of the dark theme, they say once, under `:root[data-fr-theme=dark]`, as the
design system does. Put together, it holds where the reader chose it (`data-theme`, which the design system's own script
does not know, and so does not write down in every browser) or where the device asks for it and nobody chose; on paper,
never.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

_NOTE = re.compile(r"/\*[^!].*?\*/", re.DOTALL)
_CHARSET = re.compile(r'@charset "[^"]*";')
_ADDRESS = re.compile(r"""url\((?P<quote>["']?)(?!data:|[#/]|https?:)(?P<path>[^"')]+)(?P=quote)\)""")
# From the end of another rule, or the beginning: tried from every letter, it would take ten seconds.
_RULE = re.compile(r"(?<![^{}])(?P<selectors>[^{}]*\[data-fr-theme=dark\][^{}]*)(?P<says>\{[^{}]*\})")
_DARK = re.compile(r"(?::root)?\[data-fr-theme=dark\]")


def both_themes(css: str) -> str:
    """Rules of the dark theme, for whoever chose it, and again for a device that asks for it."""

    def repeat(found: re.Match[str]) -> str:
        selectors, says = found["selectors"], found["says"]
        chosen = _DARK.sub(":root[data-theme=dark]", selectors)
        asked = _DARK.sub(":root:not([data-theme])", selectors)
        dark_alone = all(_DARK.search(one) for one in selectors.split(","))
        first = f"@media screen{{{chosen}{says}}}" if dark_alone else f"{chosen}{says}"
        return f"{first}@media screen and (prefers-color-scheme:dark){{{asked}{says}}}"

    return _RULE.sub(repeat, css)


def assemble(name: str, *, parts: Sequence[str], inline: Sequence[str], read: Callable[[str], str]) -> str:
    """What `name` holds: addresses of its parts hold from where it stands. `read` gives the text of a static file."""
    here = posixpath.dirname(name)
    texts = []
    for part in parts:
        folder = posixpath.dirname(part)

        def moved(found: re.Match[str], folder: str = folder) -> str:
            target = posixpath.normpath(posixpath.join(folder, found["path"]))
            if target in inline:
                drawing = quote(read(target).strip(), safe=" /:=(),;'")
                return f'url("data:image/svg+xml,{drawing}")'
            return f"url({found['quote']}{posixpath.relpath(target, here)}{found['quote']})"

        text = _CHARSET.sub("", _NOTE.sub("", read(part)))
        texts.append(_ADDRESS.sub(moved, text).strip())
    return both_themes('@charset "UTF-8";\n' + "\n".join(texts)) + "\n"


class StylesheetFinder(finders.BaseFinder):
    """Writes them under `VAR_DIR`, whenever a part has changed."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [str(_written(path))] if path in settings.STYLESHEETS else []
        return found if find_all or not found else found[0]

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        for name in settings.STYLESHEETS:
            _written(name)
            yield name, FileSystemStorage(location=_folder())


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "stylesheets"


def _written(name: str) -> Path:
    sources = [(part, _source(part)) for part in (*settings.STYLESHEETS[name], *settings.STYLESHEETS_INLINE)]
    text = _assembled(name, tuple((part, path, path.stat().st_mtime_ns) for part, path in sources))
    path = _folder() / name
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")  # processes that start together write the same, whole
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    return path


@lru_cache(maxsize=8)
def _assembled(name: str, sources: tuple[tuple[str, Path, int], ...]) -> str:
    paths = {part: path for part, path, _ in sources}
    return assemble(
        name,
        parts=settings.STYLESHEETS[name],
        inline=settings.STYLESHEETS_INLINE,
        read=lambda part: paths[part].read_text(encoding="utf-8"),
    )


def _source(part: str) -> Path:
    found = finders.find(part)
    if not isinstance(found, str):
        raise FileNotFoundError(f"settings.STYLESHEETS: no static file {part}")
    return Path(found)
