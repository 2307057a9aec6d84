from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "commun.library"
    label = "library"
    verbose_name = "bibliothèque"

    def ready(self) -> None:
        from commun.common.privacy import tells
        from commun.library import holdings, public
        from commun.territories.api import register_public_section

        tells("library", *holdings.ROWS)

        register_public_section("library", order=10, build=public.section)
