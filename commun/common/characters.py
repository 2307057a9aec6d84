"""Characters that come from outside: what nobody sees, and what turns a line round, is taken out once, on the way in.

Pure: any room, and any pure module, may use it.
"""

from __future__ import annotations

import re
import unicodedata

# What ends a line elsewhere than on our keyboards.
_ENDS = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029]")
# In a text: controls, halves of characters, marks that embed, override or isolate a direction, invisible operators.
# Joiners stay (emoji, Persian), and so do the plain marks of direction: a text may be written in Arabic.
_NOT_IN_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]"
)
# In a name: besides, whatever Unicode calls a control, a format or private, and letters that leave no ink (grapheme
# joiner, fillers of Hangul and Khmer, the empty cell of Braille, the plane of tags).
_NOT_IN_NAMES = {"Cc", "Cf", "Co", "Cs"}
_NO_INK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufffe\uffff\U000e0000-\U000e0fff]")

# The one format that is seen: it makes one emoji of several.
_ZWJ = "\u200d"
_JOINER = re.compile(
    "(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
)


def clean_text(text: str) -> str:
    """Lines ended by a line feed; nothing a database, an editor or a reader would trip on."""
    return _NOT_IN_TEXT.sub("", _ENDS.sub("\n", text))


def clean_name(name: str) -> str:
    """A name (of a person, a body, a file, a title) on one line, of characters one sees, composed (NFC).

    Two names that look alike for what is taken out are then equal. What held nothing visible is empty.
    """
    return unicodedata.normalize(
        "NFC", " ".join("".join(filter(_is_seen, _JOINER.sub("", _NO_INK.sub("", name)))).split())
    )


def _is_seen(character: str) -> bool:
    return character.isspace() or character == _ZWJ or unicodedata.category(character) not in _NOT_IN_NAMES
