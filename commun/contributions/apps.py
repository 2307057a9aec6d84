from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "commun.contributions"
    label = "contributions"
    verbose_name = "contributions"
