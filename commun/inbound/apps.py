from datetime import timedelta

from django.apps import AppConfig


class InboundConfig(AppConfig):
    name = "commun.inbound"
    label = "inbound"
    verbose_name = "Courrier reçu"

    def ready(self) -> None:
        from commun.common import periodic
        from commun.common import privacy as registry
        from commun.inbound import holdings, privacy
        from commun.inbound.services import processing, retention

        registry.tells("inbound", *holdings.ROWS)

        registry.register("inbound", export=privacy.export, erase=privacy.erase)
        periodic.register(
            "inbound.process",
            title="Courrier reçu à traiter",
            every=timedelta(minutes=1),
            service=processing.enqueue_waiting,
        )
        periodic.register(
            "inbound.purge", title="Oubli du courrier ancien", every=timedelta(hours=6), service=retention.purge
        )
