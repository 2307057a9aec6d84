"""What the database itself refuses: rows of a sealed table change no more, and stay."""

from __future__ import annotations

from typing import Any

from django.db import migrations


class Seal(migrations.RunPython):
    """Migration operation: triggers that refuse UPDATE (of these columns, or any) and DELETE on these tables. TRUNCATE,
    on PostgreSQL, passes: it is nobody's by inadvertence."""

    def __init__(self, *tables: str, columns: tuple[str, ...] = ()) -> None:
        self._tables, self._columns = tables, columns
        self._update = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
        super().__init__(self._seal, self._unseal)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, list(self._tables), {"columns": self._columns}

    def _seal(self, apps: Any, schema_editor: Any) -> None:
        postgresql = schema_editor.connection.vendor == "postgresql"
        if postgresql:
            schema_editor.execute(
                "CREATE OR REPLACE FUNCTION commun_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'sealed row' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
        for table in self._tables:
            if postgresql:
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_sealed BEFORE {self._update} OR DELETE ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION commun_refuse_change()"
                )
                continue
            for name, act in (("update", self._update), ("delete", "DELETE")):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_sealed_{name} BEFORE {act} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'sealed row'); END"
                )

    def _unseal(self, apps: Any, schema_editor: Any) -> None:
        for table in self._tables:
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP TRIGGER {table}_sealed ON {table}")
                continue
            for act in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_sealed_{act}")
