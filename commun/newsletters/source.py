"""Issues of the letter, for `finding`, once they were sent."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, time
from typing import ClassVar

from django.db.models import Max
from django.utils import timezone
from wagtail.models import Page, PageQuerySet

from commun.finding.api import Document, Source, digest, themes_named
from commun.newsletters.models import IssuePage
from commun.newsletters.selectors.issues import published_issues
from commun.newsletters.selectors.web import text_of


class Issues(Source):
    name = "issues"
    kinds: ClassVar[Mapping[str, str]] = {"issue": "Numéro de la lettre"}
    page_models: ClassVar[tuple[type[Page], ...]] = (IssuePage,)

    def _public(self, keys: Collection[str] | None) -> PageQuerySet[IssuePage]:
        found = published_issues()
        return found if keys is None else found.filter(pk__in=[int(key) for key in keys])

    def marks(self, *, keys: Collection[str] | None = None) -> dict[str, str]:
        """What was sent never changes but by a correction, which has a number."""
        columns = ("number", "url_path", "live_revision", "last_published_at", "theme__last_published_at")
        found = self._public(keys).annotate(corrected=Max("corrections")).values_list("pk", *columns, "corrected")
        return {str(pk): digest(rest) for pk, *rest in found}

    def documents(self, *, keys: Collection[str]) -> Iterator[Document]:
        for issue in self._public(keys):
            at = timezone.make_aware(datetime.combine(issue.date, time(9)))
            yield Document(
                key=str(issue.pk),
                kind="issue",
                title=issue.title,
                summary=issue.preheader,
                body=text_of(issue=issue),
                names=themes_named([issue.theme]),
                address=(issue.get_url_parts() or ("", "", ""))[2] or "",
                facets={"theme": (issue.theme.slug,), "year": (str(issue.date.year),)},
                at=at,
            )
