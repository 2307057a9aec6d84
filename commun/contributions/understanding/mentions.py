"""Where a text may name a place, and what the words around say for or against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from commun.contributions.understanding.result import Place, Span, Where
from commun.contributions.understanding.text import Word, plain_words, words_of

LONGEST_NAME = 9  # words: « Saint-Germain-de-Tallevende-la-Lande-Vaumont » has seven, names of EPCI more
MOST_NAMES = 600
MOST_READ = 20_000
_ARTICLES = frozenset(("le", "la", "les", "l"))
_BEFORE_ARTICLE = frozenset(("le", "la", "les", "l", "du", "au", "aux", "des"))
_INNER = frozenset(
    "a au aux d de des du en et l la le les lez les s sous sur sainte saint saints pays communes".split()
)
_GAP = re.compile(r"[ \xa0\u202f]?[-‐‑–'’/][ ]?|[ \xa0\u202f]|,? ", re.UNICODE)
_BODY_BEFORE = re.compile(
    r"(?:commune|communes|mairie|ville|villes|village|municipalite|conseil municipal|habitants|maire|elus?|elue|bourg"
    r"|population|collectivite|ccas|office de tourisme|agglomeration|metropole) (?:nouvelle |deleguee )?(?:de |d'|du |des )?"
    r"(?:la |le |les |l')?$"
)
_AT_BEFORE = re.compile(r"(?:^|[\s(,;:'])(?:a|au|aux|vers|pres de|autour de|depuis|chez|sur)\s+(?:la |le |les |l')?$")
_STREET_BEFORE = re.compile(
    r"\b(?:rue|avenue|av\.?|boulevard|bd|bvd|place|impasse|chemin|quai|allees?|cours|square|passage|route|faubourg|gare"
    r"|lycee|college|ecole|eglise|abbaye|cathedrale|salle|espace|stade|parc|pont|tour|porte|batiment|residence|hotel"
    r"|theatre|musee|fort|mont|lac|hopital|clinique|universite|prefecture de police|chateau|cite|zac|zone|quartier"
    r"|rond-point|cafe|fondation|prix|editions?|libelle|docteur|general|marechal|president|madame|monsieur|m\.|mme|mr"
    r"|place de|journal|college de)\s+(?:de |d'|du |des )?(?:la |le |les |l')?(?:[a-z]+[- ])?$"
)
_DEPARTEMENT_BEFORE = re.compile(
    r"(?:departement|conseil departemental|prefecture|prefet|prefete|dans|en|depuis) ?(?:de |d'|du |des )?"
    r"(?:la |le |les |l')?$"
)
_REGION_BEFORE = re.compile(r"(?:region|conseil regional|en|dans|academie) ?(?:de |d'|du |des )?(?:la |le |les |l')?$")
_BODY_KIND = re.compile(
    r"(?:communaute (?:de communes|d'agglomeration|urbaine)|\bcc|\bca|\bcu|\bcdc|agglomeration|agglo|metropole|interco"
    r"|intercommunalite|epci) ?(?:de |d'|du |des )?(?:la |le |les |l')?$"
)
_EPCI_WORDS = re.compile(
    r"^(?:CC|CA|CU|Métropole|Metropole) (?:de |d'|d’|du |des )?(?:la |le |les |l'|l’)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of words that may be a name. `words` are those of the text, in order."""

    phrase: str
    words: tuple[Word, ...]
    before: str  # folded text that precedes it
    after: str
    where: Where
    article: str  # the word just before
    starts_sentence: bool

    @property
    def span(self) -> Span:
        return Span(self.where, self.words[0].start, self.words[-1].end)

    @property
    def plain(self) -> tuple[str, ...]:
        return tuple(word.plain for word in self.words)

    @property
    def is_body(self) -> bool:
        """A body, or people of a commune, are named by it: « la mairie de … »."""
        return bool(_BODY_BEFORE.search(self.before))

    @property
    def is_at(self) -> bool:
        return bool(_AT_BEFORE.search(self.before))

    @property
    def is_street(self) -> bool:
        return bool(_STREET_BEFORE.search(self.before))

    @property
    def is_departement(self) -> bool:
        return bool(_DEPARTEMENT_BEFORE.search(self.before))

    @property
    def is_region(self) -> bool:
        return bool(_REGION_BEFORE.search(self.before))

    @property
    def is_epci(self) -> bool:
        return bool(_BODY_KIND.search(self.before))


def candidates(text: str, *, folded: str, where: Where) -> Iterator[Candidate]:
    """Runs of words that begin and end like a name, the longest first at each place."""
    words = words_of(text[:MOST_READ])
    given = 0
    for at, first in enumerate(words):
        before = folded[max(0, first.start - 60) : first.start].rsplit("\n", 1)[-1]
        named = bool(_BODY_BEFORE.search(before) or _BODY_KIND.search(before))
        if not (first.is_capital or named):
            continue
        run = list(_run(words, at, text))
        for length in range(len(run), 0, -1):
            last = run[length - 1]
            if not (last.is_capital or last.text.isdigit() or named) or (length > 1 and last.text.isdigit()):
                continue
            given += 1
            if given > MOST_NAMES:
                return
            yield Candidate(
                phrase=text[first.start : last.end],
                words=tuple(run[:length]),
                before=before,
                after=folded[last.end : last.end + 60],
                where=where,
                article=words[at - 1].plain if at else "",
                starts_sentence=not text[: first.start].rstrip() or text[: first.start].rstrip()[-1] in ".!?\n:•",
            )


def _run(words: list[Word], at: int, text: str) -> Iterator[Word]:
    yield words[at]
    for before, word in zip(words[at:], words[at + 1 : at + LONGEST_NAME], strict=False):
        if not _GAP.fullmatch(text[before.end : word.start]):
            return
        yield word


def is_named(candidate: Candidate, place: Place) -> bool:
    """Whether these very words are the name, not only words that the register finds near: « le Mans », « du Havre »."""
    name = place.found_as or place.name
    if place.kind == "epci":
        return _is_epci_named(candidate, name)
    wanted = plain_words(name)
    return _same(candidate, wanted)


def _same(candidate: Candidate, wanted: tuple[str, ...]) -> bool:
    if candidate.plain == wanted:
        return True
    without = wanted[1:] if len(wanted) > 1 and wanted[0] in _ARTICLES else ()
    return bool(without) and candidate.plain == without and candidate.article in _BEFORE_ARTICLE


def _is_epci_named(candidate: Candidate, name: str) -> bool:
    if candidate.plain == plain_words(name):
        return True
    bare = plain_words(_EPCI_WORDS.sub("", name))
    return candidate.is_epci and candidate.plain in {bare, *((bare[1:],) if bare[:1] and bare[0] in _ARTICLES else ())}


def is_cut(candidate: Candidate, text: str) -> bool:
    """The name goes on after it: « Saint-Étienne » in « Saint-Étienne-quelque-part »."""
    end = candidate.words[-1].end
    start = candidate.words[0].start
    goes_on = re.match(r"[-‐‑][^\W\d_]", text[end : end + 2]) is not None
    return goes_on or re.search(r"[^\W\d_][-‐‑]$", text[max(0, start - 2) : start]) is not None
