"""Addresses of the demonstration's mailbox. They exist only where `DEMO` is set."""

from django.urls import path, register_converter

from commun.common.converters import TokenConverter
from commun.demo import views


class KeyConverter(TokenConverter):
    """The name of a caught message, and nothing that could lead out of the folder."""

    regex = r"[0-9]{6}-[0-9a-f]{12}"


register_converter(KeyConverter, "outbox_key")

app_name = "demo"
urlpatterns = [
    path("", views.outbox, name="outbox"),
    path("<outbox_key:key>/", views.message, {"tab": "html"}, name="message"),
    path("<outbox_key:key>/texte/", views.message, {"tab": "text"}, name="text"),
    path("<outbox_key:key>/en-tetes/", views.message, {"tab": "headers"}, name="headers"),
    path("<outbox_key:key>/source/", views.message, {"tab": "source"}, name="source"),
    path("<outbox_key:key>/html/", views.frame, name="frame"),
]
