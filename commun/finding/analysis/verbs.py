"""Verbs whose forms share no stem: "ils refont", "il éteint", "nous reprenons". Folded, without accents.

An algorithm of endings cannot know them; whoever types "refaire un lavoir" must find "la commune refait son lavoir".
The table beside gives, for each family, what its verbs begin with ("-": nothing), how they end in the infinitive, and
in their other forms. Left out: forms that are first of all another word ("entreprise", "revenu", "élus", "permis",
"maintenant", "part"). Source: the conjugations of French grammars (third group, and verbs in -yer).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

_TABLE = Path(__file__).with_suffix(".tsv")
_ACCENTS = str.maketrans("éèêîôç", "eeeioc")


def infinitives() -> Mapping[str, str]:
    """Each form → its infinitive, both folded."""
    return dict(_forms())


def _forms() -> Iterator[tuple[str, str]]:
    for line in _TABLE.read_text(encoding="utf-8").translate(_ACCENTS).splitlines():
        beginnings, infinitive, forms = line.split("\t")
        for beginning in beginnings.replace("-", "").split(" "):
            for form in forms.split():
                yield beginning + form, beginning + infinitive
