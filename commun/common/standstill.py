"""While a backup is being restored nothing may be sent: a table says so, which the restored database was given and
which goes once its withdrawals have been done again."""

from __future__ import annotations

from django.db import connection

TABLE = "commun_restoring"


def restoring() -> bool:
    return TABLE in connection.introspection.table_names()
