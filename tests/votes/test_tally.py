"""The count, against an oracle and against what the rule promises."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commun.votes.tally import (
    Ballot,
    Method,
    Profile,
    Step,
    count,
    draw_order,
    gauge,
    majority_value,
    median,
    popularity,
    rank,
    seed_of,
)
from tests.votes.oracle import ranking_by_removal, value_by_removal

LADDER = (Step.READY, Step.DEPARTEMENTS, Step.DRAW)
SEED = seed_of(closing_hash="0" * 64, public_value="4 8 15 16 23 42")


@st.composite
def profiles(draw, grades=4):
    """Options that all received as many ballots, with the levels and near-levels that small votes have."""
    ballots = draw(st.integers(1, 14))
    row = st.lists(st.integers(0, grades - 1), min_size=ballots, max_size=ballots)
    rows = draw(st.lists(row, min_size=1, max_size=8))
    return [tuple(one.count(grade) for grade in range(grades)) for one in rows]


def _rank(counts, **options):
    values = {"method": Method.MAJORITY_JUDGMENT, "ladder": (), "seed": None, **options}
    return rank([Profile(counts=one) for one in counts], **values)


def test_the_ranking_is_the_oracles_on_ten_thousand_random_profiles():
    dice = random.Random(2026)
    ties = 0
    for _ in range(10_000):
        ballots, options = dice.randint(1, 12), dice.randint(2, 8)
        counts = []
        for _ in range(options):
            row = [dice.randrange(4) for _ in range(ballots)]
            counts.append(tuple(row.count(grade) for grade in range(4)))
        if dice.random() < 0.2:
            counts[-1] = counts[0]  # a true tie
        expected = ranking_by_removal(counts)
        ties += any(len(group) > 1 for group in expected)
        assert [sorted(group) for group in _rank(counts).groups] == expected
    assert ties > 2_000


@given(profiles())
def test_the_majority_value_is_what_removal_finds(counts):
    for one in counts:
        assert list(majority_value(one)) == value_by_removal(one)
        assert median(one) == value_by_removal(one)[0]


@given(profiles())
def test_where_gauges_differ_they_say_what_the_majority_value_says(counts):
    for first in counts:
        for second in counts:
            if gauge(first).key > gauge(second).key:
                assert majority_value(first) > majority_value(second)


@given(profiles(), st.randoms())
def test_the_order_of_options_and_of_ballots_changes_nothing(counts, dice):
    order = list(range(len(counts)))
    dice.shuffle(order)
    shuffled = _rank([counts[option] for option in order])
    back = [sorted(order[option] for option in group) for group in shuffled.groups]
    assert back == [sorted(group) for group in _rank(counts).groups]


@given(profiles(), st.data())
def test_a_better_grade_never_harms(counts, data):
    option = data.draw(st.integers(0, len(counts) - 1))
    worse = [grade for grade in range(3) if counts[option][grade]]
    if not worse:
        return
    grade = data.draw(st.sampled_from(worse))
    better = list(counts[option])
    better[grade] -= 1
    better[grade + 1] += 1
    raised = [*counts[:option], tuple(better), *counts[option + 1 :]]
    assert _rank(raised).place(option) <= _rank(counts).place(option)


@given(profiles())
def test_removing_an_option_changes_nothing_between_the_others(counts):
    whole, without = _rank(counts), _rank(counts[:-1]) if len(counts) > 1 else None
    if without is None:
        return
    kept = [tuple(option for option in group if option != len(counts) - 1) for group in whole.groups]
    assert [group for group in kept if group] == list(without.groups)


@given(profiles(), st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=8, max_size=8))
def test_the_ladder_ends_with_one_option_per_place_and_explains_each_step(counts, more):
    filled = [Profile(counts=one, ready=r, departements=d) for one, (r, d) in zip(counts, more, strict=False)]
    ranking = rank(filled, method=Method.MAJORITY_JUDGMENT, ladder=LADDER, seed=SEED)
    assert all(len(group) == 1 for group in ranking.groups)
    assert not ranking.waits_for_draw
    # Replaying the published steps leads to the published ranking.
    groups = [tuple(range(len(counts)))]
    for split in ranking.splits:
        groups = [part for group in groups for part in (split.groups if group == split.among else [group])]
    assert tuple(groups) == ranking.groups
    assert {part for split in ranking.splits for group in split.groups for part in group} <= set(range(len(counts)))


def test_steps_separate_in_their_order_only():
    same = (1, 1, 1, 1)
    options = [Profile(same, ready=2, departements=1), Profile(same, ready=2, departements=4), Profile(same, ready=3)]
    assert rank(options, method=Method.MAJORITY_JUDGMENT, ladder=LADDER, seed=None).groups == ((2,), (1,), (0,))
    by_place = (Step.DEPARTEMENTS, Step.READY)
    assert rank(options, method=Method.MAJORITY_JUDGMENT, ladder=by_place, seed=None).groups == ((1,), (0,), (2,))


def test_level_options_wait_for_the_public_value_and_stay_ex_aequo_in_print():
    level = [Profile((0, 0, 2)), Profile((0, 0, 2)), Profile((2, 0, 0))]
    waiting = rank(level, method=Method.MAJORITY_JUDGMENT, ladder=LADDER, seed=None)
    assert waiting.waits_for_draw
    assert waiting.groups == ((0, 1), (2,))
    drawn = rank(level, method=Method.MAJORITY_JUDGMENT, ladder=LADDER, seed=SEED)
    assert not drawn.waits_for_draw
    assert list(drawn.groups[:2]) == [(option,) for option in draw_order((0, 1), seed=SEED)]
    assert drawn.level_with(0) == (1,)
    assert drawn.place(0, before_draw=True) == drawn.place(1, before_draw=True) == 1
    assert drawn.place(2) == 3


def test_lots_depend_on_the_box_and_on_the_public_value_and_are_even():
    first = [draw_order(range(4), seed=seed_of(closing_hash="a", public_value=str(day)))[0] for day in range(4000)]
    assert all(850 < first.count(option) < 1150 for option in range(4))
    assert seed_of(closing_hash="a", public_value="1") != seed_of(closing_hash="b", public_value="1")


def test_approval_counts_approvals():
    counts = [(3, 7), (5, 5), (3, 7)]
    assert _rank(counts, method=Method.APPROVAL).groups == ((0, 2), (1,))


def test_without_a_ballot_nothing_is_ranked_nor_drawn():
    ranking = _rank([(0, 0, 0, 0), (0, 0, 0, 0)], ladder=LADDER, seed=SEED)
    assert ranking.groups == ((0, 1),)
    assert not ranking.waits_for_draw
    assert median((0, 0)) is gauge((0, 0)) is None


def test_counting_reads_grades_readiness_and_departements():
    ballots = [
        Ballot(grades=bytes([3, 0]), ready=bytes([1, 0]), departement="93"),
        Ballot(grades=bytes([3, 3]), ready=bytes([1, 0]), departement="93"),
        Ballot(grades=bytes([2, 3]), ready=bytes([0, 1]), departement="38"),
    ]
    assert count(ballots, options=2, grades=4) == [
        Profile(counts=(0, 0, 1, 2), ready=2, departements=1),
        Profile(counts=(1, 0, 0, 2), ready=1, departements=2),
    ]
    assert popularity((1, 0, 0, 2), from_grade=2) == (2, 3)


@pytest.mark.parametrize(
    "wrong", [Ballot(b"\x01", b"\0", ""), Ballot(b"\x04\0", b"\0\0", ""), Ballot(b"\0\0", b"", "")]
)
def test_a_ballot_of_another_shape_is_refused(wrong):
    with pytest.raises(ValueError, match="ballot"):
        count([wrong], options=2, grades=4)


def test_profiles_of_different_sizes_and_unknown_ladders_are_refused():
    with pytest.raises(ValueError, match="as many"):
        _rank([(1, 0), (1, 1)])
    with pytest.raises(ValueError, match="ladder"):
        _rank([(1, 0)], ladder=(Step.DRAW, Step.READY))
