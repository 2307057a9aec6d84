from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class FindingConfig(AppConfig):
    name = "commun.finding"
    label = "finding"
    verbose_name = "recherche"

    def ready(self) -> None:
        from commun.cms.api import register_page_listener
        from commun.common import periodic, public
        from commun.finding import handlers
        from commun.finding.models import Entry, Posting, Text, Word
        from commun.finding.registry import register_source
        from commun.finding.selectors.answers import next_change
        from commun.finding.services.sweeping import sweep
        from commun.finding.sources.actors import Directory, Votes
        from commun.finding.sources.pages import Pages
        from commun.territories.api import Organisation, OrganisationChange
        from commun.votes.api import Vote

        public.shows(Entry)
        public.follows(Text, Posting, Word, why="written with their entry, in its transaction")
        public.changes_at(next_change)
        for source in (Pages(), Directory(), Votes()):
            register_source(source)
        register_page_listener(handlers.page_changed)
        post_save.connect(
            handlers.organisation_decided, sender=OrganisationChange, dispatch_uid="finding.organisation_decided"
        )
        for happens in (post_save, post_delete):
            happens.connect(handlers.organisation_changed, sender=Organisation, dispatch_uid="finding.organisation")
            happens.connect(handlers.vote_changed, sender=Vote, dispatch_uid="finding.vote")
        periodic.register("finding.sweep", title="Index de la recherche", every=timedelta(minutes=5), service=sweep)
