from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "commun.library"
    label = "library"
    verbose_name = "bibliothèque"
