"""The editing form of an event: hours are read on the clock of the place, wherever the editor sits."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm

from commun.agenda.types import TimeZone


class EventPageForm(WagtailAdminPageForm):
    """`start` and `end` are shown and typed as wall-clock time in the event's own time zone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = ZoneInfo(self.instance.time_zone)
        for name in ("start", "end"):
            moment = getattr(self.instance, name)
            if moment is not None and name in self.fields:
                self.initial[name] = moment.astimezone(zone).replace(tzinfo=None)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        zone = ZoneInfo(cleaned.get("time_zone") or TimeZone.PARIS)
        for name in ("start", "end"):
            typed = cleaned.get(name)
            if isinstance(typed, datetime):
                cleaned[name] = timezone.localtime(typed).replace(tzinfo=zone)
        if not self.is_deferred_validation and not cleaned.get("place") and not cleaned.get("is_online"):
            self.add_error("place", "Indiquez le lieu, ou cochez « en ligne ».")
        return cleaned
