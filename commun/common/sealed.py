"""What no code may do by inadvertence."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from commun.common.errors import SealedForEver

M = TypeVar("M", bound=models.Model)


class SealedQuerySet(models.QuerySet[M]):
    """Rows that are written once. The database refuses too (triggers of the migration)."""

    def update(self, **kwargs: Any) -> int:
        raise SealedForEver(self.model.__name__)

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        raise SealedForEver(self.model.__name__)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise SealedForEver(self.model.__name__)


class Sealed(models.Model):
    """Written once, never changed, never deleted.

    Personal data: none of its own (see each subclass).
    """

    objects = SealedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise SealedForEver(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise SealedForEver(type(self).__name__)
