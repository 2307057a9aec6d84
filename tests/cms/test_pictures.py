"""Sizes of pictures are made by the worker; a page offers the lighter one once it is there."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from commun.cms.models import CommunRendition
from commun.cms.services.pictures import make_pictures
from commun.common import public
from tests.cms.factories import ImageFactory
from tests.library.factories import ArticleFactory

# Wagtail leaves the file of a picture it has measured to the garbage collector.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::ResourceWarning")]


def test_what_a_page_shows_is_made_by_the_worker_and_offered_then():
    page = ArticleFactory(cover_image=ImageFactory())
    other = ArticleFactory(cover_image=ImageFactory(), live=False)
    assert "image/avif" not in Client().get(page.url).content.decode()
    assert not CommunRendition.objects.filter(filter_spec__contains="avif").exists()
    number = public.version()
    assert make_pictures(now=timezone.now()) == 1
    assert public.version() > number
    assert CommunRendition.objects.filter(image=page.cover_image, filter_spec__contains="avif").count() == 2
    assert not CommunRendition.objects.filter(image=other.cover_image).exists()
    shown = Client().get(page.url).content.decode()
    assert shown.count('<source type="image/avif"') == 1
    assert ".avif 600w" in shown
    assert make_pictures(now=timezone.now()) == 0


def test_a_picture_of_a_text_is_shown_whole_and_lighter_once_the_worker_has_made_it():
    image = ImageFactory(file__width=1600, file__height=900)
    page = ArticleFactory(body=[("image", {"image": image, "caption": "Le préau"})])
    before = Client().get(page.url).content.decode()
    assert "image/avif" not in before
    assert re.search(r'src="[^"]+width-1200[^"]+"\s+srcset="[^"]+ 600w,\s+[^"]+ 1200w"', before)
    assert make_pictures(now=timezone.now()) == 1
    shown = Client().get(page.url).content.decode()
    assert re.search(r'<source type="image/avif"\s+srcset="[^"]+\.avif 600w,\s+[^"]+\.avif 1200w"', shown)
    assert 'width="1200"' in shown
    assert 'height="675"' in shown
    assert make_pictures(now=timezone.now()) == 0


def test_a_picture_that_cannot_be_read_holds_back_no_other():
    lost, kept = ArticleFactory(cover_image=ImageFactory()), ArticleFactory(cover_image=ImageFactory())
    lost.cover_image.file.storage.delete(lost.cover_image.file.name)
    assert make_pictures(now=timezone.now()) == 1
    assert CommunRendition.objects.filter(image=kept.cover_image).count() == 4
