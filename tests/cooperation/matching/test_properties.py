"""What must hold whatever is asked and whatever there is."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from commun.cooperation.matching import (
    Candidate,
    Code,
    Kind,
    Match,
    NeedText,
    Reason,
    Text,
    stratum_of,
    suggest_for,
)
from commun.finding.analysis.obstacles import named_in, said_in
from commun.finding.analysis.words import roots_in
from tests.cooperation.matching.making import NOW, Memory, needs, shelves, strange

# Shelves are slow to make on a busy machine; that says nothing of the code.
lightly = settings(max_examples=60)


def ask(need: NeedText, shelf: list[Candidate], **options) -> list[Match]:
    return suggest_for(need, shelf=Memory(shelf), now=NOW, **options)


def verify(reason: Reason, *, need: NeedText, one: Candidate) -> bool:  # noqa: PLR0911
    """Read again from the inputs, by another way than the ranking's."""
    place = need.place
    match reason.code:
        case Code.THEME:
            return need.theme in one.themes and need.theme_title in reason.sentence
        case Code.WORDS:
            told = [part.split(" »")[0] for part in reason.sentence.split("« ")[1:]]
            theirs = {root for text in one.texts for root in roots_in(text.text)}
            ours = {root for text in (need.title, need.text) for root in roots_in(text)}
            return bool(told) and all(set(roots_in(word)) & theirs & ours for word in told)
        case Code.OBSTACLE:
            ours = said_in(f"{need.title}\n{need.text}") | named_in(need.constraints)
            common = ours & (named_in(one.difficulties) | said_in(one.circumstances))
            told = reason.sentence.split(" : ", 1)[1].split(", ")
            return bool(told) and set(told) <= {obstacle.label for obstacle in common}
        case Code.POPULATION:
            stratum = place and stratum_of(place.population)
            return bool(stratum and stratum.label in reason.sentence) and any(
                other.kind == place.kind and stratum_of(other.population) == stratum for other in one.places
            )
        case Code.DEPARTEMENT:
            return bool(place and place.departement) and place.departement in {p.departement for p in one.places}
        case Code.REGION:
            return bool(place and place.region) and place.region in {p.region for p in one.places}
        case Code.STAGE:
            return bool(need.stage) and need.stage == one.stage


@lightly
@given(need=needs, shelf=shelves)
def test_every_reason_told_is_true_and_at_most_three_are_the_strongest_first(need, shelf):
    by_key = {one.key: one for one in shelf}
    for found in ask(need, shelf):
        assert 1 <= len(found.reasons) <= 3
        assert len({reason.code for reason in found.reasons}) == len(found.reasons)
        assert [reason.points for reason in found.reasons] == sorted((r.points for r in found.reasons), reverse=True)
        assert all(verify(reason, need=need, one=by_key[found.key]) for reason in found.reasons)
        assert sum(reason.points for reason in found.reasons) <= found.score + 1e-5


@lightly
@given(need=needs, shelf=shelves, seed=st.integers())
def test_the_order_in_which_things_came_changes_nothing(need, shelf, seed):
    shuffled = list(shelf)
    random.Random(seed).shuffle(shuffled)
    assert ask(need, shuffled) == ask(need, shelf)


@lightly
@given(need=needs, shelf=shelves, others=st.integers(1, 5))
def test_what_has_nothing_to_do_with_a_need_moves_nothing_but_the_rarity_of_words(need, shelf, others):
    def flat(total: int, having: int) -> float:
        return 1.0

    useless = [
        Candidate(key=f"zz{number}", kind=Kind.ARTICLE, texts=(Text("zzyzx"),), themes=frozenset({"other"}))
        for number in range(others)
    ]
    before = suggest_for(need, shelf=Memory(shelf, weigh=flat), now=NOW, limit=50)
    after = suggest_for(need, shelf=Memory([*shelf, *useless], weigh=flat), now=NOW, limit=50)
    assert after == before


@lightly
@given(theme=st.sampled_from(["eau", "jeunes"]), shelf=shelves)
def test_a_need_without_words_gets_its_theme_and_only_its_theme(theme, shelf):
    found = ask(NeedText(theme=theme), shelf, limit=50)
    assert {one.key for one in found} == {one.key for one in shelf if theme in one.themes}
    assert all([reason.code for reason in one.reasons] == [Code.THEME] for one in found)


@lightly
@given(shelf=shelves)
def test_an_empty_need_gets_nothing(shelf):
    assert ask(NeedText(), shelf) == []


@lightly
@given(need=needs, shelf=shelves)
def test_peers_of_the_moment_rank_as_if_they_were_in_the_index(need, shelf):
    """With one rarity for all words: those of the moment are not counted in it."""

    def flat(total: int, having: int) -> float:
        return 1.0

    half = len(shelf) // 2
    together = suggest_for(need, shelf=Memory(shelf, weigh=flat), now=NOW)
    apart = suggest_for(need, shelf=Memory(shelf[half:], weigh=flat), now=NOW, peers=shelf[:half])
    assert [(one.key, [r.sentence for r in one.reasons]) for one in apart] == [
        (one.key, [r.sentence for r in one.reasons]) for one in together
    ]


@lightly
@given(text=strange, other=strange, shelf=shelves)
def test_any_text_is_read_without_failing(text, other, shelf):
    need = NeedText(theme="eau", title=text, text=other, constraints=text + other)
    strange_one = Candidate(key="strange", kind=Kind.GUIDE, texts=(Text(text),), difficulties=other, circumstances=text)
    found = ask(need, [*shelf, strange_one])
    assert len(found) <= 12


@lightly
@given(need=needs, shelf=shelves, limit=st.integers(0, 5))
def test_no_more_is_given_than_was_asked_for(need, shelf, limit):
    few = ask(need, shelf, limit=limit)
    assert len(few) <= limit
    assert few == ask(need, shelf, limit=50)[:limit]


@lightly
@given(need=needs, shelf=shelves)
def test_case_and_accents_of_a_need_change_nothing_but_how_its_words_are_shown(need, shelf):
    shouted = replace(need, text=need.text.upper().replace("É", "E"), constraints=need.constraints.upper())
    assert [(one.key, one.score) for one in ask(shouted, shelf)] == [(one.key, one.score) for one in ask(need, shelf)]
