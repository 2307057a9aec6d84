"""The editor of rich texts, which opens whatever the database holds."""

from __future__ import annotations

from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea

from commun.common.richtext import from_html


class RichTextArea(DraftailRichTextArea):
    """Wagtail's editor raises on markup that it would not have written itself: an import, a script, an older version.

    The page that holds it could then never be opened again. Such markup is read as well as it can be; what editors
    wrote is left to Wagtail as it is, with the keys that tie comments to its blocks.
    """

    def format_value(self, value: Any) -> Any:
        try:
            return super().format_value(value)
        except (AssertionError, AttributeError, LookupError, TypeError, ValueError):
            return super().format_value(from_html(str(value)))
