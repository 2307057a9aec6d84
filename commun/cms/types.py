"""Values of the cms room that other rooms may use."""

from __future__ import annotations

from django.db import models


class Licence(models.TextChoices):
    """Under what terms a text, an image or a document may be used again."""

    OPEN = "licence-ouverte-2.0", "Licence Ouverte 2.0 (Etalab)"
    CC_BY = "cc-by", "Creative Commons BY 4.0 (citer l’auteur)"
    CC_BY_SA = "cc-by-sa", "Creative Commons BY-SA 4.0 (citer, partager de même)"
    CC_BY_NC_SA = "cc-by-nc-sa", "Creative Commons BY-NC-SA 4.0 (citer, sans commerce, partager de même)"
    CC_BY_NC_ND = "cc-by-nc-nd", "Creative Commons BY-NC-ND 4.0 (citer, sans commerce ni modification)"
    RESERVED = "tous-droits-reserves", "Tous droits réservés"

    @property
    def url(self) -> str:
        """Where the licence can be read; empty when all rights are reserved."""
        if self is Licence.OPEN:
            return "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
        if self is Licence.RESERVED:
            return ""
        return f"https://creativecommons.org/licenses/{self.value.removeprefix('cc-')}/4.0/deed.fr"

    @property
    def short(self) -> str:
        """What one writes after a credit: `CC BY-SA 4.0`."""
        if self is Licence.OPEN:
            return "Licence Ouverte 2.0"
        if self is Licence.RESERVED:
            return "Tous droits réservés"
        return f"CC {self.value.removeprefix('cc-').upper()} 4.0"

    @property
    def asks_credit(self) -> bool:
        """Whether using it again obliges to name the author."""
        return self is not Licence.RESERVED


class Language(models.TextChoices):
    """Language of a document."""

    FRENCH = "fr", "Français"
    ENGLISH = "en", "Anglais"
    GERMAN = "de", "Allemand"
    SPANISH = "es", "Espagnol"
    ITALIAN = "it", "Italien"
    PORTUGUESE = "pt", "Portugais"
    DUTCH = "nl", "Néerlandais"
    BASQUE = "eu", "Basque"
    BRETON = "br", "Breton"
    CATALAN = "ca", "Catalan"
    CORSICAN = "co", "Corse"
    OCCITAN = "oc", "Occitan"
