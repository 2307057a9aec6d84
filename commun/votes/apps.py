from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class VotesConfig(AppConfig):
    name = "commun.votes"
    label = "votes"
    verbose_name = "votes"

    def ready(self) -> None:
        from commun.accounts.api import register_space_section
        from commun.common import periodic, public, states
        from commun.common import privacy as holders
        from commun.mailing.api import register_personal_token
        from commun.territories.api import register_identity_hold, register_public_section
        from commun.votes import holdings, privacy, registry, space, tokens
        from commun.votes.lives import VOTE
        from commun.votes.models import Elector, Option, Vote
        from commun.votes.selectors.electors import holds_identity
        from commun.votes.selectors.votes import next_change
        from commun.votes.services import electorate, inviting, sweeps, telling
        from commun.votes.services.permissions import grant_permissions

        holders.tells("votes", *holdings.ROWS)

        # Not the box: a page that shows turnout is made for each reader, and a ballot renews no other.
        public.shows(Vote, Option)
        public.shows(Elector, but=("last_number",))  # who voted is said once the vote is over
        public.changes_at(next_change)
        states.register(VOTE, model="votes.Vote")
        registry.register_electorate(electorate.from_register)
        holders.register("votes", export=privacy.export, erase=privacy.erase)
        post_migrate.connect(grant_permissions, sender=self, dispatch_uid="votes.grant_permissions")
        register_identity_hold(holds_identity)
        register_space_section("votes", order=40, build=space.section)
        register_public_section("votes", order=40, build=space.public_section)
        periodic.register(
            "votes.clock", title="Ouverture et clôture des votes", every=timedelta(minutes=1), service=sweeps.keep_time
        )
        periodic.register(
            "votes.tell_ballots",
            title="Avis de dépôt des bulletins",
            every=timedelta(minutes=1),
            service=telling.tell_ballots,
        )
        periodic.register(
            "votes.tell_cancellations",
            title="Annonce des votes annulés",
            every=timedelta(minutes=1),
            service=telling.tell_cancellations,
        )
        for kind in inviting.SEND_KINDS.values():
            register_personal_token(kind, tokens.token_of)
        periodic.register(
            "votes.invite", title="Invitations à voter", every=timedelta(minutes=1), service=inviting.send_invitations
        )
        periodic.register(
            "votes.remind",
            title="Rappels avant la clôture d’un vote",
            every=timedelta(minutes=10),
            service=inviting.send_reminders,
        )
        periodic.register(
            "votes.forget_invited",
            title="Oubli des personnes invitées",
            every=timedelta(days=1),
            service=inviting.forget_invited,
        )
        periodic.register(
            "votes.forget_casters",
            title="Oubli de qui a voté pour qui",
            every=timedelta(days=1),
            service=sweeps.forget_casters,
        )
        periodic.register(
            "votes.witness", title="Empreinte du jour des urnes", every=timedelta(days=1), service=sweeps.tell_heads
        )
