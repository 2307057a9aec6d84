from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SubscribersConfig(AppConfig):
    name = "commun.subscribers"
    label = "subscribers"
    verbose_name = "Abonnements"

    def ready(self) -> None:
        from commun.accounts.api import register_space_section
        from commun.common import periodic
        from commun.common import privacy as registry
        from commun.mailing.api import register_audience, register_return
        from commun.subscribers import privacy, space
        from commun.subscribers.selectors.audience import Readers
        from commun.subscribers.services import retention, returns, subscriptions
        from commun.subscribers.services.permissions import grant_permissions
        from commun.subscribers.types import AUDIENCE

        register_audience(AUDIENCE, Readers())
        register_return(returns.take)
        register_space_section("subscribers", order=60, build=space.section)
        registry.register("subscribers", export=privacy.export, erase=privacy.erase)
        post_migrate.connect(grant_permissions, sender=self, dispatch_uid="subscribers.grant_permissions")
        periodic.register(
            "subscribers.unconfirmed",
            title="Oubli des abonnements non confirmés",
            every=timedelta(hours=6),
            service=subscriptions.purge_unconfirmed,
        )
        periodic.register(
            "subscribers.departed",
            title="Oubli des personnes parties",
            every=timedelta(days=1),
            service=retention.forget_departed,
        )
