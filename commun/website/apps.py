from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WebsiteConfig(AppConfig):
    name = "commun.website"
    label = "website"
    verbose_name = "site public"

    def ready(self) -> None:
        from commun.website.services.tree import prepare_site

        post_migrate.connect(prepare_site, sender=self, dispatch_uid="website.prepare_site")
