"""Who gives documents to be found. Rooms above register theirs in `AppConfig.ready()`."""

from __future__ import annotations

from wagtail.models import Page

from commun.finding.exceptions import UnknownSource
from commun.finding.types import Source

_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Called from a room's `AppConfig.ready()`."""
    _sources[source.name] = source


def sources() -> list[Source]:
    return [_sources[name] for name in sorted(_sources)]


def get_source(name: str) -> Source:
    """Raises `UnknownSource`."""
    try:
        return _sources[name]
    except KeyError:
        raise UnknownSource(name) from None


def source_of(model: type[Page]) -> Source | None:
    return next((one for one in sources() if issubclass(model, tuple(one.page_models))), None)


def kind_labels() -> dict[str, str]:
    """Every kind there may be, with its French word, in the order of the sources."""
    return {kind: label for source in sources() for kind, label in source.kinds.items()}
