"""What the demonstration has to look at again. The small markup of `markup` is understood."""

from __future__ import annotations

from commun.freshness.types import ReportKind

# The page nobody has looked at for long; the others were, lately.
STALE = "promettre-moins-tenir-tout"
REPORTED = "organiser-un-chantier-participatif"
REPORT_KIND = ReportKind.OUTDATED
REPORT = (
    "Le prêt d'outils par la communauté de communes n'est plus gratuit depuis le 1er janvier : il faut compter 40 euros "
    "par jour. C'est écrit sur leur site."
)
REPORTED_DAYS_AGO = 3
