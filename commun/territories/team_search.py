"""Collectivités and other bodies, for the team's search: for whoever may change them."""

from __future__ import annotations

from collections.abc import Sequence

from wagtail.admin.admin_url_finder import AdminURLFinder

from commun.accounts.api import Hit
from commun.accounts.models import User
from commun.territories.models import Organisation
from commun.territories.names import plain


def find(user: User, words: str, most: int) -> Sequence[Hit]:
    if not user.has_perm("territories.change_organisation"):
        return []
    found = Organisation.objects.filter(search_name__icontains=plain(words)).select_related("territory__departement")
    finder = AdminURLFinder(user)
    return [
        Hit(
            label=one.label,
            url=finder.get_edit_url(one) or "",
            detail="" if one.is_checked else "à vérifier",
        )
        for one in found.order_by("search_name", "pk")[:most]
    ]
