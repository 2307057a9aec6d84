"""What French and international operators mean by their own codes: `operators.tsv`, read once."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files


@cache
def _table() -> tuple[tuple[re.Pattern[str], str], ...]:
    lines = files(__package__).joinpath("operators.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple((re.compile(row["words"], re.IGNORECASE), row["verdict"]) for row in rows)


def meaning(words: str) -> str:
    """Verdict of the first code or expression in these words (lower case, without accents); "" where none is."""
    return next((verdict for pattern, verdict in _table() if pattern.search(words)), "")
