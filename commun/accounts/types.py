"""Names of the groups: what a person of the team may do."""

REDACTION = "rédaction"
VALIDATION = "validation"
MODERATION = "modération"
EXPLOITATION = "exploitation"
GROUPS = (REDACTION, VALIDATION, MODERATION, EXPLOITATION)
