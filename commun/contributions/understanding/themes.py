"""Which themes a message speaks of, by the words each theme gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commun.contributions.understanding.result import Field, Reason, Span, Suggestion, ThemeWords, Where, Writing
from commun.contributions.understanding.text import Word, stem, words_of

MOST_READ = 20_000
MOST_SUGGESTED = 3
_ENOUGH = 4.0
_LINKING = frozenset(
    "a au aux avec ce ces d dans de des du en et l la le les leur ou par pour qu que qui s sa se ses son sur un une".split()
)


def read(writing: Writing, *, themes: Sequence[ThemeWords]) -> Iterator[Suggestion]:
    texts = (
        (Where.SUBJECT, _index(words_of(writing.subject[:1000])), 3.0),
        (Where.BODY, _index(words_of(writing.body[:MOST_READ])), 1.0),
    )
    found: list[tuple[float, ThemeWords, tuple[Span, ...]]] = []
    for theme in themes:
        score, spans = 0.0, list[Span]()
        for weight, phrase in _phrases(theme):
            for where, index, factor in texts:
                span = _find(phrase, index, where)
                if span is not None:
                    score += weight * factor
                    spans.append(span)
        if score:
            found.append((score, theme, tuple(spans[:6])))
    found.sort(key=lambda one: (-one[0], one[1].key))
    total = sum(score for score, _, _ in found[:MOST_SUGGESTED])
    for score, theme, evidence in found[:MOST_SUGGESTED]:
        yield Suggestion(
            field=Field.THEME,
            value=theme.key,
            label=theme.title,
            confidence=min(0.9, score / _ENOUGH) * (0.4 + 0.6 * score / total),
            reason=Reason.WORDS,
            evidence=evidence,
        )


def _phrases(theme: ThemeWords) -> list[tuple[float, tuple[str, ...]]]:
    """Expressions of several words say more than one; the title as a whole says most."""
    phrases: dict[tuple[str, ...], float] = {}
    for text in (theme.title, *theme.words):
        stems = tuple(stem(word.plain) for word in words_of(text) if word.plain not in _LINKING)
        if stems:
            phrases[stems] = 1.0 + len(stems)
    return [(weight, phrase) for phrase, weight in phrases.items()]


Index = tuple[list[tuple[str, Word]], dict[str, list[int]]]


def _index(words: list[Word]) -> Index:
    kept = [(stem(word.plain), word) for word in words if word.plain not in _LINKING]
    positions: dict[str, list[int]] = {}
    for at, (root, _) in enumerate(kept):
        positions.setdefault(root, []).append(at)
    return kept, positions


def _find(phrase: tuple[str, ...], index: Index, where: Where) -> Span | None:
    kept, positions = index
    for at in positions.get(phrase[0], ()):
        if tuple(root for root, _ in kept[at : at + len(phrase)]) == phrase:
            return Span(where, kept[at][1].start, kept[at + len(phrase) - 1][1].end)
    return None
