"""Addresses of this room."""

from django.urls import path

from commun.agenda import views

app_name = "agenda"
urlpatterns = [
    path("agenda.ics", views.agenda, name="calendar"),
    path("agenda/<slug:slug>.ics", views.event, name="event_calendar"),
]
