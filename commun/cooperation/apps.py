from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "commun.cooperation"
    label = "cooperation"
    verbose_name = "coopérations"

    def ready(self) -> None:
        from commun.common import privacy as registry
        from commun.cooperation import privacy

        registry.register("cooperation", export=privacy.export, erase=privacy.erase)
