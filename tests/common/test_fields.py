"""Rich text that nobody wrote is no text."""

from __future__ import annotations

import pytest

from commun.common.fields import RichTextFormField
from commun.library.models import ExperiencePage, ThemePage


@pytest.mark.parametrize("untouched", ["", '<p data-block-key="7uf2i"></p>', "<p> &nbsp;<br/></p><p></p>", None])
def test_an_untouched_editor_is_empty(untouched):
    assert RichTextFormField(required=False).clean(untouched) == ""


@pytest.mark.parametrize("written", ["<p>Bonjour</p>", "<p></p><hr/>", '<embed embedtype="image" id="1"/>', "<p></p>x"])
def test_what_is_written_is_kept(written):
    assert RichTextFormField(required=False).clean(written) == written


@pytest.mark.parametrize(("model", "name"), [(ThemePage, "introduction"), (ExperiencePage, "context")])
def test_the_pages_of_the_library_use_it(model, name):
    assert isinstance(model._meta.get_field(name).formfield(), RichTextFormField)
