from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save


class CooperationConfig(AppConfig):
    name = "commun.cooperation"
    label = "cooperation"
    verbose_name = "coopérations"

    def ready(self) -> None:
        from commun.accounts.api import register_space_section
        from commun.common import privacy as registry
        from commun.common import public, states
        from commun.cooperation import handlers, holdings, on_votes, privacy, space
        from commun.cooperation.lives import NEED, PROJECT, PROPOSAL, START
        from commun.cooperation.models import Engagement, Need, ProjectEntry, ProjectMeeting, SharedProject, Start
        from commun.cooperation.selectors.projects import next_change
        from commun.cooperation.services import shortlisting
        from commun.cooperation.services.permissions import grant_permissions
        from commun.cooperation.source import Projects, project_changed
        from commun.finding.api import register_source
        from commun.territories.api import register_mandate_ended, register_public_section
        from commun.votes.api import register_became, register_options_dropped, register_vote_cancelled

        registry.tells("cooperation", *holdings.ROWS)

        public.shows(Need, SharedProject, Engagement, ProjectEntry, ProjectMeeting, Start)
        public.changes_at(next_change)
        states.register(NEED, model="cooperation.Need")
        states.register(PROPOSAL, model="cooperation.ThemeProposal")
        states.register(PROJECT, model="cooperation.SharedProject")
        states.register(START, model="cooperation.Start")
        registry.register("cooperation", export=privacy.export, erase=privacy.erase)
        post_migrate.connect(grant_permissions, sender=self, dispatch_uid="cooperation.grant_permissions")
        register_space_section("needs", order=20, build=space.needs_section)
        register_space_section("ideas", order=25, build=space.ideas_section)
        register_space_section("projects", order=50, build=space.projects_section)
        register_space_section("starts", order=40, build=space.starts_section)
        register_public_section("starts", order=40, build=space.public_starts)
        register_public_section("needs", order=20, build=space.public_needs)
        register_public_section("projects", order=30, build=space.public_projects)
        register_mandate_ended(handlers.hand_over)
        register_source(Projects())
        for happens in (post_save, post_delete):
            happens.connect(project_changed, sender=SharedProject, dispatch_uid="cooperation.project_found")
        register_options_dropped(shortlisting.free_dropped)
        register_vote_cancelled(shortlisting.free_cancelled)
        register_became(on_votes.became)
        _register_sweeps()


def _register_sweeps() -> None:
    from commun.common import periodic
    from commun.cooperation.services import asking, ideas, reminding, retention, shortlisting, starting
    from commun.cooperation.services.projects import digest, opening

    periodic.register(
        "cooperation.ask_for_news",
        title="Demandes de nouvelles des besoins",
        every=timedelta(minutes=15),
        service=reminding.ask_for_news,
        by_day=True,
    )
    periodic.register(
        "cooperation.close_silent",
        title="Clôture des besoins sans nouvelles",
        every=timedelta(days=1),
        service=reminding.close_silent,
    )
    periodic.register(
        "cooperation.tell_opened",
        title="Annonce des propositions mises au vote",
        every=timedelta(minutes=5),
        service=shortlisting.tell_opened,
    )
    periodic.register(
        "cooperation.tell_ideas",
        title="Suites des thématiques proposées",
        every=timedelta(minutes=15),
        service=ideas.tell_steps,
    )
    periodic.register(
        "cooperation.end_calls",
        title="Fin des appels de projets",
        every=timedelta(minutes=5),
        service=opening.end_calls,
    )
    periodic.register(
        "cooperation.digests",
        title="Nouvelles des projets partagés",
        every=timedelta(hours=6),
        service=digest.send_digests,
    )
    periodic.register(
        "cooperation.ask_how_it_goes",
        title="Demandes de nouvelles des démarches",
        every=timedelta(minutes=15),
        service=asking.ask_how_it_goes,
        by_day=True,
    )
    periodic.register(
        "cooperation.prove_starts",
        title="Démarches dont le mandat est vérifié depuis",
        every=timedelta(minutes=15),
        service=starting.prove,
    )
    periodic.register(
        "cooperation.forget",
        title="Oubli de qui a exprimé un besoin, proposé une thématique ou commencé une démarche",
        every=timedelta(days=1),
        service=retention.forget_old,
    )
