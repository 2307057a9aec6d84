"""The screen of how a letter went; printed, it is the page one brings to a steering committee."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commun.newsletters.selectors.afterwards import WINDOW, Afterwards, afterwards_of, earlier
from commun.newsletters.views.issues import crumbs
from commun.newsletters.views.sending import back, crumb, get_issue_or_404

_HIGH, _WIDE, _GAP = 120, 640, 3
_SMALL_HIGH, _SMALL_WIDE = 40, 120
_VISITS = "Visites de l’édition web"


@require_safe
def afterwards(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_issue_or_404(request, pk)
    one = afterwards_of(issue=page)
    if one is None:
        return back(page)
    context = {
        "issue": page,
        "one": one,
        "days": WINDOW.days,
        "bars": _bars(one),
        "busiest": max((number for _, number in one.visits), default=0),
        "numbers": _numbers(one),
        "measures": _measures([one, *earlier(than=one)]),
        "given": [(kind.label, number) for kind, number in one.given.items() if number],
        "breadcrumbs_items": crumbs(crumb(page), (request.path, "Après l’envoi")),
    }
    return render(request, "newsletters/admin/afterwards.html", context)


def _bars(one: Afterwards) -> list[dict[str, str]]:
    """Where each day's bar stands in the picture; a day without a visit has none."""
    most = max((number for _, number in one.visits), default=0)
    step = _WIDE / max(len(one.visits), 1)
    return [
        {
            "x": f"{at * step:.1f}",
            "width": f"{max(step - _GAP, 1):.1f}",
            "y": f"{_HIGH - _HIGH * number / most:.1f}",
            "height": f"{_HIGH * number / most:.1f}",
        }
        for at, (_, number) in enumerate(one.visits)
        if number
    ]


def _numbers(one: Afterwards) -> list[tuple[str, int]]:
    """What one reads first."""
    return [(label, numbers[0]) for label, numbers in _lines([one]) if label != _VISITS]


def _measures(letters: list[Afterwards]) -> dict[str, Any]:
    """A table: a line a measure, a column a letter, the one looked at first; and its drawing."""
    lines = _lines(letters)
    return {
        "issues": [one.issue for one in letters],
        "lines": lines,
        "drawn": [(label, numbers[0], _small(numbers)) for label, numbers in lines if any(numbers)],
    }


def _small(numbers: list[int]) -> list[dict[str, str]]:
    """A bar a letter, the oldest on the left and the one looked at last; none is a line on the ground."""
    most, step = max(numbers), _SMALL_WIDE / len(numbers)
    heights = [max(_SMALL_HIGH * number / most, 1.0) for number in reversed(numbers)]
    return [
        {
            "x": f"{at * step:.1f}",
            "width": f"{step - _GAP:.1f}",
            "y": f"{_SMALL_HIGH - height:.1f}",
            "height": f"{height:.1f}",
        }
        for at, height in enumerate(heights)
    ]


def _lines(letters: list[Afterwards]) -> list[tuple[str, list[int]]]:
    return [
        ("Acceptées", [one.progress.counts.get("accepted", 0) for one in letters]),
        ("Remises à plus tard", [one.later for one in letters]),
        ("Refusées", [one.progress.counts.get("refused", 0) for one in letters]),
        ("Revenues : adresse morte", [one.dead for one in letters]),
        ("Plaintes", [one.returns.get("complaint", 0) for one in letters]),
        ("Départs", [one.people.departures for one in letters]),
        ("Arrivées", [one.people.joined for one in letters]),
        ("Réponses par courriel", [one.answers for one in letters]),
        ("Contributions", [one.contributions for one in letters]),
        ("Besoins", [one.needs for one in letters]),
        ("« Nous voulons le faire »", [one.starts for one in letters]),
        ("Bulletins de vote", [one.ballots for one in letters]),
        (_VISITS, [one.visited for one in letters]),
    ]
