"""A declaration that cannot be true is refused; a true one says what is allowed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from commun.common.states import ForbiddenMove, Life, Mover, WrongLife, move

GOOD: dict[str, Any] = {
    "slug": "essai",
    "title": "Un essai",
    "states": {"new": "Nouveau", "read": "Lu", "done": "Fini"},
    "start": "new",
    "final": ["done"],
    "moves": [
        move("lit", "new", "read", Mover.PERSON),
        move("finit", ["new", "read"], "done", Mover.SWEEP),
        move("revient", "done", "read", Mover.PERSON, undo=True),
    ],
}


def life(**changes: Any) -> Life:
    return Life(**{**GOOD, **changes})


def test_it_says_what_leads_where():
    known = life()
    assert known.allows("new", "read")
    assert not known.allows("read", "new")
    assert not known.allows("done", "read")
    assert known.allows("done", "read", undo=True)
    assert known.leading_to("done") == ("new", "read")
    assert known.choices == [("new", "Nouveau"), ("read", "Lu"), ("done", "Fini")]
    known.check("read", "read")
    with pytest.raises(ForbiddenMove) as refused:
        known.check("read", "new")
    assert (refused.value.before, refused.value.after, refused.value.code) == ("read", "new", "move_forbidden")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"start": "nowhere"}, "unknown states: nowhere"),
        ({"moves": [*GOOD["moves"], move("perd", "new", "lost", Mover.PERSON)]}, "unknown states: lost"),
        ({"states": {**GOOD["states"], "island": "Île"}}, "nothing leads to: island"),
        ({"final": []}, "nobody moves what is 'done'"),
        ({"moves": [move("lit", "new", "read", Mover.PERSON), move("finit", "new", "done", Mover.SWEEP)]}, "'read'"),
        (
            {"moves": [*GOOD["moves"][1:], move("lit", "new", "read", Mover.SWEEP, within=timedelta(hours=1))]},
            "does not say since when",
        ),
    ],
)
def test_a_declaration_that_cannot_be_true_is_refused_at_once(changes, why):
    with pytest.raises(WrongLife, match=why):
        life(**changes)


def test_a_wrong_declaration_stops_the_import_of_its_module(tmp_path, monkeypatch):
    (tmp_path / "broken_life.py").write_text(
        "from commun.common.states import Life, Mover, move\n"
        "LIFE = Life(slug='x', title='x', states={'a': 'A', 'b': 'B'}, start='a', final=['a'], moves=[])\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(WrongLife):
        __import__("broken_life")
