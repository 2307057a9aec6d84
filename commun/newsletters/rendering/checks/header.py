"""What stands around the letter: subject, preview line, sender."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commun.newsletters.rendering.checks.findings import Finding
from commun.newsletters.rendering.content import IssueContent

SUBJECT_MAX = 60
PREHEADER_MAX = 130
SENDER = "expéditeur"  # said in the settings of the network, not in the issue
_STATE = re.compile(
    r"\b(?:républiques? française|gouvernement|marianne|ministères?|préfectures?|préfète?|premi(?:er|ère) ministre|"
    r"officiel(?:le)? de l['’]état|service public de l['’]état)\b|\.gouv\b",
    re.IGNORECASE,
)
_REPLY = re.compile(r"^\s*(?:re|rép|tr|fwd?|fw)\s*:", re.IGNORECASE)


def check_header(content: IssueContent) -> Iterator[Finding]:
    yield from _subject(content.subject)
    yield from _preheader(content)
    if not content.sender.postal_address.strip():
        yield Finding(
            "postal_address_missing",
            "blocking",
            "L’adresse postale de l’expéditeur n’est pas renseignée.",
            0,
            SENDER,
        )
    for words, field in ((content.sender.name, SENDER), (content.sender.tagline, SENDER), (content.subject, "objet")):
        for found in _STATE.findall(words):
            said = f"« {found} » : ces mots sont réservés aux services de l’État."
            yield Finding("state_words", "blocking", said, 0, field)
    if not content.blocks:
        yield Finding("empty_issue", "blocking", "Le numéro n’a aucune rubrique.")


def _subject(subject: str) -> Iterator[Finding]:
    if not subject.strip():
        yield Finding("subject_missing", "blocking", "L’objet du message est vide.", 0, "objet")
        return
    if len(subject) > SUBJECT_MAX:
        yield Finding(
            "subject_long", "blocking", f"L’objet compte {len(subject)} caractères sur {SUBJECT_MAX}.", 0, "objet"
        )
    if _REPLY.match(subject):
        yield Finding("subject_reply", "blocking", "L’objet imite une réponse ou un transfert.", 0, "objet")
    letters = [letter for letter in subject if letter.isalpha()]
    if len(letters) > 8 and sum(letter.isupper() for letter in letters) > len(letters) * 0.6:
        yield Finding("subject_shouting", "warning", "L’objet est écrit en capitales.", 0, "objet")
    if re.search(r"[!?€$]{2,}", subject):
        yield Finding("subject_marks", "warning", "L’objet répète des signes (« !! », « €€ »).", 0, "objet")


def _preheader(content: IssueContent) -> Iterator[Finding]:
    words = content.preheader.strip()
    if not words:
        yield Finding("preheader_missing", "warning", "Le texte d’aperçu est vide.", 0, "texte d’aperçu")
    elif words.lower() == content.subject.strip().lower():
        yield Finding("preheader_repeats", "warning", "Le texte d’aperçu répète l’objet.", 0, "texte d’aperçu")
    elif len(words) > PREHEADER_MAX:
        yield Finding(
            "preheader_long",
            "advice",
            f"Le texte d’aperçu compte {len(words)} caractères ; les messageries en montrent {PREHEADER_MAX} au plus.",
            0,
            "texte d’aperçu",
        )
