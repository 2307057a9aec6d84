from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeersConfig(AppConfig):
    name = "commun.peers"
    label = "peers"
    verbose_name = "rencontres entre pairs"

    def ready(self) -> None:
        from commun.accounts.api import register_space_section
        from commun.common import periodic, public, states
        from commun.common import privacy as registry
        from commun.peers import handlers, holdings, privacy, space
        from commun.peers.lives import INTRODUCTION, ROUND
        from commun.peers.models import Bond, Quiet, Snapshot
        from commun.peers.services import computing, following, retention, standing
        from commun.peers.services.permissions import grant_permissions
        from commun.territories.api import (
            register_mandate_ended,
            register_page_of_organisation,
            register_public_section,
        )

        registry.tells("peers", *holdings.ROWS)

        public.shows(Bond, Snapshot, Quiet)  # neighbours, numbers, who is not to be asked
        states.register(INTRODUCTION, model="peers.Introduction")
        states.register(ROUND, model="peers.Round")
        registry.register("peers", export=privacy.export, erase=privacy.erase)
        post_migrate.connect(grant_permissions, sender=self, dispatch_uid="peers.grant_permissions")
        register_space_section("introductions", order=25, build=space.meetings_section)
        register_space_section("standing", order=55, build=space.standing_section)
        register_mandate_ended(handlers.hand_over)
        register_page_of_organisation("peers:neighbours")
        register_public_section("neighbours", order=45, build=space.public_neighbours)
        periodic.register(
            "peers.follow",
            title="Mises en relation : rappels, réponses du 21e jour, suites",
            every=timedelta(minutes=15),
            service=following.follow,
        )
        periodic.register(
            "peers.forget",
            title="Oubli des mises en relation et des questionnaires anciens",
            every=timedelta(days=1),
            service=retention.forget_old,
        )
        periodic.register(
            "peers.network",
            title="Réseau de coopération : calcul du jour",
            every=timedelta(days=1),
            service=computing.compute,
        )
        periodic.register(
            "peers.close_rounds",
            title="Questionnaires « Où en sommes-nous » : clôture",
            every=timedelta(minutes=15),
            service=standing.close_due,
        )
