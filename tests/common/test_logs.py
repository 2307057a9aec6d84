"""Log lines carry ids, never a person."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from commun.common.logs import JsonFormatter, LineFormatter
from commun.common.redaction import redact


def record(message: str, *arguments: object, error: BaseException | None = None) -> logging.LogRecord:
    info = None
    if error is not None:
        try:
            raise error
        except type(error):
            info = sys.exc_info()
    return logging.LogRecord("commun.mailing", logging.WARNING, __file__, 1, message, arguments, info)


def test_a_line_is_an_object_and_its_ids_are_fields():
    line = json.loads(JsonFormatter().format(record("lease taken over lease=%s journal=%s", 12, "read")))
    assert (line["level"], line["logger"], line["lease"], line["journal"]) == (
        "WARNING",
        "commun.mailing",
        "12",
        "read",
    )
    assert line["message"] == "lease taken over lease=12 journal=read"
    assert "traceback" not in line


@pytest.mark.parametrize("formatter", [JsonFormatter(), LineFormatter()], ids=lambda one: type(one).__name__)
def test_what_an_exception_says_of_a_person_is_taken_out(formatter):
    error = ValueError("Key (address)=(marie.dupont@mairie.example.org) already exists")
    said = formatter.format(record("failed send=7 to=%s", "marie@example.org", error=error))
    assert "@" not in said
    assert "marie" not in said
    assert "ValueError" in said
    assert "send=7" in said
    assert "\n" not in said or isinstance(formatter, LineFormatter)


def test_a_field_cannot_pretend_to_be_the_level():
    assert json.loads(JsonFormatter().format(record("x level=DEBUG time=never")))["level"] == "WARNING"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a.b+c@exemple.fr>: refusé", "<[adresse]>: refusé"),
        ("à marie@mairie.example.org, puis", "à [adresse], puis"),
        ("rcpt to:<élodie@exämple.fr>", "rcpt to:<[adresse]>"),
        ("GET /desabonnement/abcdefghijklmnopqrstuvwxyz012345/ 200", "GET /desabonnement/[jeton]/ 200"),
        ("rien à cacher, 5.1.1", "rien à cacher, 5.1.1"),
    ],
)
def test_people_and_tokens_are_taken_out_of_any_text(text, expected):
    assert redact(text) == expected
