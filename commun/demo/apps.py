from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "commun.demo"
    label = "demo"

    def ready(self) -> None:
        from commun.demo.services.votes import mandates
        from commun.votes.api import register_mandates

        register_mandates(mandates)
