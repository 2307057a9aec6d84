"""Values of this room that other rooms may use."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from django.db import models

if TYPE_CHECKING:
    from wagtail.models import Page

    from commun.territories.api import Territory


class Order(models.TextChoices):
    CLOSEST = "pertinence", "Les plus proches de vos mots"
    LATEST = "date", "Les plus récentes"


class Around(models.TextChoices):
    """How something is near a place. The label is the rule that readers are told."""

    HERE = "ici", "Ici même"
    DEPARTEMENT = "departement", "Dans le même département"
    REGION = "region", "Dans la même région"
    COVERS = "couvre", "Intercommunalité, département ou région qui nous couvre"
    OUR_SIZE = "taille", "Communes de notre taille"


class Named(NamedTuple):
    """Words that stand elsewhere than in a document's own text. `label`: what they are, as readers are told."""

    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """Something everybody may read, as a source gives it.

    `address`: a path, never with our host. `body` is what extracts are taken from; `names` are words that find it
    elsewhere (organisations, themes); `parts`, what it holds that has entries of its own. `facets`: values by
    name, without spaces. Places are told by `places` alone. `at`: when it was published, or happens; `fresh_at`: when
    somebody last looked at it; over from `until` on.
    """

    key: str
    kind: str
    title: str
    address: str
    summary: str = ""
    body: str = ""
    names: Sequence[Named] = ()
    parts: Sequence[Named] = ()
    facets: Mapping[str, Collection[str]] = field(default_factory=dict)
    places: Sequence[Territory] = ()
    at: datetime | None = None
    fresh_at: datetime | None = None
    until: datetime | None = None


class Source(ABC):
    """What one room gives to be found. `kinds`: its kinds with their French words. `page_models`: its keys are the
    numbers of these pages, and it is asked again whenever one changes."""

    name: ClassVar[str]
    kinds: ClassVar[Mapping[str, str]]
    page_models: ClassVar[tuple[type[Page], ...]] = ()

    @abstractmethod
    def marks(self, *, keys: Collection[str] | None = None) -> Mapping[str, str]:
        """All that everybody may read now, or those of these keys that are: a mark that differs when the document
        does. Cheap: no text is read."""

    @abstractmethod
    def documents(self, *, keys: Collection[str]) -> Iterable[Document]:
        """Those of these keys that everybody may read. The caller keeps lots reasonable."""

    def touched_by(self, *, page: Page) -> Collection[str]:
        """Keys whose document this page, of its models, is a part of, or whose address it carries."""
        return (str(page.pk),)
