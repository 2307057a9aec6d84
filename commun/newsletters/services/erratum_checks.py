"""What is wrong with a correction before it is sealed: the checks of a letter that concern what is typed in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from commun.common import richtext
from commun.newsletters.models import Correction, Submission
from commun.newsletters.rendering import Finding, from_json
from commun.newsletters.rendering.checks import check_dates, check_links, check_words, ordered
from commun.newsletters.rendering.content import Text
from commun.newsletters.rendering.values import Rich

# Of the form: a finding's `field` is one of them.
_NAMES = {"reason": "La phrase", "words": "Ce qu’il faut lire"}
_WHERE = re.compile(r"^Rubrique \d+[^:]*:\s+")
_SPARED = {"link_bare"}  # the form says that an address becomes a link


def check_erratum(*, sent: Submission, reason: str, words: str, day: date) -> tuple[Finding, ...]:
    """Blocking first. `sent`: what people received; `day`: when this is written.

    A passage that is put right may be quoted with its error: « mardi 3 mars » is what the letter had.
    """
    wrong = list(Correction.objects.filter(issue=sent.issue_id).values_list("wrong", flat=True))
    typed = replace(
        from_json(sent.content),
        title="",
        subject="",
        preheader="",
        welcome="",
        blocks=tuple(Text(title="", body=Rich(richtext.from_text(_spared(text, wrong)))) for text in (reason, words)),
    )
    found = (*check_dates(content=typed, day=day), *check_links(typed), *check_words(typed))
    return ordered(_placed(one) for one in found if one.code not in _SPARED)


def _spared(text: str, quoted: Iterable[str]) -> str:
    for passage in quoted:
        text = re.sub(rf"«\s*{re.escape(passage)}\s*»", "« … »", text)
    return text


def _placed(finding: Finding) -> Finding:
    field = list(_NAMES)[max(0, finding.position - 1)]
    return replace(finding, field=field, message=f"{_NAMES[field]} : {_WHERE.sub('', finding.message)}")
