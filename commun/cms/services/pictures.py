"""Making, before anybody looks, the sizes that pages show of their pictures."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, IntegerField, Q
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex
from willow.image import UnrecognisedImageFormatError  # type: ignore[import-untyped]

from commun.cms.models import CommunImage
from commun.cms.pictures import LARGE, SMALL, WHOLE_LARGE, WHOLE_SMALL, lighter
from commun.common import public

logger = logging.getLogger("commun.cms")
_COVER = (SMALL, LARGE, lighter(SMALL), lighter(LARGE))
_WHOLE = (WHOLE_SMALL, WHOLE_LARGE, lighter(WHOLE_SMALL), lighter(WHOLE_LARGE))
_AT_ONCE = 20  # a turn ends, whatever was imported


def make_pictures(*, now: datetime) -> int:
    """Sweep: of pictures of pages on line, what is not made yet. Returns of how many."""
    done = 0
    for image, sizes in chain(_lacking(_COVER, among=_covers()), _lacking(_WHOLE, among=_in_texts())):
        try:
            image.get_renditions(*sizes)
        except (OSError, UnrecognisedImageFormatError) as error:
            logger.warning("picture %s cannot be resized: %s", image.pk, type(error).__name__)
            continue
        done += 1
        if done == _AT_ONCE:
            break
    if done:
        public.move()
    return done


def _lacking(sizes: Sequence[str], *, among: Q) -> Iterator[tuple[CommunImage, Sequence[str]]]:
    made = Count("renditions", filter=Q(renditions__filter_spec__in=sizes))
    found = CommunImage.objects.filter(among).annotate(made=made).filter(made__lt=len(sizes)).order_by("pk")
    return ((image, sizes) for image in found.iterator(chunk_size=_AT_ONCE))


def _covers() -> Q:
    shown = Q(pk__in=[])
    for model in apps.get_models():
        if issubclass(model, Page) and "cover_image" in {one.name for one in model._meta.local_fields}:
            shown |= Q(pk__in=model._default_manager.filter(live=True).values("cover_image"))
    return shown


def _in_texts() -> Q:
    """As Wagtail wrote down when pages were saved."""
    image = ContentType.objects.get_for_model(CommunImage)
    said = ReferenceIndex.objects.filter(to_content_type=image, model_path__startswith="body")
    return Q(pk__in=said.values(number=Cast("to_object_id", IntegerField())))
