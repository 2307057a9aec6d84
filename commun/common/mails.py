"""Mails of service: what one person waits for, or must know. Every room writes them here: a text, and the same words as
HTML in the house's style. Django's backend queues each in the transaction of whoever calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template, render_to_string

from commun.common.prose import to_html
from commun.common.spaces import typeset_text

MOST_OF_A_SUBJECT = 200
BY_A_PERSON = {"Auto-Submitted": "no"}  # RFC 3834: without, the queue says that a program wrote it


@dataclass(frozen=True, kw_only=True)
class Mail:
    subject: str
    text: str
    html: str


def compose(*, template: str, subject: str, **values: Any) -> Mail:
    """`template`: a text, rendered as it is (nothing in it is HTML), that says neither its subject nor our name."""
    named = {"SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL, **values}
    text = get_template(template).template.render(Context(named, autoescape=False))  # type: ignore[attr-defined]
    return dress(subject=subject, text=text)


def dress(*, subject: str, text: str) -> Mail:
    """A text of ours, signed, with its HTML."""
    subject = typeset_text(" ".join(subject.split()))[:MOST_OF_A_SUBJECT]
    body = text.strip()
    html = render_to_string(
        "common/mail.html",
        {
            "subject": subject,
            "body": to_html(body, home=settings.SITE_URL),
            "SITE_NAME": settings.SITE_NAME,
            "SITE_URL": settings.SITE_URL,
        },
    )
    signed = f"{body}\n\n{settings.SITE_NAME}\n{settings.SITE_URL}\n"
    return Mail(subject=subject, text=signed, html=_inliner().inline(html))


def post(
    *,
    to: str,
    template: str,
    subject: str,
    answer_to: str = "",
    headers: Mapping[str, str] | None = None,
    attached: Sequence[tuple[str, bytes, str]] = (),
    **values: Any,
) -> Mail:
    """Queue one mail, and give what leaves. `attached`: name, bytes and type of each file."""
    mail = compose(template=template, subject=subject, **values)
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[to],
        reply_to=[answer_to] if answer_to else None,
        headers=dict(headers or {}),
    )
    message.attach_alternative(mail.html, "text/html")
    for name, content, kind in attached:
        message.attach(name, content, kind)
    message.send()
    return mail


@cache
def _inliner() -> css_inline.CSSInliner:
    # Webmails of La Poste and SFR drop style sheets: what must be right is inline; what cannot be (dark mode) stays.
    return css_inline.CSSInliner(
        inline_style_tags=True,
        keep_style_tags=False,
        keep_at_rules=True,
        load_remote_stylesheets=False,
        minify_css=True,
    )
