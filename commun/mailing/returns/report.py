"""What reading a message that came back gives: values, and nothing of how they were found."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from commun.mailing.returns.verdicts import Verdict

# Feedback by which nobody complains: she took it out of her spam, or a server tells of signatures (RFC 5965, 6591).
NO_COMPLAINTS = frozenset({"auth-failure", "not-spam", "dmarc"})
_GRAVEST = [Verdict.HARD, Verdict.POLICY, Verdict.MESSAGE, Verdict.SOFT, Verdict.NONE]


class Kind(enum.StrEnum):
    FAILURE = "failure"  # at least one recipient was refused for good or for now
    DELAY = "delay"  # still trying, or delivered: nothing to do
    COMPLAINT = "complaint"
    AUTO_REPLY = "auto_reply"  # vacation, acknowledgement
    CHALLENGE = "challenge"  # a filter asks the sender to prove she is human
    OTHER = "other"  # a person, or nothing we know


@dataclass(frozen=True, slots=True)
class Failure:
    """One recipient of a report. `address` may be empty where the report hides it."""

    address: str
    verdict: Verdict
    code: int
    enhanced: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    kind: Kind
    failures: tuple[Failure, ...] = ()
    # Headers of the message complained of or bounced, by lower-cased name: to find whom it was for.
    trace: dict[str, str] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict: for reports of one recipient (ours are: VERP)."""
        return min((one.verdict for one in self.failures), key=_GRAVEST.index, default=Verdict.NONE)

    def about(self, address: str) -> Failure | None:
        """What it says of this address, None where it is of others alone: a report may speak of several recipients. One
        that has a single recipient means her, even under the address her mail is forwarded to."""
        if len(self.failures) == 1:
            return self.failures[0]
        named = [one for one in self.failures if one.address and one.address == address.lower()]
        hidden = [one for one in self.failures if not one.address]
        return min(named or hidden, key=lambda one: _GRAVEST.index(one.verdict), default=None)
