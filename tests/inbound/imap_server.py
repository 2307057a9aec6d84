"""Enough of an IMAP server, on loopback, for a client to fetch, move, flag and delete, and to be told of news."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Mailbox:
    """What the server holds; tests put messages in and look at what is left."""

    messages: dict[int, bytes] = field(default_factory=dict)
    flagged: set[int] = field(default_factory=set)
    deleted: set[int] = field(default_factory=set)
    moved: dict[str, list[bytes]] = field(default_factory=dict)
    port: int = 0
    news: threading.Event = field(default_factory=threading.Event)

    def put(self, raw: bytes) -> int:
        uid = max(self.messages, default=0) + 1
        self.messages[uid] = raw
        self.news.set()
        return uid


class _Session(socketserver.StreamRequestHandler):
    box: Mailbox

    def handle(self) -> None:
        self._say("* OK ready")
        while line := self.rfile.readline():
            tag, _, rest = line.decode("latin-1").strip().partition(" ")
            words = rest.split(" ")
            name = "_" + "_".join(words[:2] if words[0].upper() == "UID" else words[:1]).lower()
            getattr(self, name, self._other)(tag, rest)
            if name == "_logout":
                return

    def _say(self, text: str | bytes) -> None:
        self.wfile.write((text.encode() if isinstance(text, str) else text) + b"\r\n")

    def _other(self, tag: str, rest: str) -> None:
        self._say(f"{tag} OK done")

    def _capability(self, tag: str, rest: str) -> None:
        self._say("* CAPABILITY IMAP4rev1 IDLE MOVE")
        self._say(f"{tag} OK done")

    def _login(self, tag: str, rest: str) -> None:
        good = rest.replace('"', "").split(" ")[1:] == ["contributions", "secret"]
        self._say(f"{tag} OK in" if good else f"{tag} NO wrong")

    def _logout(self, tag: str, rest: str) -> None:
        self._say("* BYE")
        self._say(f"{tag} OK out")

    def _select(self, tag: str, rest: str) -> None:
        self._say(f"* {len(self.box.messages)} EXISTS")
        self._say(f"{tag} OK [READ-WRITE] selected")

    def _uid_search(self, tag: str, rest: str) -> None:
        found = sorted(set(self.box.messages) - self.box.flagged)
        self._say(f"* SEARCH {' '.join(map(str, found))}".rstrip())
        self._say(f"{tag} OK done")

    def _uid_fetch(self, tag: str, rest: str) -> None:
        uid = int(rest.split(" ")[2])
        raw = self.box.messages.get(uid)
        if raw is not None and "RFC822.SIZE" in rest:
            self._say(f"* 1 FETCH (UID {uid} RFC822.SIZE {len(raw)})")
        elif raw is not None:
            self._say(f"* 1 FETCH (UID {uid} BODY[] {{{len(raw)}}}")
            self._say(raw + b")")
        self._say(f"{tag} OK done")

    def _uid_store(self, tag: str, rest: str) -> None:
        uid = int(rest.split(" ")[2])
        (self.box.flagged if "Flagged" in rest else self.box.deleted).add(uid)
        self._say(f"{tag} OK done")

    def _uid_move(self, tag: str, rest: str) -> None:
        _, _, uid, folder = rest.split(" ", 3)
        self.box.moved.setdefault(re.sub(r'"', "", folder), []).append(self.box.messages.pop(int(uid)))
        self._say(f"{tag} OK done")

    def _expunge(self, tag: str, rest: str) -> None:
        for uid in self.box.deleted & set(self.box.messages):
            del self.box.messages[uid]
        self._say(f"{tag} OK done")

    def _idle(self, tag: str, rest: str) -> None:
        self._say("+ idling")
        self.box.news.clear()
        if self.box.news.wait(5):
            self._say(f"* {len(self.box.messages)} EXISTS")
        self.rfile.readline()  # DONE
        self._say(f"{tag} OK done")


@contextmanager
def running_mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    session = type("Session", (_Session,), {"box": box})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), session) as server:
        server.daemon_threads = True
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield box
        finally:
            box.news.set()
            server.shutdown()
            thread.join(5)
