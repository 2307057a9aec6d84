from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CmsConfig(AppConfig):
    name = "commun.cms"
    label = "cms"
    verbose_name = "contenus"

    def ready(self) -> None:
        from commun.cms.services.permissions import grant_permissions

        post_migrate.connect(grant_permissions, sender=self, dispatch_uid="cms.grant_permissions")
