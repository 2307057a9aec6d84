"""Words, whatever signs come with them: on the site and in the administration's lists and choosers."""

from __future__ import annotations

import pytest
from modelsearch.index import insert_or_update_object
from modelsearch.query import And, Phrase, PlainText

from commun.accounts.api import REDACTION
from commun.cms.models import CommunImage
from commun.common import search
from tests.cms.factories import ImageFactory
from tests.newsletters.factories import member

SIGNS = ["'\")(*:", '"', 'a:b -c "d', "AND OR NOT", "NEAR(", "^", "-", "{}", "l’école (Bagneux)", "\\", "%", "é*"]


@pytest.mark.parametrize(
    ("typed", "kept"), [("l’eau : « usages »", "eau usages"), ("Val-d’Oise", "Val-d Oise"), ('"', "")]
)
def test_words_are_kept_signs_are_not(typed, kept):
    assert search.terms(typed) == kept


@pytest.mark.django_db
@pytest.mark.parametrize("typed", SIGNS)
def test_no_sign_breaks_a_list_of_the_administration(client, settings, typed):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(member("editrice", REDACTION), backend="django.contrib.auth.backends.ModelBackend")
    for path in ("/gestion/images/", "/gestion/pages/search/", "/gestion/documents/", "/gestion/choose-page/search/"):
        assert client.get(path, {"q": typed}).status_code == 200, path


@pytest.mark.django_db
def test_signs_around_words_find_the_words(settings):
    settings.WAGTAILSEARCH_BACKENDS = {"default": {**settings.WAGTAILSEARCH_BACKENDS["default"], "AUTO_UPDATE": True}}
    image = ImageFactory(title="L’école du dehors")
    insert_or_update_object(image)
    found = CommunImage.objects.all()
    for query in ('"école" (du', PlainText("école:"), And([Phrase('"école'), Phrase('"')])):
        assert [one.pk for one in found.search(query)] == [image.pk]
    assert list(found.search(PlainText('"'))) == []


@pytest.mark.django_db
def test_a_name_that_no_disk_takes_is_not_found(client):
    assert client.get(f"/media/{'x' * 300}").status_code == 404
