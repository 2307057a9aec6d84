from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "commun.config"
    label = "config"

    def ready(self) -> None:
        from commun.config import checks  # noqa: F401  (registers the system checks)
