"""The search engine of every list, of the site and of the administration: people type words, not a query language.

On SQLite a lone quote, a colon or a hyphen is syntax for the engine's own language, and an error.
"""

from __future__ import annotations

import re
from copy import copy
from typing import Any

from modelsearch.backends.database import SearchBackend as database_backend  # noqa: N813 (a function, named as a class)
from modelsearch.query import And, Boost, Fuzzy, Not, Or, Phrase, PlainText


def terms(words: str) -> str:
    """What somebody typed, as what an engine takes: no operator, no quote, no elided letter (« l’eau »)."""
    found = re.findall(r"[\w-]+", words.replace("_", " "))
    return " ".join(term for term in (word.strip("-") for word in found) if len(term) > 1 or term.isdigit())


def _plain(query: Any) -> Any:
    """The same question in plain words; "" for one that has none."""
    plain = query
    match query:
        case str():
            plain = terms(query)
        case PlainText() | Phrase() | Fuzzy():
            plain = _with(query, query_string=terms(query.query_string)) if terms(query.query_string) else ""
        case And() | Or():
            parts = [part for part in map(_plain, query.subqueries) if part != ""]
            plain = _with(query, subqueries=parts) if len(parts) > 1 else next(iter(parts), "")
        case Not() | Boost():
            part = _plain(query.subquery)
            plain = part and _with(query, subquery=part)
    return plain


def _with(query: Any, **changes: Any) -> Any:
    changed = copy(query)
    vars(changed).update(changes)
    return changed


class _Words:
    def _search(self, compiler: Any, query: Any, *args: Any, **options: Any) -> Any:
        return super()._search(compiler, _plain(query), *args, **options)  # type: ignore[misc]


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 (the name that the setting looks for)
    """The backend of the database in use, given words."""
    found = type(database_backend(dict(params)))
    return type("SearchBackend", (_Words, found), {})(params)
