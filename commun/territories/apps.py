from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TerritoriesConfig(AppConfig):
    name = "commun.territories"
    label = "territories"
    verbose_name = "territoires et organisations"

    def ready(self) -> None:
        from django.db.models import ForeignKey
        from wagtail.admin.forms.models import register_form_field_override

        from commun.territories import pickers
        from commun.territories.services.permissions import grant_permissions

        # Every foreign key to a place or an organisation gets the picker in the administration, whoever owns the page.
        for picker in (pickers.AdminTerritoryPicker, pickers.AdminOrganisationPicker):
            register_form_field_override(ForeignKey, to=picker.model, override={"widget": picker})
        post_migrate.connect(grant_permissions, sender=self, dispatch_uid="territories.grant_permissions")
