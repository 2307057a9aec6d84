"""Reads of one model, and the lookup that finds a beginning through an index on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Lookup

if TYPE_CHECKING:
    from commun.territories.models import Territory  # noqa: F401  (named in the generic base below)


@models.CharField.register_lookup
class Prefix(Lookup):
    """`text__prefix="saint d"`: case-sensitive, served by the column's ordinary index.

    Django's own `startswith` becomes a LIKE with ESCAPE, for which SQLite never uses an index. There a range of bytes
    says the same; on PostgreSQL, whose order follows a language, LIKE with the `varchar_pattern_ops` index that
    Django makes for an indexed CharField. The value must come from `names.search_form`: no wildcard to escape.
    """

    lookup_name = "prefix"

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s", (*params, f"{self.rhs}%")

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"({column} >= %s AND {column} < %s)", (*params, self.rhs, *params, f"{self.rhs}\U0010ffff")


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def current(self) -> TerritoryQuerySet:
        """Places that exist in the vintage loaded last."""
        return self.filter(obsolete=False)

    def with_parents(self) -> TerritoryQuerySet:
        """What a label needs, in the same query."""
        return self.select_related("departement", "region", "epci")
