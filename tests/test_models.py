"""Promises that every model of ours keeps."""

from pathlib import Path

import pytest
from django.apps import apps

from commun.common import privacy

MODELS = [m for app in apps.get_app_configs() if app.name.startswith("commun.") for m in app.get_models()]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_docstring_says_which_personal_data_it_holds_why_and_how_long(model):
    documentation = model.__doc__ or ""
    assert "Personal data:" in documentation
    statement = documentation.split("Personal data:", 1)[1].strip()
    assert statement.startswith("none") or len(statement) > 30


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_constraints_are_named_after_their_room(model):
    names = [constraint.name for constraint in model._meta.constraints]
    assert all(name.startswith(model._meta.app_label) for name in names)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_that_holds_personal_data_is_on_the_privacy_page(model):
    statement = (model.__doc__ or "").split("Personal data:", 1)[1].strip()
    page = (Path(__file__).resolve().parent.parent / "docs" / "privacy.md").read_text(encoding="utf-8")
    assert statement.startswith("none") or f"`{model.__name__}`" in page


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_that_holds_personal_data_is_told_on_the_page_that_anybody_reads(model):
    statement = (model.__doc__ or "").split("Personal data:", 1)[1].strip()
    told = {one for row in privacy.told() for one in row.models}
    assert statement.startswith("none") or model in told
