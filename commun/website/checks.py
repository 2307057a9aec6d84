"""What stops the start, or warns, of this room."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from commun.website.duty.audit import AuditError, get_audit


@register("environment")
def check_audit(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    try:
        get_audit()
    except AuditError as error:
        hint = "Comparez avec commun/website/duty/audit.toml, ou retirez ACCESSIBILITY_AUDIT."
        return [Error(f"L’audit d’accessibilité ne peut pas être lu : {error}", hint=hint, id="config.E008")]
    return []
