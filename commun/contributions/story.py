"""The questions that an experience which comes back answers, and the one text that its answers make. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Field of the form → what stands above its answer in the text.
HEADINGS: dict[str, str] = {
    "fait": "Ce que nous avons fait :",
    "moyens": "Ce que cela a demandé :",
    "chiffres": "Ce que cela a changé :",
    "sources": "D’où viennent ces chiffres :",
    "echecs": "Ce qui n’a pas marché :",
    "conseils": "Ce que nous dirions à d’autres :",
}


def is_story(values: Mapping[str, Any]) -> bool:
    """Whether a first step was asked question by question; a form begun otherwise goes on with its one text."""
    return bool(values.get("demarche")) and "fait" in values


def story_text(values: Mapping[str, Any]) -> str:
    """Every answer under its heading; what was not answered is not there."""
    told = ((heading, str(values.get(name) or "").strip()) for name, heading in HEADINGS.items())
    return "\n\n".join(f"{heading}\n{answer}" for heading, answer in told if answer)
