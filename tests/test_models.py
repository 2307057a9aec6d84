"""Promises that every model of ours keeps."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from commun.common import periodic, privacy

PAGE = Path(__file__).resolve().parent.parent / "docs" / "privacy.md"
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
    assert statement.startswith("none") or f"`{model.__name__}`" in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_that_holds_personal_data_is_told_on_the_page_that_anybody_reads(model):
    statement = (model.__doc__ or "").split("Personal data:", 1)[1].strip()
    told = {one for row in privacy.told() for one in row.models}
    assert statement.startswith("none") or model in told


def test_the_privacy_page_names_every_sweep_that_forgets_and_no_other_that_is_gone():
    paragraphs = PAGE.read_text(encoding="utf-8").split("\n\n")
    [paragraph] = [one for one in paragraphs if one.startswith("The terms above are kept by ")]
    named = set(re.findall(r"`([a-z]+\.[a-z_]+)`", paragraph))
    known = {sweep.name: sweep for sweep in periodic.sweeps()}
    assert {name for name, sweep in known.items() if sweep.title.startswith("Oubli ")} - named == set()
    assert named - set(known) == set()


def test_a_sweep_that_forgets_says_so_in_its_title():
    forgets = re.compile(r"(forget|purge|blank|drop)(_|$)")
    told = [sweep.title for sweep in periodic.sweeps() if forgets.match(sweep.service.__name__)]
    assert len(told) > 20
    assert [title for title in told if not title.startswith("Oubli ")] == []
