"""Making, before anybody looks, the sizes that pages show of their pictures."""

from __future__ import annotations

import logging
from datetime import datetime

from django.apps import apps
from django.db.models import Count, Q, QuerySet
from wagtail.models import Page
from willow.image import UnrecognisedImageFormatError  # type: ignore[import-untyped]

from commun.cms.models import CommunImage
from commun.cms.pictures import LARGE, SMALL, lighter
from commun.common import public

logger = logging.getLogger("commun.cms")
_SIZES = (SMALL, LARGE, lighter(SMALL), lighter(LARGE))
_AT_ONCE = 20  # a turn ends, whatever was imported


def make_pictures(*, now: datetime) -> int:
    """Sweep: of pictures of pages on line, what is not made yet. Returns of how many."""
    done = 0
    for image in _waiting():
        try:
            image.get_renditions(*_SIZES)
        except (OSError, UnrecognisedImageFormatError) as error:
            logger.warning("picture %s cannot be resized: %s", image.pk, type(error).__name__)
            continue
        done += 1
        if done == _AT_ONCE:
            break
    if done:
        public.move()
    return done


def _waiting() -> QuerySet[CommunImage]:
    shown = Q(pk__in=[])
    for model in apps.get_models():
        if issubclass(model, Page) and "cover_image" in {one.name for one in model._meta.local_fields}:
            shown |= Q(pk__in=model._default_manager.filter(live=True).values("cover_image"))
    made = Count("renditions", filter=Q(renditions__filter_spec__in=_SIZES))
    return CommunImage.objects.filter(shown).annotate(made=made).filter(made__lt=len(_SIZES)).order_by("pk")
