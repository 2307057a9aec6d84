"""Issues of the letter, for `finding`, once they were sent."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, time
from typing import ClassVar

from django.utils import timezone
from wagtail.models import Page, PageQuerySet

from commun.finding.api import Document, Source, digest
from commun.library.api import stream_text
from commun.newsletters.models import IssuePage
from commun.newsletters.selectors.issues import published_issues


class Issues(Source):
    name = "issues"
    kinds: ClassVar[Mapping[str, str]] = {"issue": "Numéro de la lettre"}
    page_models: ClassVar[tuple[type[Page], ...]] = (IssuePage,)

    def _public(self, keys: Collection[str] | None) -> PageQuerySet[IssuePage]:
        found = published_issues()
        return found if keys is None else found.filter(pk__in=[int(key) for key in keys])

    def marks(self, *, keys: Collection[str] | None = None) -> dict[str, str]:
        columns = ("number", "url_path", "live_revision", "last_published_at", "theme__last_published_at")
        return {str(pk): digest(rest) for pk, *rest in self._public(keys).values_list("pk", *columns)}

    def documents(self, *, keys: Collection[str]) -> Iterator[Document]:
        for issue in self._public(keys):
            at = timezone.make_aware(datetime.combine(issue.date, time(9)))
            yield Document(
                key=str(issue.pk),
                kind="issue",
                title=issue.title,
                summary=issue.preheader,
                body=stream_text(issue.body),
                names=f"{issue.theme.title}\n{issue.theme.vocabulary}",
                address=(issue.get_url_parts() or ("", "", ""))[2] or "",
                facets={"theme": (issue.theme.slug,), "year": (str(issue.date.year),)},
                at=at,
            )
