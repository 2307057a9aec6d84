"""Values of the public site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from commun.cms.api import NetworkSettings


@dataclass(frozen=True, kw_only=True)
class Link:
    """Where a menu or a list leads. `current`: we are there; `inside`: we are somewhere below."""

    label: str
    url: str
    current: bool = False
    inside: bool = False


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What surrounds every page: one value, computed once per request."""

    network: NetworkSettings
    menu: Sequence[Link] = ()
    legal: Sequence[Link] = ()
    messages: Sequence[Any] = field(default_factory=tuple)
    subscribe_url: str = ""
    contribute_url: str = ""
    letter_url: str = ""
    account_url: str = ""
    contact_url: str = ""
    opinion_url: str = ""
