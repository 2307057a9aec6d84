"""What ClamAV's daemon says of some bytes: its INSTREAM command, over TCP or a local socket (clamd(8))."""

from __future__ import annotations

import socket
import struct

TIMEOUT = 30.0
_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096


class ScannerAway(Exception):
    """The daemon did not answer, or not with a verdict: nothing is known of the file."""


def is_infected(*, data: bytes, address: tuple[str, int] | str, timeout: float = TIMEOUT) -> bool:
    """`address`: (host, port), or the path of a socket. Raises `ScannerAway`."""
    try:
        with _connect(address, timeout) as connection:
            connection.sendall(b"zINSTREAM\0")
            view = memoryview(data)
            for start in range(0, len(view), _PIECE):
                piece = view[start : start + _PIECE]
                connection.sendall(struct.pack("!I", len(piece)))
                connection.sendall(piece)
            connection.sendall(struct.pack("!I", 0))
            answer = _read(connection)
    except OSError as error:
        raise ScannerAway(type(error).__name__) from error
    if answer.endswith(b"FOUND"):
        return True
    if answer.endswith(b"OK"):
        return False
    raise ScannerAway("answer")  # a file over its limit, a database that is being loaded


def _connect(address: tuple[str, int] | str, timeout: float) -> socket.socket:
    if not isinstance(address, str):
        return socket.create_connection(address, timeout=timeout)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(timeout)
    try:
        connection.connect(address)
    except OSError:
        connection.close()
        raise
    return connection


def _read(connection: socket.socket) -> bytes:
    answer = b""
    while b"\0" not in answer and len(answer) < _LONGEST_ANSWER:
        more = connection.recv(_LONGEST_ANSWER)
        if not more:
            break
        answer += more
    return answer.partition(b"\0")[0].strip()
