"""What an address of the site may say, beside its path: all that its pages read, whichever page it is."""

from __future__ import annotations

from commun.website import searching

OF_SEARCH = ("q", "lieu", "lieu_texte", "lieu_pour", "tri", "page", "vue", *searching.PARAMETERS)
OF_PAGES = (*OF_SEARCH, "ou", "jour", "mois", "annee", "thematique", "region", "dans")
