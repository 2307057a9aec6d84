"""What letters on line have shown already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Page, ReferenceIndex

from commun.newsletters.models import IssuePage


def shown_pages() -> set[int]:
    """The pages that a letter on line shows: some dozens a letter. The index keeps their numbers as text."""
    return {int(pk) for pk in _references().values_list("to_object_id", flat=True)}


def _references() -> QuerySet[ReferenceIndex]:
    issues = IssuePage.objects.live().values_list("pk", flat=True)
    kind = ContentType.objects.get_for_model(Page)
    return ReferenceIndex.objects.filter(
        base_content_type=kind, to_content_type=kind, object_id__in=[str(pk) for pk in issues]
    )


def issues_showing(*, pages: Iterable[Page]) -> Mapping[int, list[int]]:
    """Numbers of the letters on line that show each of these pages. Two queries."""
    found = _references().filter(to_object_id__in=[str(page.pk) for page in pages])
    numbers = {str(pk): number for pk, number in IssuePage.objects.live().values_list("pk", "number")}
    shown: dict[int, set[int]] = {}
    for issue, page in found.values_list("object_id", "to_object_id"):
        shown.setdefault(int(page), set()).add(numbers[issue])
    return {page: sorted(several) for page, several in shown.items()}
