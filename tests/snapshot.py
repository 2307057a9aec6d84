"""What the migrations left in the database, put back after tests that really commit.

Django's own `serialized_rollback` saves objects one by one, signals included: the search index and the index of
references would write while their tables are being filled. Rows are copied here as rows.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

_Rows = list[tuple[Any, ...]]


class Snapshot:
    """Taken once the test database is made. Restores into an empty one."""

    def __init__(self) -> None:
        self._tables: dict[str, tuple[list[str], _Rows]] = {}
        with connection.cursor() as cursor:
            for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
                if table.endswith("_fts"):
                    continue  # SQLite's search index: triggers fill it
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                rows = cursor.fetchall()
                if rows:
                    self._tables[table] = ([column[0] for column in cursor.description], rows)

    def restore(self) -> None:
        """Nothing to do before the first test that commits: the others roll back."""
        ContentType.objects.clear_cache()
        if ContentType.objects.exists():
            return
        with transaction.atomic(), connection.cursor() as cursor:
            for table, (columns, rows) in self._tables.items():
                names = ", ".join(map(connection.ops.quote_name, columns))
                values = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({values})", rows)
            for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
                cursor.execute(statement)


def forget_djangos() -> None:
    """Django empties the tables after each test that commits, and refills nothing where it believes that it holds a
    copy. While Playwright's loop runs, the same thread gets another connection: hence the class."""
    connections["default"]._test_serialized_contents = "[]"
    BaseDatabaseWrapper._test_serialized_contents = "[]"  # type: ignore[attr-defined]
