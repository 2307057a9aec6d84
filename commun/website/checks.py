"""What stops the start, or warns, of this room."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from commun.website.duty.audit import AuditError, get_audit, get_ecodesign


@register("environment")
def check_audit(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    try:
        get_audit()
    except AuditError as error:
        hint = "Comparez avec commun/website/duty/audit.toml, ou retirez ACCESSIBILITY_AUDIT."
        found.append(Error(f"L’audit d’accessibilité ne peut pas être lu : {error}", hint=hint, id="config.E008"))
    try:
        get_ecodesign()
    except AuditError as error:
        hint = "Comparez avec commun/website/duty/ecodesign.toml, ou retirez ECODESIGN_AUDIT."
        found.append(Error(f"La revue d’écoconception ne peut pas être lue : {error}", hint=hint, id="config.E012"))
    return found
