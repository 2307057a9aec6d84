from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate


class TerritoriesConfig(AppConfig):
    name = "commun.territories"
    label = "territories"
    verbose_name = "territoires et organisations"

    def ready(self) -> None:
        from django.db.models import ForeignKey
        from wagtail.admin.forms.models import register_form_field_override

        from commun.accounts.api import register_space_section, register_team_search
        from commun.common import periodic, public, states
        from commun.common import privacy as holders
        from commun.territories import handlers, holdings, pickers, privacy, space, team_search
        from commun.territories.lives import MANDATE
        from commun.territories.models import Membership, Organisation, SearchKey, Territory
        from commun.territories.selectors.directory import next_change
        from commun.territories.services.mandates import codes, ending, renewing, requests
        from commun.territories.services.permissions import grant_permissions

        holders.tells("territories", *holdings.ROWS)

        public.shows(Territory, Organisation)
        public.shows(Membership, but=("reminded_at", "approval_asked_at", "role"))
        public.follows(SearchKey, why="made of the register, with it")
        public.changes_at(next_change)
        states.register(MANDATE, model="territories.Membership")
        # Every foreign key to a place or an organisation gets the picker in the administration, whoever owns the page.
        for picker in (pickers.AdminTerritoryPicker, pickers.AdminOrganisationPicker):
            register_form_field_override(ForeignKey, to=picker.model, override={"widget": picker})
        holders.register("territories", export=privacy.export, erase=privacy.erase)
        register_team_search("territories", title="Collectivités et structures", order=40, find=team_search.find)
        register_space_section("territories", order=10, build=space.section)
        periodic.register(
            "territories.expire",
            title="Mandats arrivés à terme",
            every=timedelta(hours=1),
            service=ending.expire_mandates,
        )
        periodic.register(
            "territories.forget", title="Oubli des mandats finis", every=timedelta(days=1), service=ending.forget_ended
        )
        periodic.register(
            "territories.codes", title="Oubli des codes de mandat", every=timedelta(days=1), service=codes.forget_codes
        )
        periodic.register(
            "territories.pieces",
            title="Oubli des pièces jointes aux demandes",
            every=timedelta(days=1),
            service=requests.forget_pieces,
        )
        periodic.register(
            "territories.remind",
            title="Rappel avant la fin d’un mandat",
            every=timedelta(hours=6),
            service=renewing.remind_expiring,
            by_day=True,
        )
        post_delete.connect(
            handlers.organisation_deleted, sender=Organisation, dispatch_uid="territories.organisation_deleted"
        )
        post_migrate.connect(grant_permissions, sender=self, dispatch_uid="territories.grant_permissions")
