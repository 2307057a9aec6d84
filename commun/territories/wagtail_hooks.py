"""The administration's screens of this room."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from commun.territories import api


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
    panels = (
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("kind"),
        api.TerritoryChooserPanel("territory"),
        FieldPanel("siren"),
        FieldPanel("website"),
        FieldPanel("logo"),
        FieldPanel("presentation"),
        MultiFieldPanel((FieldPanel("is_partner"), FieldPanel("is_checked")), heading="Place dans le réseau"),
    )


register_snippet(OrganisationViewSet)
