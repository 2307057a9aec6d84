"""Words of this room that others may hold: placeholders, states, values. Knows neither Django nor settings."""

from __future__ import annotations

import base64
import enum
import secrets
from dataclasses import dataclass, field
from datetime import datetime

# --- placeholders -----------------------------------------------------------------------------------
# A message is rendered once; each person's copy differs only where one of these words stands. They are
# made of ASCII letters and digits, so that neither HTML escaping, URL quoting, CSS inlining nor
# quoted-printable changes them, and each is exactly as long as what replaces it: no line grows.
# Text must not be wrapped inside one; `seal_message` refuses a message where one was damaged.

TOKEN_LENGTH = 32


def _placeholder(word: str) -> str:
    return word.ljust(TOKEN_LENGTH, "0")


UNSUBSCRIBE_TOKEN = _placeholder("JetonDesabonnement")
PREFERENCES_TOKEN = _placeholder("JetonPreferences")
# What a room above gives for its own kind of send (an invitation to vote): see `register_personal_token`.
PERSONAL_TOKEN = _placeholder("JetonPersonnel")

UNSUBSCRIBE_PATH = f"/desabonnement/{UNSUBSCRIBE_TOKEN}/"
PREFERENCES_PATH = f"/preferences/{PREFERENCES_TOKEN}/"
MAX_HTML_BYTES = 90 * 1024  # Gmail cuts what is longer than about 102 KB


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonalUrls:
    """Absolute addresses with their placeholder, to be put as they are in HTML, text and headers."""

    unsubscribe: str
    preferences: str


# --- states -----------------------------------------------------------------------------------------


class SendState(enum.StrEnum):
    SCHEDULED = "scheduled"  # waits for its date
    FREEZING = "freezing"  # the audience is being written down
    SENDING = "sending"
    PAUSED = "paused"  # by a person, or by the engine (`state_reason`)
    HELD = "held"  # after an outage or a restored backup: waits for a person's confirmation
    CANCELLED = "cancelled"
    FINISHED = "finished"


OVER = (SendState.CANCELLED, SendState.FINISHED)


class DeliveryState(enum.StrEnum):
    """Design: every recipient has exactly one delivery, in exactly one of these states."""

    PENDING = "pending"
    CLAIMED = "claimed"  # a worker holds it
    ATTEMPTING = "attempting"  # on the wire for a while already
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DEFERRED = "deferred"  # will be tried again at `not_before`
    UNCERTAIN = "uncertain"  # left, and nobody can know whether it arrived: a person decides
    EXCLUDED = "excluded"  # unsubscribed since, suppressed, cancelled


class Aside(enum.StrEnum):
    """Why a delivery is not reached through its frontier alone."""

    NONE = ""
    AGAIN = "again"  # waits to be tried again: its time came, or a person decided so
    HELD = "held"  # a worker holds it, alone
    DEFERRED = "deferred"
    UNCERTAIN = "uncertain"
    WITHDRAWN = "withdrawn"  # in a range that a worker holds, and must not leave


UNSETTLED = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.ATTEMPTING, DeliveryState.DEFERRED)


class UncertainVerdict(enum.StrEnum):
    """What a person decides of an uncertain delivery."""

    ACCEPT = "accept"  # held as accepted: if it never arrived, she lacks it
    RESEND = "resend"  # sent again: if it had arrived, she has it twice


class SuppressionReason(enum.StrEnum):
    HARD_BOUNCE = "hard_bounce"
    SOFT_BOUNCES = "soft_bounces"  # refused for now too many times: see `services.scoring`
    COMPLAINT = "complaint"
    ERASURE = "erasure"
    LEFT_ELSEWHERE = "left_tool"  # the tool her address was brought from says that she left
    CLEANED_ELSEWHERE = "cleaned_tool"  # or that it put her out
    MANUAL = "manual"


# The audience of a send made with its own list of recipients; rooms above register the others by name.
HANDED_OVER = "list"


# --- values -----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """Somebody of an explicit audience. `key`: opaque, at most 22 URL-safe characters, unique within the send."""

    address: str
    key: str


class WaitingFor(enum.StrEnum):
    """Why nothing leaves although it should."""

    NO_RELAY = "no_relay"  # SMTP_URL is empty
    RELAY_UNREACHABLE = "relay_unreachable"
    NAME = "name"  # of the relay, not resolved
    CERTIFICATE = "certificate"  # of the relay, refused by us
    JOURNAL = "journal"  # cannot be written
    DESCRIPTORS = "descriptors"  # no more files or connections for this process
    CLOCK = "clock"  # jumped
    DATABASE = "database"  # does not answer, or cut us off
    BUG = "bug"  # ours


@dataclass(frozen=True, kw_only=True, slots=True)
class SendProgress:
    """Where a send stands. `total` is None until the audience is frozen; `counts` has every delivery state."""

    send_id: int
    kind: str
    slug: str
    subject: str
    state: SendState
    state_reason: str
    waiting_for: str  # a `WaitingFor`; "" when all is well
    scheduled_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    total: int | None
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def consistent(self) -> bool:
        """The invariant: states sum to the frozen audience."""
        return self.total is None or sum(self.counts.values()) == self.total

    @property
    def settled(self) -> int:
        return sum(count for state, count in self.counts.items() if state not in UNSETTLED)


@dataclass(frozen=True, kw_only=True, slots=True)
class CopiesOut:
    """What left of a send. `held`: copies in the hands of workers, no answer yet; some may be on the wire."""

    accepted: int
    uncertain: int
    held: int


@dataclass(frozen=True, kw_only=True, slots=True)
class UncertainOutcome:
    """How many deliveries were decided; of which `excluded`, who left or was suppressed since."""

    decided: int
    excluded: int = 0


truncated: bool = False  # the file stops before its end


def new_recipient_key() -> str:
    """22 URL-safe characters: 128 random bits that say nothing of the person."""
    return base64.urlsafe_b64encode(secrets.token_bytes(16)).rstrip(b"=").decode("ascii")
