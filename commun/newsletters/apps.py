from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class NewslettersConfig(AppConfig):
    name = "commun.newsletters"
    label = "newsletters"
    verbose_name = "la lettre"

    def ready(self) -> None:
        from commun.cms.api import register_publication_guard, register_rights
        from commun.common import periodic, public, states
        from commun.common import privacy as privacy_registry
        from commun.finding.api import register_source
        from commun.freshness.api import register_drafts
        from commun.inbound.api import register_route
        from commun.mailing.api import register_completion_handler, register_proof
        from commun.newsletters import holdings, privacy, rights, trial_address
        from commun.newsletters.lives import ISSUE
        from commun.newsletters.locking import register_lock
        from commun.newsletters.locks import find_lock
        from commun.newsletters.models import Approval, Correction, Erratum, IssueIndexPage, IssuePage, Submission
        from commun.newsletters.selectors.issues import written_now
        from commun.newsletters.selectors.proof import proof_of_erratum, proof_of_send
        from commun.newsletters.services import errata, images, permissions, sending, topics, trials
        from commun.newsletters.source import Issues
        from commun.newsletters.types import ERRATUM_KIND, SEND_KIND

        privacy_registry.tells("newsletters", *holdings.ROWS)

        public.shows(Submission, Approval, Correction, Erratum)
        register_lock(find_lock)
        states.register(ISSUE)
        register_drafts(written_now)
        register_source(Issues())
        register_publication_guard(IssuePage, rights.refuse_unless_sent)
        register_rights(IssuePage, rights.IssueRights)
        register_rights(IssueIndexPage, rights.ArchiveRights)
        periodic.register(
            "newsletters.publish_started",
            title="Mise en ligne des lettres envoyées",
            every=timedelta(seconds=10),
            service=sending.publish_started,
        )
        periodic.register(
            "newsletters.lighter_pictures",
            title="Images des lettres en ligne",
            every=timedelta(minutes=5),
            service=images.make_lighter,
        )
        periodic.register(
            "newsletters.topics",
            title="Thématiques offertes à l’abonnement",
            every=timedelta(minutes=5),
            service=topics.keep_topics,
        )
        register_completion_handler(SEND_KIND, sending.on_finished)
        register_proof(SEND_KIND, proof_of_send)
        register_completion_handler(ERRATUM_KIND, errata.on_finished)
        register_proof(ERRATUM_KIND, proof_of_erratum)
        privacy_registry.register("newsletters", export=privacy.export, erase=privacy.erase)
        register_route(
            "newsletters.trials",
            matches=lambda address: trial_address.read(address) is not None,
            handle=trials.take_answer,
        )
        periodic.register(
            "newsletters.trial_answers",
            title="Oubli des réponses aux essais",
            every=timedelta(hours=24),
            service=trials.forget_answers,
        )
        post_migrate.connect(permissions.grant_permissions, sender=self, dispatch_uid="newsletters.grant_permissions")
