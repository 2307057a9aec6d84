"""First step of an experience that comes back: one question, one field."""

from __future__ import annotations

import re
from typing import Any

from commun.contributions.forms.contents import SHORT, ContentForm
from commun.contributions.forms.fields import line, lines

# All answers and their headings make one text, that its author may still correct in one field.
MOST_OF_AN_ANSWER = 3500
_NUMBER = re.compile(r"\d")


class StoryForm(ContentForm):
    """What `story.story_text` makes one text of; documents are asked with the other files."""

    titre = line(label="Titre de votre expérience", most=160, required="Donnez un titre : quelques mots suffisent.")
    en_bref = lines(
        label="En bref",
        rows=3,
        most=SHORT,
        help_text="Deux ou trois phrases : de quoi s’agit-il, pour qui, avec quel résultat.",
        required="Dites en deux ou trois phrases de quoi il s’agit.",
    )
    fait = lines(
        label="Ce que nous avons fait",
        most=MOST_OF_AN_ANSWER,
        help_text="Le déroulement, dans l’ordre : ce que vous avez repris, et ce que vous avez changé.",
        required="Dites en quelques phrases ce que vous avez fait.",
    )
    moyens = lines(
        label="Ce que cela a demandé",
        rows=3,
        most=MOST_OF_AN_ANSWER,
        help_text="L’argent, le temps, les personnes.",
    )
    chiffres = lines(
        label="Ce que cela a changé, avec des chiffres si vous en avez",
        rows=4,
        most=MOST_OF_AN_ANSWER,
        help_text="Par exemple : soixante enfants viennent à pied, ils étaient quarante.",
    )
    sources = line(
        label="D’où viennent ces chiffres",
        most=500,
        help_text="Un comptage, une enquête, une estimation de votre part : dites-le simplement.",
    )
    echecs = lines(
        label="Ce qui n’a pas marché",
        rows=4,
        most=MOST_OF_AN_ANSWER,
        help_text="C’est souvent ce qui sert le plus aux autres.",
    )
    conseils = lines(
        label="Ce que nous dirions à d’autres",
        rows=4,
        most=MOST_OF_AN_ANSWER,
        help_text="Si c’était à refaire : par où commencer, ce qu’il faut éviter.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        tells_figures = _NUMBER.search(cleaned.get("chiffres") or "")
        if tells_figures and not cleaned.get("sources") and "sources" not in self.errors:
            self.add_error("sources", "Dites d’où viennent ces chiffres, même si c’est votre estimation.")
        return cleaned
