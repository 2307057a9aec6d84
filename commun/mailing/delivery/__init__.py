"""The engine: who sends what, what is on the wire, and what a crash leaves behind.

`journal` says what left this machine; `ledger` is the database's side, in SQL; `copies` makes each person's bytes;
`relays` knows which relay to use; `recovery` takes over from the dead; `upkeep` starts, watches and ends sends;
`engine` ties them to SMTP connections. See decision 0006.
"""
