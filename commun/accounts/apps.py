from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "commun.accounts"
    label = "accounts"

    def ready(self) -> None:
        from commun.accounts import holdings, privacy, services
        from commun.accounts.models import User
        from commun.common import periodic, public
        from commun.common import privacy as registry

        registry.tells("accounts", *holdings.ROWS)

        # Whether somebody still acts for a body; what signing in writes shows nothing.
        public.shows(User, but=("last_login", "password"))
        registry.register("accounts", export=privacy.export, erase=privacy.erase)
        periodic.register(
            "accounts.inactive",
            title="Oubli des comptes inactifs",
            every=timedelta(days=1),
            service=services.forget_inactive,
        )
        periodic.register(
            "accounts.codes",
            title="Oubli des codes de connexion",
            every=timedelta(hours=1),
            service=services.forget_codes,
        )
        periodic.register(
            "accounts.sessions",
            title="Oubli des sessions finies",
            every=timedelta(days=1),
            service=services.forget_sessions,
        )
        # Groups are part of the code's contract: they exist as soon as the tables do.
        post_migrate.connect(services.create_groups, dispatch_uid="accounts.create_groups")
