"""The demonstration letter, as HTML and text with its placeholders."""

from __future__ import annotations


def demonstration_letter() -> tuple[str, str]:
    """A letter with every section, rendered by the product's own renderer."""
    from commun.mailing import api
    from commun.newsletters.engine import DjangoTemplates
    from commun.newsletters.rendering import PersonalLinks, render_issue
    from tests.newsletters import samples

    urls = api.personal_urls()
    personal = PersonalLinks(preferences=urls.preferences, unsubscribe=urls.unsubscribe)
    documents = render_issue(content=samples.issue(), engine=DjangoTemplates(), personal=personal)
    return documents.email, documents.text
