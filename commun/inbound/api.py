"""The door of this room.

Rooms above call `register_route` from their `AppConfig.ready()`; their handler is called once per message, in a
transaction of its own. `raw_message` gives the bytes again for as long as they are kept.
"""

from commun.inbound.registry import register_route
from commun.inbound.selectors.messages import inbound_state, raw_message
from commun.inbound.services.receiving import accepts, receive
from commun.inbound.services.retention import keep_until

__all__ = ["accepts", "inbound_state", "keep_until", "raw_message", "receive", "register_route"]
