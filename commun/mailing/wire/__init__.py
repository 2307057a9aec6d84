"""The data path: SMTP (RFC 5321) with PIPELINING (RFC 2920) and CHUNKING (RFC 3030).

`replies` reads what a server says, `session` is the dialogue as a machine without input or output,
`lane` ties a session to one asyncio connection. Nothing here knows Django.
"""
