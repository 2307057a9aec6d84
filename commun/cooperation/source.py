"""Shared projects, for `finding`: all that everybody may read of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse

from commun.cooperation.models import SharedProject
from commun.finding.api import Document, Source, digest, refresh, themes_named


class Projects(Source):
    name = "projects"
    kinds: ClassVar[Mapping[str, str]] = {"project": "Projet partagé"}

    def _public(self, keys: Collection[str] | None) -> QuerySet[SharedProject]:
        found = SharedProject.objects.select_related("theme")
        return found if keys is None else found.filter(pk__in=[int(key) for key in keys])

    def marks(self, *, keys: Collection[str] | None = None) -> dict[str, str]:
        columns = ("title", "slug", "summary", "state", "theme", "theme__last_published_at")
        return {str(pk): digest(rest) for pk, *rest in self._public(keys).values_list("pk", *columns)}

    def documents(self, *, keys: Collection[str]) -> Iterator[Document]:
        for project in self._public(keys):
            theme = project.theme
            yield Document(
                key=str(project.pk),
                kind="project",
                title=project.title,
                summary=project.summary or project.get_state_display(),
                address=reverse("cooperation:project", args=[project.slug]),
                names=themes_named([theme] if theme is not None else []),
                facets={"theme": (theme.slug,)} if theme is not None else {},
                at=project.created_at,
                fresh_at=project.moved_at,
            )


def project_changed(sender: Any, instance: SharedProject, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        refresh(source=Projects.name, keys=[str(instance.pk)])
