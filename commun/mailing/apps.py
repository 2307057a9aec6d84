from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MailingConfig(AppConfig):
    name = "commun.mailing"
    label = "mailing"
    verbose_name = "Envois"

    def ready(self) -> None:
        from commun.accounts.api import register_team_search
        from commun.common import periodic, states, workers
        from commun.common import privacy as registry
        from commun.mailing import handlers, holdings, privacy, team_search, webhooks
        from commun.mailing.delivery import loop
        from commun.mailing.lives import DELIVERY, SEND
        from commun.mailing.services import feedback, invariant, retention, service_mail
        from commun.mailing.services.permissions import grant_permissions

        registry.tells("mailing", *holdings.ROWS)

        states.register(SEND, model="mailing.Send")
        states.register(DELIVERY)
        handlers.register()
        webhooks.connect()
        registry.register("mailing", export=privacy.export, erase=privacy.erase)
        post_migrate.connect(grant_permissions, sender=self, dispatch_uid="mailing.grant_permissions")
        periodic.register(
            "mailing.service_mail",
            title="Oubli des messages de service",
            every=timedelta(hours=6),
            service=service_mail.blank_old,
        )
        periodic.register(
            "mailing.recipients",
            title="Oubli des destinataires",
            every=timedelta(days=1),
            service=retention.forget_recipients,
        )
        periodic.register(
            "mailing.ranges",
            title="Oubli des parts d’envoi confiées aux travailleurs",
            every=timedelta(days=1),
            service=retention.drop_ranges,
        )
        periodic.register(
            "mailing.evidence",
            title="Oubli des avis de non-remise",
            every=timedelta(days=1),
            service=feedback.forget_old,
        )
        periodic.register(
            "mailing.ledger",
            title="Contrôle des envois en cours",
            every=timedelta(minutes=1),
            service=invariant.check_open,
        )
        periodic.register(
            "mailing.ledger_over",
            title="Contrôle des envois finis",
            every=timedelta(days=1),
            service=invariant.check_over,
        )
        workers.register_loop("mailing.delivery", loop.run)
        register_team_search("mailing", title="Envois", order=50, find=team_search.find)
