from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "commun.library"
    label = "library"
    verbose_name = "bibliothèque"

    def ready(self) -> None:
        from commun.library import public
        from commun.territories.api import register_public_section

        register_public_section("library", order=10, build=public.section)
