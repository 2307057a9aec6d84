"""Reads of one model, and the lookup that finds a beginning through an index on both databases."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.lookups import Lookup

from commun.territories.types import Body, MandateLevel, MembershipState

Row = TypeVar("Row", bound=models.Model)


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


class TerritoryQuerySet(models.QuerySet[Row]):
    def current(self) -> Self:
        """Places that exist in the vintage loaded last."""
        return self.filter(obsolete=False)

    def with_parents(self) -> Self:
        """What a label needs, in the same query."""
        return self.select_related("departement", "region", "epci")


class MembershipQuerySet(models.QuerySet[Row]):
    def open(self) -> Self:
        """Not over: declared, waiting, suspended or in force."""
        return self.filter(ended_at=None, user__is_active=True)

    def live(self, *, at: datetime, level: MandateLevel = MandateLevel.M1) -> Self:
        """Proved and not expired at this instant, at this level at least; M0 is every open one."""
        if level == MandateLevel.M0:
            return self.open()
        return self.open().filter(state=MembershipState.ACTIVE, level__gte=level, expires_at__gt=at)

    def in_force(self, *, at: datetime, level: MandateLevel = MandateLevel.M1) -> Self:
        """Live, and for an organisation that the moderation has looked at: what one may act by."""
        live = self.live(at=at, level=level)
        return live if level == MandateLevel.M0 else live.filter(organisation__is_checked=True)

    def acting_for(self, organisation: Body) -> Self:
        """Those of this body: the organisation, what it merged into, and what merged into that."""
        territory = organisation.territory
        if territory is None:
            return self.filter(organisation=organisation)
        # By places first: the two ways to be of this body joined to members would read all of them.
        today = territory.successor_id or territory.pk
        places = type(territory)._default_manager.filter(Q(pk=today) | Q(successor=today))
        return self.filter(organisation__territory__in=places.values("pk"))

    def with_names(self) -> Self:
        """What a list shows, in the same query."""
        return self.select_related(
            "user", "organisation__territory__departement", "organisation__territory__successor__departement"
        )
