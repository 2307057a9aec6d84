"""Mails that a library sends from templates of a text and of its HTML, in the house's style."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from commun.common.mails import dress

register = template.Library()


@register.simple_tag(takes_context=True)
def dressed(context: template.Context, text: str, *, subject: str) -> SafeString:
    """`text` and `subject`: names of templates, rendered in this context."""
    values: dict[str, Any] = context.flatten()  # type: ignore[assignment]
    mail = dress(subject=render_to_string(subject, values), text=render_to_string(text, values))
    return mark_safe(mail.html)  # noqa: S308 (whatever `dress` put in was escaped)
