"""RFC 8601: what our own server found out about the sender. Nobody else's header is believed."""

from __future__ import annotations

import re

from commun.inbound.parsing.charsets import decode_text
from commun.inbound.parsing.result import Authentication, Verdict
from commun.inbound.parsing.structure import Headers

_COMMENT = re.compile(r"\([^()]{0,500}\)")
_RESULT = re.compile(r"^\s*(spf|dkim|dmarc)\s*=\s*([a-z]+)", re.IGNORECASE)
_SIGNER = re.compile(r"\bheader\.(?:d|i)\s*=\s*@?\"?(?:[^@\s;\"]*@)?([a-z0-9.-]{1,253})", re.IGNORECASE)
_WORDS = {"pass": Verdict.PASS, "fail": Verdict.FAIL, "hardfail": Verdict.FAIL, "softfail": Verdict.FAIL}
_GRAVEST = [Verdict.FAIL, Verdict.NEUTRAL, Verdict.PASS, Verdict.UNKNOWN]


def read(headers: Headers, *, authserv_id: str) -> Authentication:
    """`authserv_id`: the name our server writes; "" believes nobody.

    A header below the second `Received` was there before our server had the message: it is a forgery or somebody
    else's, even under our name. Where several of ours differ on a method, the gravest stands.
    """
    if not authserv_id:
        return Authentication()
    verdicts: dict[str, Verdict] = {}
    signers: list[str] = []
    for value in _ours(headers, authserv_id.lower()):
        for result in value.split(";")[1:]:
            found = _RESULT.match(result)
            if found is None:
                continue
            method, verdict = found[1].lower(), _WORDS.get(found[2].lower(), Verdict.NEUTRAL)
            if method == "dkim":
                # Several signatures: one that holds is enough (RFC 6376 § 6.1).
                verdicts[method] = Verdict.PASS if Verdict.PASS in {verdict, verdicts.get(method)} else verdict
                if verdict is Verdict.PASS and (signer := _SIGNER.search(result)):
                    signers.append(signer[1].lower())
            else:
                verdicts[method] = min(verdict, verdicts.get(method, Verdict.UNKNOWN), key=_GRAVEST.index)
    unknown = Verdict.UNKNOWN
    return Authentication(
        verdicts.get("spf", unknown), verdicts.get("dkim", unknown), verdicts.get("dmarc", unknown), tuple(signers)
    )


def _ours(headers: Headers, authserv_id: str) -> list[str]:
    values, received = [], 0
    for name, raw in headers.items:
        received += name == "received"
        if received > 1:
            break
        if name == "authentication-results":
            value = _COMMENT.sub(" ", decode_text(raw, "utf-8").replace("\n", " "))
            words = value.partition(";")[0].split()
            if words and words[0].lower() == authserv_id:
                values.append(value)
    return values
