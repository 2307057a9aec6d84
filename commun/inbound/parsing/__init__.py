"""One message, from its bytes alone to what a person wrote. Pure: knows neither Django nor this room.

Rooms above may import it as it is, like `types`. Input is hostile: sizes, depth and number of parts are bounded
(`limits`), and `parse` never raises.
"""

from commun.inbound.parsing.message import parse
from commun.inbound.parsing.result import Attachment, Authentication, Mailbox, ParsedMessage, Robot, Verdict

__all__ = ["Attachment", "Authentication", "Mailbox", "ParsedMessage", "Robot", "Verdict", "parse"]
