from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WebsiteConfig(AppConfig):
    name = "commun.website"
    label = "website"
    verbose_name = "site public"

    def ready(self) -> None:
        from commun.accounts.api import register_team_search
        from commun.cms.api import serve
        from commun.common import periodic
        from commun.common.kept import keep
        from commun.newsletters.api import CallKind, register_call_page
        from commun.website import calls, checks, team_search  # noqa: F401 (checks are registered)
        from commun.website.open.dumps import make_dumps
        from commun.website.parameters import OF_PAGES
        from commun.website.services.tree import prepare_site

        keep(serve, OF_PAGES)
        register_team_search("website", title="Pages", order=10, find=team_search.pages)
        periodic.register(
            "website.dumps", title="Fichiers des données ouvertes", every=timedelta(days=1), service=make_dumps
        )
        register_call_page(CallKind.NEED, "/contribuer/besoin/")
        register_call_page(CallKind.CONTRIBUTION, "/contribuer/ressource/")
        register_call_page(CallKind.EVENT, "/contribuer/evenement/")
        register_call_page(CallKind.QUESTION, "/contribuer/question/")
        register_call_page(CallKind.VOTE, calls.vote_page, until=calls.vote_until)
        post_migrate.connect(prepare_site, sender=self, dispatch_uid="website.prepare_site")
