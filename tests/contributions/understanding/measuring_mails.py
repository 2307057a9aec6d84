"""Precision and recall over whole messages: what she wrote, what she forwards, when, where to look, which files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commun.contributions.understanding import Field, Understanding, understand
from commun.contributions.understanding.mails import all_files, writing_of
from commun.inbound.parsing import ParsedMessage, parse
from tests.contributions.understanding.labelled import RECEIVED
from tests.contributions.understanding.mails import Mail
from tests.contributions.understanding.measuring import LINKS, Score, said
from tests.contributions.understanding.register import THEMES, directory, gazetteer


def measure(mails: Sequence[Mail]) -> dict[str, Score]:
    scores: dict[str, Score] = {}
    for mail in mails:
        message, found = read(mail)
        for name, given, expected in compare(mail, message, found):
            score = scores.setdefault(name, Score())
            score.right += len(given & expected)
            score.given += len(given)
            score.expected += len(expected)
            if given != expected:
                score.misses.append(f"{mail.name}: {sorted(given)} and not {sorted(expected)}")
    return scores


def together(scores: dict[str, Score]) -> Score:
    """Of all fields as one."""
    return Score(*(sum(getattr(one, name) for one in scores.values()) for name in ("right", "given", "expected")))


def read(mail: Mail) -> tuple[ParsedMessage, Understanding]:
    message = parse(mail.raw)
    writing = writing_of(message, received_at=RECEIVED)
    return message, understand(writing, gazetteer=gazetteer, directory=directory, themes_known=THEMES)


def compare(mail: Mail, message: ParsedMessage, found: Understanding) -> Iterator[tuple[str, set[str], set[str]]]:
    first = message.forwarded[0] if message.forwarded else ParsedMessage()
    yield "words", _texts(message.reply), _texts(mail.text)
    yield "forwarded", _texts(first.reply), _texts(mail.forwarded)
    yield "author", {first.sender.address} - {""}, {mail.author} - {""}
    yield "robot", {message.robot.value} - {""}, {mail.robot} - {""}
    if mail.robot:
        return
    yield "sessions", {said(one.value) for one in found.all(Field.SESSION)}, set(mail.sessions)
    deadline = found.best(Field.DEADLINE)
    yield "deadline", {deadline.value} if deadline else set(), {mail.deadline} - {""}
    yield "links", {one.value for name in LINKS for one in found.all(name)}, set(mail.links)
    yield "files", {file.name for file in all_files(message)}, set(mail.files)


def _texts(text: str) -> set[str]:
    words = " ".join(text.split())
    return {words} if words else set()
