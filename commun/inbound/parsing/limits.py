"""How much of a message is read. What lies beyond is somebody's joke, or a mistake that a person must see."""

MAX_BYTES = 30 * 1024 * 1024
MAX_HEADER_BLOCK = 256 * 1024
MAX_HEADERS = 1000
MAX_HEADER = 16 * 1024
MAX_PARTS = 200
MAX_DEPTH = 20
MAX_TEXT = 1024 * 1024  # of one text part, in bytes
MAX_READ_TEXT = 256 * 1024  # of the whole text in which quotes and signatures are looked for, in characters
MAX_ADDRESSES = 100
MAX_HOPS = 30  # RFC 5321 § 6.3 asks for at least 100 before refusing to *relay*; a mail for us never passes so many
