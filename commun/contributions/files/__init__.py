"""What may be kept of a file somebody gives. Pure: bytes in, bytes or a refusal out.

A type is read from the bytes, never from the name. Pictures are opened and written again: what a camera hides in them
(place, owner, thumbnail) stays behind, and so does whatever is not a picture. Documents are kept as they are.
"""

from commun.contributions.files.examining import MOST_BYTES, examine
from commun.contributions.files.result import Examined, Refusal, Refused

__all__ = ["MOST_BYTES", "Examined", "Refusal", "Refused", "examine"]
