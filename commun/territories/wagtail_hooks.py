"""The administration's screens of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from commun.common.menus import PermittedMenuItem
from commun.territories import api
from commun.territories.admin.organisations import OrganisationForm


class OrganisationViewSet(SnippetViewSet):
    model = api.Organisation
    icon = "group"
    menu_label = "Organisations"
    menu_order = 500
    add_to_admin_menu = True
    list_display = ("name", "kind", "territory", "siren", "is_partner", "is_checked")
    list_filter = ("kind", "is_partner", "is_checked")
    search_fields = ("search_name", "siren")
    search_backend_name = None
    ordering = ("search_name", "pk")
    copy_view_enabled = False  # a copy would be a second body
    # Whether it was looked at is not here: the moderation says so, in « Mandats ».
    edit_handler = ObjectList(
        (
            FieldPanel("name"),
            FieldPanel("slug"),
            FieldPanel("kind"),
            api.TerritoryChooserPanel("territory"),
            FieldPanel("siren"),
            FieldPanel("website"),
            FieldPanel("logo"),
            FieldPanel("presentation"),
            MultiFieldPanel((FieldPanel("is_partner"),), heading="Place dans le réseau"),
        ),
        base_form_class=OrganisationForm,
    )


register_snippet(OrganisationViewSet)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("mandats/", include("commun.territories.admin.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    url = reverse("mandates_team:index")
    return PermittedMenuItem(
        "Mandats", url, name="mandats", icon_name="key", order=510, permission="territories.check_mandate"
    )
