"""What the public sees of the tree: pages with all that hangs on them, images, documents, redirections, the network."""

from __future__ import annotations

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageViewRestriction, ReferenceIndex, Site

from commun.common import public

# Written whenever somebody saves a draft, and shown to nobody.
_OF_DRAFTS = (
    "draft_title", "latest_revision_id", "latest_revision_created_at", "has_unpublished_changes", "go_live_at",
    "locked", "locked_at", "locked_by_id",
)  # fmt: skip


def register() -> None:
    """Whatever room a type of page is of."""
    from commun.cms.models import CommunDocument, CommunImage, CommunRendition, NetworkSettings

    public.shows(Page, but=_OF_DRAFTS)
    for model in apps.get_models():
        if issubclass(model, Page) and model is not Page:
            public.shows(model)
            public.shows(*(_through(one) for one in model._meta.local_many_to_many))
            public.shows(*(one.related_model for one in get_all_child_relations(model) if _is_of_the_page(one)))
    # Weight and hash are written when somebody first asks for them.
    public.shows(CommunImage, CommunDocument, but=("file_size", "file_hash"))
    public.shows(NetworkSettings, Redirect, Site, PageViewRestriction)
    public.follows(CommunRendition, why="made of an image; what is made afterwards says so itself")
    public.follows(ReferenceIndex, why="looked up when a copy of an image is saved, shown to nobody")
    public.follows(ContentType, Locale, why="made by migrations")


def _through(field: models.ManyToManyField) -> type[models.Model]:
    through = field.remote_field.through
    assert through is not None
    return through


def _is_of_the_page(relation: models.ForeignObjectRel) -> bool:
    """Wagtail hangs comments, which are the team's, on pages too."""
    return relation.related_model._meta.app_label != "wagtailcore"
