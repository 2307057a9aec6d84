"""A finding, and the places of an issue it may point at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Any, Literal

from commun.newsletters.rendering.checks.rules import RULES
from commun.newsletters.rendering.content import Block, Call, Card, Figure, IssueContent, Partners
from commun.newsletters.rendering.values import Image, Link, Rich

Level = Literal["blocking", "warning", "advice"]
_ORDER = {"blocking": 0, "warning": 1, "advice": 2}


@dataclass(frozen=True)
class Finding:
    """`blocking` stops the submission; `warning` and `advice` are only said. `code` is stable.

    `position` is the section, from 1; 0 for the issue itself. `field` is its name in the form, as the editor reads it.
    """

    code: str
    level: Level
    message: str
    position: int = 0
    field: str = ""

    @property
    def why(self) -> str:
        return RULES[self.code].why if self.code in RULES else ""

    @property
    def mend(self) -> str:
        return RULES[self.code].mend if self.code in RULES else ""

    @property
    def rank(self) -> tuple[int, int]:
        """Blocking first, then from the top of the issue to its end."""
        return _ORDER[self.level], self.position


def as_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [asdict(finding) for finding in findings]


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.rank))


def name_of(block: Block, position: int) -> str:
    """How the editor recognises a section in the list of findings."""
    heading = block.heading.strip()
    return f"Rubrique {position} (« {heading} »)" if heading else f"Rubrique {position}"


@dataclass(frozen=True)
class Spot:
    """Words somewhere in the issue. `name` is the attribute they were read from; `field` its name in the form."""

    position: int
    block: Block | None
    field: str
    name: str
    text: str

    def find(self, code: str, level: Level, words: str) -> Finding:
        where = name_of(self.block, self.position) if self.block is not None else "Le message"
        return Finding(code, level, f"{where}, {self.field} : {words}", self.position, self.field)


_FIELDS = {
    "title": "titre",
    "kicker": "surtitre",
    "intro": "introduction",
    "body": "texte",
    "lead": "en bref",
    "summary": "résumé",
    "caption": "légende",
    "words": "citation",
    "author": "auteur",
    "role": "fonction",
    "question": "question",
    "deadline": "date limite",
    "when": "date",
    "place": "lieu",
    "value": "chiffre",
    "source": "source",
    "label": "texte du lien",
    "organiser": "organisateur",
    "credit": "crédit",
    "alt": "texte de remplacement",
    "subject": "objet",
    "preheader": "texte d’aperçu",
    "welcome": "mot d’accueil",
}
# What nobody types in the issue: written by us, or names.
_OURS = {"url", "name", "kind", "when"}


def spots(content: IssueContent) -> Iterator[Spot]:
    """Every text an editor is answerable for, with its place; rich text paragraph by paragraph."""
    for name in ("title", "subject", "preheader", "welcome"):
        yield Spot(0, None, _FIELDS[name], name, getattr(content, name))
    for position, block in enumerate(content.blocks, start=1):
        if not isinstance(block, Partners):
            yield from _in(block, position=position, block=block, of="")


def _in(value: Any, *, position: int, block: Block, of: str) -> Iterator[Spot]:
    for field in fields(value):
        part, name = getattr(value, field.name), field.name
        said = f"{_FIELDS.get(name, name)}{of}"
        for item in part if isinstance(part, tuple) else (part,):
            if isinstance(item, str):
                if item.strip() and not (isinstance(value, Card | Figure) and name == "label"):
                    yield Spot(position, block, said, name, item)
            elif isinstance(item, Rich):
                yield from (Spot(position, block, said, name, words) for words in item.paragraphs)
            elif is_dataclass(item) and not isinstance(item, type):
                yield from _in(item, position=position, block=block, of=_of(item) or of)


def _of(item: Any) -> str:
    """Which of several: the card is named by its title."""
    if isinstance(item, Link | Call | Image):
        return ""
    title = getattr(item, "title", "")
    return f" de « {title} »" if title else ""


def typed(content: IssueContent) -> Iterator[Spot]:
    """Of those, what is prose."""
    return (spot for spot in spots(content) if spot.name not in _OURS)


def all_of(value: Any, kind: type) -> Iterator[Any]:
    """Every value of that kind, wherever it is in the content."""
    if isinstance(value, kind):
        yield value
    if isinstance(value, tuple):
        for item in value:
            yield from all_of(item, kind)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from all_of(getattr(value, field.name), kind)
