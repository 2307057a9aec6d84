"""The administration's screens of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from commun.common.menus import PermittedMenuItem
from commun.cooperation.selectors.needs import ANSWER
from commun.cooperation.selectors.projects import RUN
from commun.cooperation.selectors.proposals import SHORTLIST


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("", include("commun.cooperation.admin.urls"))]


@hooks.register("register_admin_menu_item")
def register_needs_menu() -> MenuItem:
    url = reverse("cooperation_team:needs")
    return PermittedMenuItem("Besoins", url, name="besoins", icon_name="help", order=152, permission=ANSWER)


@hooks.register("register_admin_menu_item")
def register_proposals_menu() -> MenuItem:
    url = reverse("cooperation_team:proposals")
    label = "Propositions"
    return PermittedMenuItem(label, url, name="propositions", icon_name="list-ul", order=154, permission=SHORTLIST)


@hooks.register("register_admin_menu_item")
def register_projects_menu() -> MenuItem:
    url = reverse("cooperation_team:projects")
    return PermittedMenuItem("Projets partagés", url, name="projets", icon_name="group", order=410, permission=RUN)
