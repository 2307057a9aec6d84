"""The editor of rich texts, which opens whatever the database holds."""

from __future__ import annotations

import json
from typing import Any

from django.forms import Media
from wagtail.admin.rich_text import DraftailRichTextArea

from commun.common.richtext import from_html, from_text

_UNREADABLE = (AssertionError, AttributeError, IndexError, LookupError, TypeError, ValueError)


class RichTextArea(DraftailRichTextArea):
    """Wagtail's editor raises on markup that it would not have written itself: an import, a script, an older version.

    The page that holds it could then never be opened again. Such markup is read as well as it can be; what editors
    wrote is left to Wagtail as it is, with the keys that tie comments to its blocks.
    """

    def format_value(self, value: Any) -> Any:
        try:
            return super().format_value(value)
        except _UNREADABLE:
            return super().format_value(from_html(str(value)))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What the editor sends is its own list of blocks; of what it should not hold, the words are kept.

        Wagtail deletes a block of a kind it does not know, and raises on a mark that leads nowhere.
        """
        sent = data.get(name)
        if not sent:
            return super().value_from_datadict(data, files, name)
        try:
            return self.converter.to_database_format(self._known(sent))
        except Exception:  # the converter raises whatever its parts do; nothing typed is lost for that
            return from_text(_words(str(sent)))

    def _known(self, sent: str) -> str:
        """The same blocks, those of an unknown kind as paragraphs, without the marks that this text may not bear."""
        state = json.loads(sent)
        if not state:
            return sent
        kinds = {one["type"] for one in self.options.get("blockTypes", ())} | {"unstyled"}
        marks = {one["type"] for one in self.options.get("entityTypes", ())}
        entities = state["entityMap"]
        for block in state["blocks"]:
            ranges = [one for one in block["entityRanges"] if entities.get(str(one["key"]), {}).get("type") in marks]
            if block["type"] not in kinds and not (block["type"] == "atomic" and ranges):
                block["type"] = "unstyled"
            block["entityRanges"] = ranges
        return json.dumps(state)

    @property
    def media(self) -> Media:  # type: ignore[override]
        return super().media + Media(js=["common/paste.js"])


def _words(sent: str) -> str:
    """Of blocks as the editor writes them, or of anything else as it stands."""
    try:
        blocks = json.loads(sent)["blocks"]
        return "\n\n".join(str(block.get("text", "")) for block in blocks)
    except _UNREADABLE:
        return sent
