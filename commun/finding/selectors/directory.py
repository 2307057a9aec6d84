"""What the directory looks for, and why it finds it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from commun.common import clock
from commun.finding.analysis import Told, read_question, tell
from commun.finding.models import Text
from commun.finding.selectors.answers import Answers, Asked, find
from commun.finding.selectors.showing import keys_of


@dataclass(frozen=True, kw_only=True)
class Organisations:
    answers: Answers

    @property
    def numbers(self) -> Collection[int]:
        return [int(key) for key in keys_of(entries=self.answers.found)]

    def told(self, *, labels: Mapping[int, str]) -> Mapping[int, Told]:
        sought = self.answers.read.sought
        texts = Text.objects.filter(entry__source="directory", entry__key__in=list(map(str, labels)))
        found = {}
        for text in texts.select_related("entry"):
            key, named = int(text.entry.key), [("Type", text.entry.summary), *text.named]
            found[key] = tell(title=labels[key], summary="", body=text.plain, named=named, sought=sought)
        return found


def search_directory(query: str) -> Organisations:
    """By name, place, postcode, département; typing errors forgiven, the last word perhaps not over."""
    question = read_question(query, typing=True)
    asked = Asked(question=question, now=clock.now(), kinds=("organisation",), typing=True)
    return Organisations(answers=find(asked))
