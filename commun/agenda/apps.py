from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "commun.agenda"
    label = "agenda"
    verbose_name = "agenda et actualités"
