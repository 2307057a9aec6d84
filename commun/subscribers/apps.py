from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SubscribersConfig(AppConfig):
    name = "commun.subscribers"
    label = "subscribers"
    verbose_name = "Abonnements"

    def ready(self) -> None:
        from commun.accounts.api import register_space_section, register_team_search
        from commun.common import periodic, states
        from commun.common import privacy as registry
        from commun.mailing.api import register_audience, register_return
        from commun.subscribers import holdings, privacy, space, team_search
        from commun.subscribers.lives import BULK_ACT, IMPORT
        from commun.subscribers.selectors.audience import Readers
        from commun.subscribers.services import acts, files, retention, returns, subscriptions
        from commun.subscribers.services.permissions import grant_permissions
        from commun.subscribers.types import AUDIENCE

        registry.tells("subscribers", *holdings.ROWS)

        register_audience(AUDIENCE, Readers())
        register_return(returns.take)
        register_space_section("subscribers", order=60, build=space.section)
        register_team_search("subscribers", title="Personnes abonnées", order=30, find=team_search.find)
        registry.register("subscribers", export=privacy.export, erase=privacy.erase)
        post_migrate.connect(grant_permissions, sender=self, dispatch_uid="subscribers.grant_permissions")
        periodic.register(
            "subscribers.unconfirmed",
            title="Oubli des abonnements non confirmés",
            every=timedelta(hours=6),
            service=subscriptions.purge_unconfirmed,
        )
        states.register(IMPORT, model="subscribers.Import")
        periodic.register(
            "subscribers.imports",
            title="Reprise des imports interrompus",
            every=timedelta(minutes=1),
            service=files.enqueue_silent,
        )
        states.register(BULK_ACT, model="subscribers.BulkAct")
        periodic.register(
            "subscribers.acts",
            title="Reprise des actes groupés interrompus",
            every=timedelta(minutes=1),
            service=acts.enqueue_silent,
        )
        periodic.register(
            "subscribers.act_changes",
            title="Oubli de ce qui permet de défaire un acte groupé",
            every=timedelta(hours=6),
            service=acts.forget_changes,
        )
        periodic.register(
            "subscribers.import_files",
            title="Oubli des fichiers importés",
            every=timedelta(hours=6),
            service=files.forget_files,
        )
        periodic.register(
            "subscribers.departed",
            title="Oubli des personnes parties",
            every=timedelta(days=1),
            service=retention.forget_departed,
        )
