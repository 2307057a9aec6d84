from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "commun.agenda"
    label = "agenda"
    verbose_name = "agenda et actualités"

    def ready(self) -> None:
        from commun.agenda.public import section
        from commun.agenda.selectors import next_change
        from commun.common import public
        from commun.territories.api import register_public_section

        public.changes_at(next_change)
        register_public_section("agenda", order=15, build=section)
