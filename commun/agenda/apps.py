from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "commun.agenda"
    label = "agenda"
    verbose_name = "agenda et actualités"

    def ready(self) -> None:
        from commun.agenda.selectors import next_change
        from commun.common import public

        public.changes_at(next_change)
