from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate, pre_migrate


class CommonConfig(AppConfig):
    name = "commun.common"
    label = "common"

    def ready(self) -> None:
        from commun.common import cache, converters, holdings, periodic, public, turns, visits, withdrawals, workers
        from commun.common.privacy import tells

        tells("common", *holdings.ROWS)

        converters.register()
        # Before, not after: what other rooms make once their tables exist may already use the cache.
        post_migrate.connect(public.install, sender=self, dispatch_uid="common.public_moves")
        pre_migrate.connect(_create_cache_table, sender=self, dispatch_uid="common.create_cache_table")

        periodic.register(
            "common.overdue_tasks",
            title="Tâches qui durent trop",
            every=timedelta(minutes=5),
            service=workers.fail_overdue_tasks,
        )
        periodic.register(
            "common.finished_tasks",
            title="Oubli des tâches finies",
            every=timedelta(days=1),
            service=workers.forget_finished_tasks,
        )
        periodic.register(
            "common.cache", title="Oubli des compteurs périmés", every=timedelta(hours=1), service=cache.forget_over
        )
        periodic.register(
            "common.public_moves",
            title="Numéro de ce que voit le public",
            every=timedelta(minutes=5),
            service=public.fold,
        )
        periodic.register(
            "common.visits", title="Oubli des visites anciennes", every=timedelta(days=1), service=visits.forget_old
        )
        periodic.register(
            "common.dead_workers",
            title="Oubli des travailleurs arrêtés",
            every=timedelta(days=1),
            service=workers.forget_dead_workers,
        )
        periodic.register(
            "common.withdrawals",
            title="Fichier des retraits, à côté de la base",
            every=timedelta(minutes=1),
            service=withdrawals.catch_up,
        )
        periodic.register(
            "common.withdrawals_old",
            title="Oubli des retraits déjà dans leur fichier",
            every=timedelta(days=1),
            service=withdrawals.forget_old,
        )
        periodic.register(
            "common.host_turns",
            title="Oubli des sites interrogés",
            every=timedelta(days=1),
            service=turns.forget_over,
        )


def _create_cache_table(using: str, **kwargs: Any) -> None:
    """The shared cache lives in the database by default: `migrate` alone makes a working site."""
    call_command("createcachetable", database=using, verbosity=0)
