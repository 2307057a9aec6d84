"""Which entries have the words of a question, and what they are worth there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from commun.common.spelling import forgiven, initial_of
from commun.finding.analysis import Question, Term, closest, root_of
from commun.finding.analysis.worth import UNIT, key_of, rarity
from commun.finding.models import Entry, Posting, Text, Word

# An entry answers when it has words worth this share of the question's.
_ENOUGH = 50  # hundredths
_SHORTEST_BEGINNING = 3
_MOST_ENDINGS = 12
# A word that somebody may have meant counts less than one that was typed.
_GUESSED = 70  # hundredths
POSTINGS = f'"{Posting._meta.db_table}"'  # our own tables: the statement below holds nothing else
_ENTRIES = f'"{Entry._meta.db_table}"'


@dataclass(frozen=True, kw_only=True)
class Read:
    """`scores` of the entries that answer; `sought`: for each word, the roots that answer it, to be marked; `meant`:
    what each unknown word was taken for; `whole`: how many entries have every word."""

    scores: Mapping[int, int]
    sought: Sequence[frozenset[str]]
    meant: Mapping[str, str]
    whole: int


def read(question: Question, *, typing: bool = False, most: int | None = None) -> Read:
    """Four queries at most, one more for phrases. `typing`: the last word is not over. `most`: so many answers are
    wanted, the best; of one word alone no more is read, which a beginning that thousands have makes a difference."""
    most = most if len(question.terms) == 1 and not question.phrases else None
    held, total = postings({term.root for term in question.terms if term.root}, most=most)
    guesses = {
        term: _guess(term, ending=typing and term is question.terms[-1], is_known=term.root in held or not term.root)
        for term in question.terms
        if term.root not in held or (typing and term is question.terms[-1])
    }
    # A word of grammar, unless it begins another.
    terms = [term for term in question.terms if term.root or guesses.get(term)]
    others = {root for roots in guesses.values() for root in roots} - held.keys()
    held |= postings(others, most=most)[0]
    groups = [_group(term, guesses.get(term, {}), held=held) for term in terms]
    weights = [round(UNIT * rarity(total, len(group))) + 1 if group else 0 for group in groups]
    scores, whole = _sum(groups, weights, unfound=_unfound(groups, total=total))
    if question.phrases:
        kept = _with_phrases(question.phrases, among=scores)
        scores = {pk: score for pk, score in scores.items() if pk in kept}
        whole = len(scores)
    meant = {
        term.typed: word
        for term, roots in guesses.items()
        if term.root and term.root not in held
        for word in [*roots.values()][:1]
    }
    sought = [frozenset(filter(None, (term.root, *guesses.get(term, ())))) for term in terms]
    return Read(scores=scores, sought=sought, meant=meant, whole=whole)


def _unfound(groups: Sequence[Mapping[int, int]], *, total: int) -> int:
    """What words that nothing has weigh: as much as one that a single entry has, unless nothing has any."""
    return sum(round(UNIT * rarity(total, 1)) for group in groups if not group) if any(groups) else 0


def postings(roots: Collection[str], *, most: int | None = None) -> tuple[dict[str, dict[int, int]], int]:
    """Of each root that some entry has: the entries, with its worth in each; and how many entries there are. `most`:
    of all of them, those that are worth most."""
    if not roots:
        return {}, 0
    names = {key_of(root): root for root in roots}
    marks = ", ".join(["%s"] * len(names))
    best = f"ORDER BY worth DESC, entry DESC LIMIT {most:d}" if most is not None else ""
    by_word: dict[int | None, dict[int, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM (SELECT word, entry, worth FROM {POSTINGS} WHERE word IN ({marks}) {best}) AS found "  # noqa: S608
            f"UNION ALL SELECT NULL, COUNT(*), 0 FROM {_ENTRIES}",
            list(names),
        )
        for word, entry, worth in cursor.fetchall():
            by_word[word][entry] = worth
    [total] = by_word.pop(None)
    return {names[word]: entries for word, entries in by_word.items() if word is not None}, max(1, total)


def _group(term: Term, guesses: Mapping[str, str], *, held: Mapping[str, Mapping[int, int]]) -> dict[int, int]:
    """Entries that have the word, or one it may have been taken for: the best worth of them."""
    found = dict(held.get(term.root, {}))
    for root in guesses:
        for entry, worth in held.get(root, {}).items():
            found[entry] = max(found.get(entry, 0), worth * _GUESSED // 100)
    return found


def _sum(groups: Sequence[Mapping[int, int]], weights: Sequence[int], *, unfound: int) -> tuple[dict[int, int], int]:
    """Scores of the entries that have enough of the words, and how many have them all."""
    scores: dict[int, int] = defaultdict(int)
    covered: dict[int, int] = defaultdict(int)
    for group, weight in zip(groups, weights, strict=True):
        for entry, worth in group.items():
            scores[entry] += weight * worth
            covered[entry] += weight
    asked = sum(weights) + unfound
    if not covered:
        return {}, 0
    most = max(covered.values())
    enough = min(asked * _ENOUGH // 100, most)
    whole = sum(1 for weight in covered.values() if weight == asked)
    return {entry: scores[entry] * weight // asked for entry, weight in covered.items() if weight >= enough}, whole


def _guess(term: Term, *, ending: bool, is_known: bool) -> dict[str, str]:
    """Roots that a word may stand for, with the known word of each: how it may end, else what it mistypes."""
    found: dict[str, str] = {}
    if ending or not is_known:
        found = _endings(term) if len(term.word) >= _SHORTEST_BEGINNING else {}
    if not found and not is_known and (most := forgiven(term.word)):
        near = Word.objects.filter(length__range=(len(term.word) - most, len(term.word) + most))
        near = near.filter(initial=initial_of(term.word))
        found = _roots(word for word, _ in closest(term.word, near.values_list("text", flat=True)))
    return found


def _endings(term: Term) -> dict[str, str]:
    words = Word.objects.filter(text__prefix=term.word).order_by("length", "text")
    return _roots(words.values_list("text", flat=True)[:_MOST_ENDINGS])


def _roots(words: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in words:
        if root := root_of(word):
            found.setdefault(root, word)
    return found


def _with_phrases(phrases: Sequence[str], *, among: Collection[int]) -> set[int]:
    wanted = Q()
    for phrase in phrases:
        wanted &= Q(folded__contains=f" {phrase} ")
    return set(Text.objects.filter(wanted).values_list("entry_id", flat=True)) & set(among)
