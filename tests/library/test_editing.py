"""What editors tick to have a resource found."""

from __future__ import annotations

import pytest

from commun.library.api import ArticlePage
from tests.library.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def test_what_is_ticked_is_shown_ticked_again_and_nothing_else_is_taken(django_user_model):
    page = ArticleFactory(audiences=["jeunes"])
    form_class = ArticlePage.get_edit_handler().get_form_class()
    user = django_user_model.objects.create_superuser(email="camille@example.org")
    form = form_class(instance=page, for_user=user)
    ticked = [box.data["value"] for box in form["audiences"] if box.data["selected"]]
    assert ticked == ["jeunes"]
    field = form.fields["obstacles"]
    assert field.clean(["time", "budget"]) == ["time", "budget"]
    assert field.clean([]) == []
    with pytest.raises(Exception, match="inconnu"):
        field.clean(["inconnu"])
