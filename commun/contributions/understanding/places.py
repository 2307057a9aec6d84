"""Places of the register that a message names, homonyms told apart by what stands around."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from commun.contributions.understanding.mentions import Candidate, candidates, is_cut, is_named
from commun.contributions.understanding.result import (
    Field,
    Gazetteer,
    Place,
    Reason,
    Span,
    Suggestion,
    Where,
    Writing,
)
from commun.contributions.understanding.text import fold, plain_words

MOST_SUGGESTED = 6
MOST_CHOICES = 4
_POSTCODE = re.compile(r"(?<!\d)(?:\d{5})(?!\d)")
_CODE_AFTER = re.compile(r"^ ?\(? ?(\d{5}|\d{2,3}|2[ab])(?!\d)")
_PARENT_AFTER = re.compile(r"^ ?[(,] ?(?:en |dans (?:la |le |les |l')?)?([a-z' -]{3,40})")
_POSTCODE_BEFORE = re.compile(r"(\d{5})[ ,-]*(?:cedex)?[ ,-]*$")
_LARGE = 20_000
_TOWN = 2_000
_FAR_LARGER = 8
# Names that are words: capitals at the head of a sentence or in a title say nothing of them.
_COMMON = frozenset(
    """orange tours sens lens plaisir fontaine croix gap apt die eu us y bois sauve vienne valence beaumont clermont
    gaillard passy marly vif mende olivet fosses stains moulins saintes lattes bourg ville village centre projet contre
    marche maire mairie monts nord sud est ouest vallee mer port pont riviere foret commune arts lettre forum ordre
    ame anis arc aubin avant avril bar beau bonneville bron bruges cancale cercle charmes chateau colombes comines condom
    corps creil croissy cuisine dames dole dive droit erre essai etre fa fain fosse foi fer franc gas gex grand grange
    grasse grace hem ham herbe igny is joue joux lac lacs lieu livre loge loos lucky lune mai maison malin mars martin
    mars mens metz mons montage moyen mur nay nogent noyers oo or ornans pau paris pia pin pleine pouilly prix puits
    quart ressources rond rosiers roques sage saint saints salon salle samois savoie sable sete source table terre thou
    tour trois troyes turbie vue val vals vaux vence ver vers verdun vert vignes vire vitry voile volume aire ans ars
    as aux chasse cours entre epine flers fleury foy gy issue joie laval lignes mare mere milly mouy ogre ouche pas plan
    prin rang ray rue sou taille vanne vaire vannes vinay voie annonce appel atelier information merci bonjour bravo
    camille charlotte claire alice arnaud lucas marcel louis henri romain florent jules hugo lens martin bernard laurent
    andre vincent clement germain maurice martial simon thomas victor lambert benoit denis marie anne rose marc leger aubin
    objet date heure lieu inscription programme guide experience besoin question la bonne belle participation""".split()
)


@dataclass(slots=True)
class _Found:
    candidate: Candidate
    places: list[Place]
    strength: float


@dataclass(frozen=True, slots=True)
class _Context:
    """What the whole message says of where: postcodes, folded text, parents of places named for sure, the sender."""

    text: str
    postcodes: frozenset[str]
    sender: Place | None


def read(writing: Writing, *, gazetteer: Gazetteer, sender: Place | None) -> Iterator[Suggestion]:
    """`sender`: where the organisation that writes is, if it is known."""
    texts = ((Where.SUBJECT, writing.subject), (Where.BODY, writing.body), (Where.SIGNATURE, writing.signature))
    folded = {where: fold(text) for where, text in texts}
    asked = [one for where, text in texts for one in candidates(text, folded=folded[where], where=where)]
    known = gazetteer(list(dict.fromkeys(one.phrase for one in asked))) if asked else {}
    whole = "\n".join(folded.values())
    context = _Context(whole, frozenset(_POSTCODE.findall(whole)), sender)
    found = []
    taken: dict[Where, list[tuple[int, int]]] = {where: [] for where, _ in texts}
    for candidate in asked:
        span = candidate.span
        if any(span.start < end and start < span.end for start, end in taken[span.where]):
            continue
        if is_cut(candidate, dict(texts)[span.where]):
            continue
        places = [place for place in known.get(candidate.phrase, ()) if is_named(candidate, place)]
        places, strength = _believe(candidate, places, context)
        if places:
            taken[span.where].append((span.start, span.end))
            found.append(_Found(candidate, places, strength))
    yield from _suggest(found, context)


def _believe(candidate: Candidate, places: list[Place], context: _Context) -> tuple[list[Place], float]:
    """Those kinds of places that these words may mean here, and how sure it is that a place is meant at all."""
    if not places:
        return [], 0.0
    kinds: dict[str, list[Place]] = {}
    for place in places:
        kinds.setdefault(place.kind, []).append(place)
    for kind in ("epci", "ept"):
        if kind in kinds and (candidate.is_epci or len(candidate.words) > 2):
            return kinds[kind], 0.9
    for kind, said in (("departement", candidate.is_departement), ("region", candidate.is_region)):
        if kind in kinds and said and not _with_code(candidate) and not candidate.is_street:
            return kinds[kind], 0.85
    if "com" in kinds and "commune" not in kinds:
        return kinds["com"], 0.8
    if "region" in kinds and "commune" not in kinds and len(kinds) <= 2 and not candidate.is_street:
        return kinds["region"], 0.6 if candidate.article in {"en", "d", "de", "l"} else 0.0
    communes = kinds.get("commune", [])
    strength = _strength(candidate, communes, context) if communes else 0.0
    return (communes, strength) if strength else ([], 0.0)


def _with_code(candidate: Candidate) -> bool:
    return bool(_POSTCODE_BEFORE.search(candidate.before) or _CODE_AFTER.match(candidate.after))


def _strength(candidate: Candidate, communes: list[Place], context: _Context) -> float:  # noqa: PLR0911 (surest first)
    if any(_has_code(candidate, place) for place in communes) or any(_has_parent(candidate, p) for p in communes):
        return 0.95
    if candidate.is_body and (candidate.words[0].is_capital or len(candidate.words) > 1):
        return 0.9
    if candidate.is_street or not candidate.words[0].is_capital or _is_person(candidate):
        return 0.0
    if context.sender is not None and any(place.key == context.sender.key for place in communes):
        return 0.75
    largest = max(place.population for place in communes)
    if len(candidate.words) > 1:
        linked = "-" in candidate.phrase or "'" in candidate.phrase or "’" in candidate.phrase
        return 0.8 if candidate.is_at else 0.7 if linked else 0.55
    if candidate.plain[0] in _COMMON or len(candidate.plain[0]) < 3:
        return 0.65 if candidate.is_at and not candidate.starts_sentence and largest >= _LARGE else 0.0
    if candidate.is_at:
        return 0.75 if largest >= _TOWN else 0.6
    if largest >= _LARGE and not candidate.starts_sentence:
        return 0.6
    return 0.0


def _is_person(candidate: Candidate) -> bool:
    """« Claire Angers », « Jean-Luc Sète »: a capital just before, that ends no sentence."""
    return bool(re.search(r"\b(?:m\.|mme|mr|dr|pr) ?(?:[a-z-]+ )?$", candidate.before))


def _has_code(candidate: Candidate, place: Place) -> bool:
    before, after = _POSTCODE_BEFORE.search(candidate.before), _CODE_AFTER.match(candidate.after)
    if before is not None and _fits(before[1], place):
        return True
    return after is not None and _fits(after[1].upper(), place)


def _fits(code: str, place: Place) -> bool:
    if len(code) == 5:
        return code in place.postcodes or (code.endswith("0") and any(p[:2] == code[:2] for p in place.postcodes))
    return code == place.departement_code


def _has_parent(candidate: Candidate, place: Place) -> bool:
    """« Saint-Denis (La Réunion) », « Sauve, dans le Gard »."""
    after = _PARENT_AFTER.match(candidate.after)
    if after is None:
        return False
    said = plain_words(after[1])
    for parent in (place.departement, place.region, place.epci):
        wanted = plain_words(parent)
        if wanted and wanted in {said[: len(wanted)], said[1 : len(wanted) + 1]}:
            return True
    return False


def _suggest(found: list[_Found], context: _Context) -> Iterator[Suggestion]:
    best: dict[str, Suggestion] = {}
    for one in found:
        for suggestion in _choose(one, context):
            kept = best.get(suggestion.value)
            if kept is None:
                best[suggestion.value] = suggestion
            else:
                stronger = max(kept, suggestion, key=lambda s: s.confidence)
                evidence = (*kept.evidence, *suggestion.evidence)[:8]
                best[suggestion.value] = Suggestion(
                    field=Field.TERRITORY,
                    value=stronger.value,
                    label=stronger.label,
                    confidence=min(0.97, stronger.confidence + 0.03),
                    reason=stronger.reason,
                    evidence=evidence,
                )
    ordered = sorted(best.values(), key=lambda s: (-s.confidence, s.evidence[0].where is Where.SIGNATURE, s.value))
    yield from ordered[:MOST_SUGGESTED]


def _choose(one: _Found, context: _Context) -> list[Suggestion]:
    """The place among its homonyms, or several to choose from."""
    span, places = one.candidate.span, sorted(one.places, key=lambda p: (-p.population, p.key))
    if span.where is Where.SIGNATURE:
        one.strength *= 0.8
    if len(places) == 1:
        return [_suggestion(places[0], one.strength, Reason.NAMED, span)]
    tests = (
        (Reason.POSTCODE, 1.0, lambda p: _has_code(one.candidate, p)),
        (Reason.PARENT, 1.0, lambda p: _has_parent(one.candidate, p)),
        (Reason.POSTCODE, 0.95, lambda p: not context.postcodes.isdisjoint(p.postcodes)),
        (Reason.SENDER_PLACE, 0.95, lambda p: context.sender is not None and p.key == context.sender.key),
        (Reason.PARENT, 0.9, lambda p: _names_parent(context.text, p)),
        (Reason.SENDER_PLACE, 0.8, lambda p: context.sender is not None and _near(p, context.sender)),
    )
    for reason, factor, test in tests:
        kept = [place for place in places if test(place)]
        if len(kept) == 1:
            return [_suggestion(kept[0], one.strength * factor, reason, span)]
        places = kept or places
    first, second = places[0], places[1]
    if first.population >= _LARGE and first.population >= _FAR_LARGER * max(1, second.population):
        return [_suggestion(first, one.strength * 0.8, Reason.LARGEST, span)]
    return [_suggestion(place, 0.35, Reason.ONE_OF_SEVERAL, span) for place in places[:MOST_CHOICES]]


def _names_parent(text: str, place: Place) -> bool:
    for parent in (place.departement, place.epci):
        name = fold(parent)
        if name and re.search(rf"(?<![a-z-]){re.escape(name)}(?![a-z-])", text):
            return True
    return False


def _near(place: Place, sender: Place) -> bool:
    same = place.departement_code == sender.departement_code != ""
    return same or (sender.kind == "region" and place.region == sender.name) or place.departement == sender.name


def _suggestion(place: Place, confidence: float, reason: Reason, span: Span) -> Suggestion:
    return Suggestion(
        field=Field.TERRITORY,
        value=place.key,
        label=place.label,
        confidence=confidence,
        reason=reason,
        evidence=(span,),
    )
