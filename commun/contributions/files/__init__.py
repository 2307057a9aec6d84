"""What may be kept of a file somebody gives. Pure: bytes in, bytes or a refusal out.

A type is read from the bytes, never from the name: `recognise` does it without opening anything, and is all that a
request ever does. Opening is for a worker, in a process apart (`apart`): pictures are opened and written again, so that
what a camera hides in them (place, owner, thumbnail) stays behind, and so does whatever is not a picture; documents are
looked into and kept as they are.
"""

from commun.contributions.files.examining import MOST_BYTES, examine, recognise
from commun.contributions.files.pictures import is_pictogram
from commun.contributions.files.result import Budget, Examined, Refusal, Refused

__all__ = ["MOST_BYTES", "Budget", "Examined", "Refusal", "Refused", "examine", "is_pictogram", "recognise"]
