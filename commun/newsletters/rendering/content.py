"""What an issue says, frozen: one value per section of the letter. Nothing here is looked up again later."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from commun.newsletters.rendering.values import Image, Link, Rich


@dataclass(frozen=True)
class Block:
    """`kind` names the folder of its three templates; `heading` opens its numbered section in the text part."""

    kind: ClassVar[str]

    @property
    def heading(self) -> str:
        return ""


@dataclass(frozen=True)
class Titled(Block):
    title: str = ""

    @property
    def heading(self) -> str:
        return self.title


@dataclass(frozen=True)
class Call:
    """What we ask of the reader. The link leads to a page, or is a `mailto:` while that page does not exist."""

    question: str
    link: Link
    deadline: str = ""


@dataclass(frozen=True)
class Theme(Titled):
    kind: ClassVar[str] = "theme"
    kicker: str = "La thématique du mois"
    intro: Rich = field(default_factory=Rich)
    image: Image | None = None
    need: Call | None = None

    @property
    def heading(self) -> str:
        return f"{self.kicker}\u00a0: {self.title}" if self.kicker else self.title


@dataclass(frozen=True)
class Card:
    """A resource of the library, or a piece of news, in short. `label` is its kind; everything is ready to show."""

    label: str
    title: str
    summary: str
    link: Link | None = None
    image: Image | None = None
    place: str = ""
    when: str = ""
    credit: str = ""
    start: Link | None = None  # « nous voulons le faire »

    @property
    def has_words_of_its_own(self) -> bool:
        """Whether its link says something else than its title, which leads there already."""
        return self.link is not None and self.link.label != self.title


@dataclass(frozen=True)
class Figure:
    """A dated figure with its source."""

    value: str
    label: str
    source: str = ""


@dataclass(frozen=True)
class Featured(Titled):
    kind: ClassVar[str] = "featured"
    card: Card = Card("", "", "")
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Inspirations(Titled):
    kind: ClassVar[str] = "inspirations"
    intro: str = ""
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True)
class Outcomes(Titled):
    """`lines` are sentences; each card is an experience, its `credit` what it was born of."""

    kind: ClassVar[str] = "outcomes"
    lines: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True)
class Sought:
    """Something that a body looks for, and where one proposes to meet it."""

    title: str
    who: str
    link: Link | None = None


@dataclass(frozen=True)
class Seekers(Titled):
    kind: ClassVar[str] = "seekers"
    sought: tuple[Sought, ...] = ()


@dataclass(frozen=True)
class Brief:
    """Where something stands, in a sentence or two, and the page that says more."""

    title: str
    words: str
    link: Link | None = None


@dataclass(frozen=True)
class Briefs(Titled):
    briefs: tuple[Brief, ...] = ()


@dataclass(frozen=True)
class VoteState(Briefs):
    kind: ClassVar[str] = "vote_state"


@dataclass(frozen=True)
class ProjectNews(Briefs):
    kind: ClassVar[str] = "project_news"


@dataclass(frozen=True)
class CallBlock(Titled):
    body: Rich = field(default_factory=Rich)
    call: Call | None = None


@dataclass(frozen=True)
class ContributionCall(CallBlock):
    kind: ClassVar[str] = "contribution_call"


@dataclass(frozen=True)
class VoteCall(CallBlock):
    kind: ClassVar[str] = "vote_call"


@dataclass(frozen=True)
class EventCall(CallBlock):
    kind: ClassVar[str] = "event_call"


@dataclass(frozen=True)
class Questions(CallBlock):
    kind: ClassVar[str] = "questions"


@dataclass(frozen=True)
class Concept(Titled):
    kind: ClassVar[str] = "concept"
    kicker: str = "Le concept du mois"
    lead: str = ""
    body: Rich = field(default_factory=Rich)
    image: Image | None = None
    links: tuple[Link, ...] = ()

    @property
    def heading(self) -> str:
        return f"{self.kicker}\u00a0: {self.title}"


@dataclass(frozen=True)
class News(Titled):
    kind: ClassVar[str] = "news"
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True)
class AgendaLine:
    """`when` in full words, the year included: a letter is read again years later."""

    when: str
    title: str
    place: str = ""
    organiser: str = ""
    link: Link | None = None


@dataclass(frozen=True)
class Agenda(Titled):
    kind: ClassVar[str] = "agenda"
    lines: tuple[AgendaLine, ...] = ()
    more: Link | None = None


@dataclass(frozen=True)
class Text(Titled):
    kind: ClassVar[str] = "text"
    body: Rich = field(default_factory=Rich)


@dataclass(frozen=True)
class Picture(Block):
    kind: ClassVar[str] = "image"
    image: Image | None = None
    caption: str = ""


@dataclass(frozen=True)
class Quote(Block):
    kind: ClassVar[str] = "quote"
    words: str = ""
    author: str = ""
    role: str = ""


@dataclass(frozen=True)
class Partner:
    name: str
    link: Link | None = None
    image: Image | None = None


@dataclass(frozen=True)
class Partners(Titled):
    kind: ClassVar[str] = "partners"
    partners: tuple[Partner, ...] = ()


BLOCKS: dict[str, type[Block]] = {
    block.kind: block
    for block in (
        Theme, Featured, Inspirations, Outcomes, Seekers, VoteState, ProjectNews, ContributionCall, VoteCall, Concept,
        News, Agenda, EventCall, Questions, Text, Picture, Quote, Partners,
    )
}  # fmt: skip


@dataclass(frozen=True)
class Sender:
    """Who writes, as the law wants it said in every letter."""

    name: str
    tagline: str
    postal_address: str
    contact: Link
    home: Link
    archive: Link
    licence: str = ""


@dataclass(frozen=True)
class IssueContent:
    number: int
    title: str
    subject: str
    date_label: str
    preheader: str
    web_url: Link
    sender: Sender
    blocks: tuple[Block, ...]
    masthead: Image | None = None
    welcome: str = ""
