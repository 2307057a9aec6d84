"""What import-linter cannot see: string foreign keys and migration dependencies must go down too, and no module may
know one that knows it."""

from __future__ import annotations

import ast
import re
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parent.parent


def _heights() -> dict[str, int]:
    """Height of each room, read from the very contract import-linter enforces."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(c for c in contracts if c.get("exhaustive"))["layers"]
    return {room: height for height, layer in enumerate(reversed(layers)) for room in re.findall(r"\w+", layer)}


HEIGHTS = _heights()
OURS = [app for app in apps.get_app_configs() if app.name.startswith("commun.")]


def _allowed(*, room: str, target: str) -> bool:
    return room == target or target not in HEIGHTS or HEIGHTS[target] < HEIGHTS[room]


def test_every_room_has_its_place_in_the_layers():
    assert {app.label for app in OURS} <= set(HEIGHTS)
    assert all(app.name == f"commun.{app.label}" for app in OURS)


@pytest.mark.parametrize("app", OURS, ids=lambda app: app.label)
def test_foreign_keys_go_down(app):
    wrong = [
        f"{model.__name__}.{field.name} → {field.related_model._meta.app_label}"
        for model in app.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model is not None
        and not _allowed(room=app.label, target=field.related_model._meta.app_label)
    ]
    assert wrong == []


@pytest.mark.parametrize("app", OURS, ids=lambda app: app.label)
def test_foreign_keys_between_rooms_protect_what_they_point_to(app):
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in app.get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and not field.remote_field.parent_link
        and field.related_model._meta.app_label in HEIGHTS
        and field.related_model._meta.app_label != app.label
        and field.remote_field.on_delete is not models.PROTECT
    ]
    assert wrong == []


def test_migrations_depend_downwards():
    wrong = [
        f"{app}.{name} → {target}"
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        if app in HEIGHTS
        for target, _ in [*migration.dependencies, *migration.run_before]
        if not _allowed(room=app, target=target)
    ]
    assert wrong == []


def _imports(source: str, *, modules: set[str]) -> set[str]:
    """The modules of ours that it names anywhere: at its top, in a function, for the types alone."""
    named = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            named |= {
                full if (full := f"{node.module}.{alias.name}") in modules else node.module for alias in node.names
            }
        elif isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
    return named & modules


def test_no_module_knows_one_that_knows_it_not_even_late_or_for_its_types():
    paths = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in (ROOT / "commun").rglob("*.py")
    }
    known = {name: _imports(path.read_text(), modules=set(paths)) - {name} for name, path in paths.items()}
    TopologicalSorter(known).prepare()  # a circle would be raised, module by module
