"""What audits found, as the law asks a public site to say it: of its accessibility (RGAA 4.1.2, 106 criteria), of its
ecodesign (RGESN 2024, 78 criteria)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

OURS = Path(__file__).with_name("audit.toml")
CRITERIA = 106
OUR_ECODESIGN = Path(__file__).with_name("ecodesign.toml")
ECODESIGN_CRITERIA = 78
_REFERENCE = "https://accessibilite.numerique.gouv.fr/methode/criteres-et-tests/#"
_STATES = {"c": "conforme", "nc": "non conforme", "na": "non applicable", "nt": "non évalué"}


class AuditError(Exception):
    """The file is not an audit; the text says where, in French."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """`subject`: of what, where the reference has no page of its own to lead to."""

    number: str
    state: str
    how: str
    subject: str = ""

    @property
    def word(self) -> str:
        return _STATES[self.state]

    @property
    def url(self) -> str:
        return f"{_REFERENCE}{self.number}"


@dataclass(frozen=True, kw_only=True)
class Theme:
    number: int
    name: str
    criteria: int
    results: Sequence[Result]

    def count(self, state: str) -> int:
        return sum(one.state == state for one in self.results)

    @property
    def good(self) -> int:
        return self.count("c")

    @property
    def bad(self) -> int:
        return self.count("nc")

    @property
    def idle(self) -> int:
        return self.count("na")

    @property
    def untested(self) -> int:
        return self.criteria - self.good - self.bad - self.idle


@dataclass(frozen=True, kw_only=True)
class Audit:
    version: str
    made_on: date
    made_by: str
    complete: bool
    sample: Sequence[str]
    tools: Sequence[str]
    themes: Sequence[Theme]

    @property
    def tested(self) -> int:
        return sum(one.criteria - one.untested for one in self.themes)

    @property
    def criteria(self) -> int:
        return sum(one.criteria for one in self.themes)

    def count(self, state: str) -> int:
        return sum(one.count(state) for one in self.themes)

    @property
    def rate(self) -> int | None:
        """Of the criteria that apply, how many in a hundred are met; None while the audit is not complete."""
        good, bad = self.count("c"), self.count("nc")
        if not self.complete or not good + bad:
            return None
        return 100 * good // (good + bad)

    @property
    def mention(self) -> str:
        """What the foot of every page must say (décret n° 2019-768). Without a whole audit: « non conforme »."""
        if self.rate == 100:
            return "totalement conforme"
        return "partiellement conforme" if self.rate is not None and self.rate >= 50 else "non conforme"

    @property
    def failures(self) -> Sequence[Result]:
        return [one for theme in self.themes for one in theme.results if one.state == "nc"]


def get_audit() -> Audit:
    """Of accessibility: the operator's, or ours. Raises `AuditError`."""
    return read_audit(settings.ACCESSIBILITY_AUDIT or OURS, criteria=CRITERIA)


def get_ecodesign() -> Audit:
    """Of ecodesign: the operator's, or ours. Raises `AuditError`."""
    return read_audit(settings.ECODESIGN_AUDIT or OUR_ECODESIGN, criteria=ECODESIGN_CRITERIA)


@cache
def read_audit(path: Path, *, criteria: int) -> Audit:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        themes = [_theme(int(number), said, told["results"]) for number, said in told["themes"].items()]
        found = Audit(
            version=told["version"],
            made_on=told["made_on"],
            made_by=told["made_by"],
            complete=told["complete"],
            sample=told["sample"],
            tools=told["tools"],
            themes=themes,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AuditError(f"{path.name} : {type(error).__name__} {error}") from None
    _check(found, told["results"], name=path.name, criteria=criteria)
    return found


def _theme(number: int, said: Mapping[str, Any], results: Mapping[str, Any]) -> Theme:
    numbers = [f"{number}.{at}" for at in range(1, said["criteria"] + 1)]
    made = [Result(number=one, **results[one]) for one in numbers if one in results]
    return Theme(number=number, name=said["name"], criteria=said["criteria"], results=made)


def _check(audit: Audit, results: Mapping[str, Any], *, name: str, criteria: int) -> None:
    known = {one.number for theme in audit.themes for one in theme.results}
    if audit.criteria != criteria:
        raise AuditError(f"{name} : le référentiel ({audit.version}) compte {criteria} critères.")
    if unknown := sorted(results.keys() - known):
        raise AuditError(f"{name} : critères inconnus : {', '.join(unknown)}.")
    if wrong := sorted(one for one, said in results.items() if said["state"] not in _STATES or not said["how"]):
        raise AuditError(f"{name} : résultat sans état (c, nc, na, nt) ou sans méthode : {', '.join(wrong)}.")
    if audit.complete and audit.tested < criteria:
        raise AuditError(f"{name} : un audit complet donne un résultat à chacun des {criteria} critères.")
