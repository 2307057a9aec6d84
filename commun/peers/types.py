"""Words of this room that others may hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from wagtail.models import Page

    from commun.cooperation.api import Need


class IntroductionState(models.TextChoices):
    """`DECLINED` is known to nobody but whoever declined: until the 21st day it is told as `ASKED`."""

    ASKED = "asked", "En attente"
    DECLINED = "declined", "Déclinée, pas encore dite"
    ACCEPTED = "accepted", "Acceptée"
    NOT_THIS_TIME = "not_this_time", "Pas cette fois"
    WITHDRAWN = "withdrawn", "Retirée"


WAITING = (IntroductionState.ASKED, IntroductionState.DECLINED)


class Subject(models.TextChoices):
    """What one wants to meet about."""

    THEIR_NEED = "their_need", "Leur besoin"
    OUR_NEED = "our_need", "Notre besoin"
    PAGE = "page", "Ce qu’ils racontent"
    OTHER = "other", "Autre chose"


class Helped(models.TextChoices):
    """What it gave, a month later."""

    YES = "yes", "Oui, cela nous a aidés"
    SOMEWHAT = "somewhat", "Un peu"
    NO = "no", "Non"
    NOT_MET = "not_met", "Nous ne nous sommes pas parlé"


class Side(models.TextChoices):
    ASKING = "asking", "demande"
    ASKED = "asked", "est sollicitée"


# No and silence are told alike, on that day; those asked are reminded once.
TOLD_AFTER = timedelta(days=21)
REMINDED_AFTER = timedelta(days=10)
FOLLOWED_AFTER = timedelta(days=30)
# How long before the same collectivité is asked again, whatever came of it.
AGAIN_AFTER = timedelta(days=180)
# A month: so many are asked for by one collectivité, and so many are put to one.
A_MONTH = timedelta(days=30)
MOST_ASKED_FOR = 5
MOST_PUT_TO_ONE = 3
MOST_TIMES = 3
LASTS = timedelta(hours=1)
# Below, a number would name: it is not told.
FEWEST_TOLD = 5


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What whoever asks writes. `times`: when she could, at most three; `shown`: whether the link may be drawn."""

    reason: str
    hope: str = ""
    availability: str = ""
    times: Sequence[datetime] = ()
    subject: Subject = Subject.OTHER
    need: Need | None = None
    page: Page | None = None
    shown: bool = False


class RoundState(models.TextChoices):
    """A questionnaire on where a collectivité, or those of a project, stand together."""

    OPEN = "open", "Ouvert"
    CLOSED = "closed", "Clos"
    ERASED = "erased", "Effacé"


# How long one answers, and how many links are given out.
SHORTEST, LONGEST = timedelta(days=3), timedelta(days=43)  # the evening of a day that is four days to six weeks away
FEWEST_LINKS, MOST_LINKS = 5, 60
# Before another result of the same people: two close to each other would tell, by their difference, who came between.
ROUND_AGAIN_AFTER = timedelta(days=300)
ROUND_KEPT = timedelta(days=2 * 365)
