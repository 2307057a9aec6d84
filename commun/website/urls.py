"""Addresses of this room."""

from django.urls import path

from commun.website.views import feeds, machines, metrics, pages, sitemaps, space, taking

app_name = "website"
urlpatterns = [
    path("mon-espace/", space.space, name="space"),
    path("mon-espace/mes-donnees/", space.my_data, name="my_data"),
    path("mon-espace/effacer/", space.erase, name="erase"),
    path("recherche/", pages.search, name="search"),
    path("recherche/suggestions/", pages.suggestions, name="search_suggestions"),
    path("annuaire/", pages.directory, name="directory"),
    path("contact/", pages.contact, name="contact"),
    path("plan-du-site/", pages.site_map, name="site_map"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-rubriques.xml", sitemaps.sections, name="sitemap_sections"),
    path("sitemap-<int:lot>.xml", sitemaps.lot, name="sitemap_lot"),
    path("robots.txt", machines.robots, name="robots"),
    path("flux/ressources.xml", feeds.resources, name="resource_feed"),
    path("flux/actualites.xml", feeds.news, name="news_feed"),
    path("flux/lettre.xml", feeds.letter, name="letter_feed"),
    path("developpeurs/", taking.developers, name="developers"),
    path("donnees/<str:name>", taking.dump, name="dump"),
    path("oembed/", taking.oembed, name="oembed"),
    path("integrer/", taking.included, name="included"),
    path("reutiliser/<uuid:number>.txt", taking.plain, name="plain"),
    path("reutiliser/<uuid:number>.zip", taking.pack, name="pack"),
    path("partage/<uuid:number>.png", taking.picture, name="picture"),
    path("partage/vue/<slug:seal>.png", taking.picture_of_view, name="picture_of_view"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("healthz", machines.health, name="health"),
    path("metrics", metrics.metrics, name="metrics"),
]
