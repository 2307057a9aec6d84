"""Whatever was changed without telling, or stopped half-way, is found by its mark and written again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from commun.finding.models import Entry, Text, Word
from commun.finding.registry import sources
from commun.finding.services.writing import VERSION, forget, forget_strays, refresh, tidy
from commun.finding.types import Source

# An index is written page by page: many entries at once touch each of its pages once.
LOT = 1000
logger = logging.getLogger("commun.finding")
Progress = Callable[[str, int, int], None]  # source, done, of how many


def sweep(*, now: datetime) -> int:
    """Periodic: entries whose mark is not what is published. How many were wrong."""
    forget(entries=Entry.objects.exclude(source__in=[one.name for one in sources()]))
    wrong = 0
    for source in sources():
        keys = _wrong(source)
        for lot in _lots(keys):
            refresh(source=source.name, keys=lot)
        if keys:
            logger.info("finding source=%s written again=%s", source.name, len(keys))
        wrong += len(keys)
    return wrong


def rebuild(*, progress: Progress) -> int:
    """Everything again, whatever the marks say; words that nothing has any more are forgotten. How many entries.

    May be stopped and started again: each lot is a transaction, and what is there goes on answering."""
    total = 0
    for source in sources():
        published = source.marks()
        gone = set(Entry.objects.filter(source=source.name).values_list("key", flat=True)) - published.keys()
        keys = [*_in_order(published), *sorted(gone)]
        done = 0
        for lot in _lots(keys):
            total += refresh(source=source.name, keys=lot, trusting=False)
            done += len(lot)
            progress(source.name, done, len(keys))
    forget_strays()
    forget_words()
    tidy()
    return total


def forget_words() -> int:
    """Words that no entry has any more. How many."""
    held: set[str] = set()
    for folded in Text.objects.values_list("folded", flat=True).iterator(chunk_size=LOT):
        held.update(folded.split())
    gone = sorted(set(Word.objects.values_list("text", flat=True)) - held)
    for lot in _lots(gone):
        Word.objects.filter(text__in=lot).delete()
    return len(gone)


def _wrong(source: Source) -> list[str]:
    published = {key: f"{VERSION}:{mark}"[:64] for key, mark in source.marks().items()}
    written = dict(Entry.objects.filter(source=source.name).values_list("key", "mark"))
    return [
        *(key for key in _in_order(published) if written.get(key) != published[key]),
        *sorted(written.keys() - published.keys()),
    ]


def _in_order(keys: Iterable[str]) -> list[str]:
    """Numbers as numbers: entries are then made in the order of what they stand for."""
    return sorted(keys, key=lambda key: (len(key), key))


def _lots(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), LOT):
        yield keys[start : start + LOT]
