from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "commun.upkeep"
    label = "upkeep"
    verbose_name = "Exploitation"
