"""SIREN numbers: nine digits, the last one a Luhn check digit (ISO/IEC 7812-1).

Pure: knows neither Django nor the register.
"""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[\s.\u00a0\u202f-]+")
_SIREN_LENGTH = 9
_SIRET_LENGTH = 14


def luhn_valid(digits: str) -> bool:
    """Whether a string of ASCII digits ends with its own Luhn check digit."""
    if not (digits.isascii() and digits.isdigit()):
        return False
    total = 0
    for position, character in enumerate(reversed(digits)):
        value = int(character)
        if position % 2:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return total % 10 == 0


def clean_siren(text: str) -> str:
    """Return the nine digits of a SIREN as people write it (spaces, dots), or of a whole SIRET.

    Raises ValueError when it is neither, or when the check digit is wrong. Nine zeros
    pass Luhn and name nobody: refused too.
    """
    digits = _SEPARATORS.sub("", text)
    if len(digits) == _SIRET_LENGTH and digits.isascii() and digits.isdigit():
        # La Poste's establishments do not follow Luhn as a whole (INSEE note); the SIREN inside always does.
        digits = digits[:_SIREN_LENGTH]
    if len(digits) != _SIREN_LENGTH or not luhn_valid(digits) or not int(digits):
        msg = "not a SIREN"
        raise ValueError(msg)
    return digits


def siren_of_siret(siret: str) -> str:
    """Return the SIREN of a SIRET (exactly 14 digits, as an identity provider sends it).

    Raises ValueError when the text is not 14 digits or its SIREN fails Luhn.
    """
    if len(siret) != _SIRET_LENGTH:
        msg = "not a SIRET"
        raise ValueError(msg)
    return clean_siren(siret)
