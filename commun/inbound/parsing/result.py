"""What a message says: the values the parser gives, and nothing of how it found them."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime


class Robot(enum.StrEnum):
    """Why nobody in particular wrote this message."""

    NONE = ""
    AUTO_REPLY = "auto_reply"  # vacation, acknowledgement of receipt
    CHALLENGE = "challenge"  # a filter asks the sender to prove she is human
    REPORT = "report"  # a mail system's notice (bounce, complaint, receipt)
    BULK = "bulk"  # a letter or a mailing list
    LOOP = "loop"  # our own mail that came back, or mail that travels in circles


class Verdict(enum.StrEnum):
    """RFC 8601, as our own server wrote it; UNKNOWN where it wrote nothing."""

    PASS = "pass"  # noqa: S105 (not a password)
    FAIL = "fail"  # softfail too: the domain says so, and only asks for clemency
    NEUTRAL = "neutral"  # none, policy, temperror: proves nothing either way
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """`address` is lower-cased; "" where the header held a name alone."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Authentication:
    """Said by our own server of the sender. `signers`: domains whose DKIM signature holds."""

    spf: Verdict = Verdict.UNKNOWN
    dkim: Verdict = Verdict.UNKNOWN
    dmarc: Verdict = Verdict.UNKNOWN
    signers: tuple[str, ...] = ()

    def proves(self, mailbox: Mailbox) -> bool:
        """Whether the domain shown in From vouches for the message: DMARC, or a signature of that very domain."""
        if self.dmarc is Verdict.FAIL or not mailbox.domain:
            return False
        return self.dmarc is Verdict.PASS or any(
            mailbox.domain == signer or mailbox.domain.endswith(f".{signer}") for signer in self.signers
        )


@dataclass(frozen=True, slots=True)
class Attachment:
    """`content_type` is what the bytes are, `declared` what the sender said; trust the first alone."""

    name: str
    content_type: str
    declared: str
    data: bytes
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedMessage:
    """A message as a person would read it. Every text is valid Unicode without NUL nor control characters.

    `text` is the whole readable text; `reply` what the sender wrote herself (above, between and below quotes);
    `quoted` and `signature` what was taken out of it: nothing is lost between them. `html` holds plain structure
    and links alone. `forwarded`: other people's messages, attached or quoted, of which `reply` holds nothing.
    `robot_is_guessed`: its words alone tell that nobody wrote it, and no mark that a program leaves: whoever drops it
    may drop a person's. `defects`: codes of what was wrong or left unread.
    """

    sender: Mailbox = Mailbox("", "")
    reply_to: Mailbox | None = None
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    subject: str = ""
    date: datetime | None = None
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    text: str = ""
    reply: str = ""
    quoted: str = ""
    signature: str = ""
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    forwarded: tuple[ParsedMessage, ...] = ()
    authentication: Authentication = Authentication()
    robot: Robot = Robot.NONE
    robot_is_guessed: bool = False
    spam_score: float | None = None
    defects: tuple[str, ...] = ()

    @property
    def is_surely_of_a_robot(self) -> bool:
        return self.robot is not Robot.NONE and not self.robot_is_guessed

    @property
    def answer_to(self) -> Mailbox | None:
        """Whom an answer would go to; None where there is nobody to answer (RFC 3834: never answer a robot)."""
        found = self.reply_to or self.sender
        local = found.address.partition("@")[0].replace("-", "").replace("_", "")
        silent = local in {"noreply", "nepasrepondre", "mailerdaemon", "postmaster", "bounce"}
        return None if self.robot is not Robot.NONE or not found.address or silent else found
