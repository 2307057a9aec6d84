"""What makes the order: examples."""

from __future__ import annotations

from datetime import timedelta

from commun.cooperation.matching import Code, Kind, NeedText, Place, suggest_for
from tests.cooperation.matching.making import NOW, Memory, candidate
from tests.cooperation.matching.measuring import measure

# A word that everything has says nothing: these do not have it.
OTHERS = [candidate(f"other{number}", f"mot{number}") for number in range(20)]


def test_equal_candidates_come_in_the_order_of_their_keys():
    index = Memory([*OTHERS, *(candidate(key, "compost") for key in "cab")])
    assert [one.key for one in suggest_for(NeedText(title="compost"), shelf=index, now=NOW)] == ["a", "b", "c"]


def test_the_title_of_a_page_counts_more_than_its_body():
    index = Memory([*OTHERS, candidate("a", "autre", "compost"), candidate("b", "compost", "autre")])
    assert [one.key for one in suggest_for(NeedText(title="compost"), shelf=index, now=NOW)] == ["b", "a"]


def test_a_list_is_not_of_one_kind_only():
    many = [candidate(f"a{number}", "compost cantine", themes=frozenset({"eau"})) for number in range(9)]
    event = candidate("z", "visite", kind=Kind.EVENT, themes=frozenset({"eau"}))
    need = NeedText(theme="eau", title="compost", text="cantine")
    found = suggest_for(need, shelf=Memory([*many, event]), now=NOW, limit=9)
    assert "z" in [one.key for one in found]


def test_nothing_is_suggested_once_it_is_over():
    index = Memory(
        [
            *OTHERS,
            candidate("a", "compost", until=NOW),
            candidate("b", "compost", until=NOW + timedelta(minutes=1)),
        ]
    )
    assert [one.key for one in suggest_for(NeedText(title="compost"), shelf=index, now=NOW)] == ["b"]


def test_an_obstacle_alone_suggests_nothing():
    index = Memory([candidate("a", "autre", circumstances="Nous manquions de temps")])
    assert suggest_for(NeedText(title="compost", constraints="temps"), shelf=index, now=NOW) == []


def test_several_words_or_obstacles_are_told_in_one_sentence():
    one = candidate("a", "compost de cantine", difficulties="le temps et le budget")
    need = NeedText(title="Cantines", text="Des composts", constraints="temps, budget")
    [found] = suggest_for(need, shelf=Memory([one]), now=NOW)
    assert {reason.code: reason.sentence for reason in found.reasons} == {
        Code.WORDS: "Mêmes mots : « cantines », « composts »",
        Code.OBSTACLE: "Mêmes freins : le manque de temps, le budget",
    }


def test_the_page_of_the_very_subject_comes_first():
    about = candidate("z", "Organiser un compost de cantine")
    beside = candidate("a", "Cantine", "compost de cantine " * 3, themes=frozenset({"eau"}))
    found = suggest_for(NeedText(title="Un compost de cantine"), shelf=Memory([*OTHERS, about, beside]), now=NOW)
    assert found[0].key == "z"


def test_nobody_is_suggested_what_happened_at_home():
    home, away = (Place(kind="commune", key=f"commune:{code}") for code in ("29195", "35130"))
    shelf = Memory([*OTHERS, candidate("a", "compost", places=(home,)), candidate("b", "compost", places=(away,))])
    assert [one.key for one in suggest_for(NeedText(title="compost", place=home), shelf=shelf, now=NOW)] == ["b"]


def test_the_demonstration_is_matched_as_well_as_when_it_was_labelled():
    """A guard against falling back, not a promise: labels and weights come from the same hands."""
    found = measure()
    assert found.first >= 0.85
    assert found.recall >= 0.8
