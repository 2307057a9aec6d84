from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ContributionsConfig(AppConfig):
    name = "commun.contributions"
    label = "contributions"
    verbose_name = "contributions"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from commun.accounts.api import register_space_section, register_team_search
        from commun.agenda.api import EventPage, NewsPage
        from commun.cms.api import register_publication_guard
        from commun.common import periodic, public, states, workers
        from commun.common import privacy as registry
        from commun.contributions import handlers, holdings, of_readers, privacy, publication, space, team_search
        from commun.contributions.lives import CONTRIBUTION, FEED
        from commun.contributions.models import Contribution
        from commun.contributions.services import examining, feeds, giving, publishing, reminding, retention
        from commun.contributions.services.permissions import grant_permissions
        from commun.library.api import ResourcePage
        from commun.subscribers.api import register_person_section

        registry.tells("contributions", *holdings.ROWS)

        public.shows(Contribution)  # whom it thanks
        states.register(CONTRIBUTION, model="contributions.Contribution")
        states.register(FEED, model="contributions.Feed")
        handlers.register()
        for model in (ResourcePage, EventPage, NewsPage):
            register_publication_guard(model, publication.refuse_withdrawn)
        workers.register_loop("contributions.files", examining.run)
        register_team_search("contributions", title="Contributions", order=20, find=team_search.find)
        register_space_section("contributions", order=30, build=space.sections)
        register_person_section(
            "contributions", title=of_readers.TITLE, why=of_readers.WHY, order=10, find=of_readers.find
        )
        page_published.connect(publishing.page_published, dispatch_uid="contributions.page_published")
        registry.register("contributions", export=privacy.export, erase=privacy.erase)
        post_migrate.connect(grant_permissions, sender=self, dispatch_uid="contributions.grant_permissions")
        periodic.register(
            "contributions.forget",
            title="Oubli des contributions anciennes",
            every=timedelta(days=1),
            service=retention.forget_old,
        )
        periodic.register(
            "contributions.drafts",
            title="Oubli des formulaires abandonnés",
            every=timedelta(days=1),
            service=giving.forget_drafts,
        )
        periodic.register(
            "contributions.remind",
            title="Relance des questions sans réponse",
            every=timedelta(days=1),
            service=reminding.remind_waiting,
            by_day=True,
        )
        periodic.register(
            "contributions.feeds",
            title="Lecture des flux de partenaires",
            every=timedelta(minutes=1),
            service=feeds.read_due,
        )
        periodic.register(
            "contributions.forget_entries",
            title="Oubli des entrées de flux anciennes",
            every=timedelta(days=1),
            service=feeds.forget_entries,
        )
