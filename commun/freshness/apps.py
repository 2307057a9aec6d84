from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FreshnessConfig(AppConfig):
    name = "commun.freshness"
    label = "freshness"
    verbose_name = "exactitude"

    def ready(self) -> None:
        from commun.accounts.api import register_space_section
        from commun.common import periodic, states, workers
        from commun.common import privacy as registry
        from commun.freshness import holdings, privacy, space
        from commun.freshness.lives import LINK, PAGE, REPORT
        from commun.freshness.services import asking, checking, reading, reporting, retention
        from commun.freshness.services.permissions import grant_permissions

        registry.tells("freshness", *holdings.ROWS)

        states.register(PAGE, model="freshness.Watch")
        states.register(REPORT, model="freshness.Report")
        states.register(LINK, model="freshness.Link")
        registry.register("freshness", export=privacy.export, erase=privacy.erase)
        post_migrate.connect(grant_permissions, sender=self, dispatch_uid="freshness.grant_permissions")
        register_space_section("still_true", order=35, build=space.still_true_section)
        workers.register_loop("freshness.links", checking.run)
        periodic.register(
            "freshness.ask",
            title="Demandes « toujours vrai ? »",
            every=timedelta(hours=1),
            service=asking.ask_due,
        )
        periodic.register(
            "freshness.read_links",
            title="Lecture des liens des pages publiées",
            every=timedelta(minutes=15),
            service=reading.read_links,
        )
        periodic.register(
            "freshness.close_orphans",
            title="Signalements de pages retirées",
            every=timedelta(hours=1),
            service=reporting.close_orphans,
        )
        periodic.register(
            "freshness.forget",
            title="Oubli des signalements anciens",
            every=timedelta(days=1),
            service=retention.forget_old,
        )
