"""Addresses of this room that programs call."""

from django.urls import path

from commun.mailing.views import webhooks

app_name = "mailing"
urlpatterns = [path("retours/<slug:provider>/", webhooks.tell, name="webhook")]
