"""The renderer's port to templates, filled by Django's engine."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.template import Context, Engine, TemplateDoesNotExist, TemplateSyntaxError

from commun.newsletters.exceptions import BrokenTemplate


class _Refusal(str):
    """Django formats `string_if_invalid` with the name of the unknown variable: we refuse instead."""

    __slots__ = ()

    def __mod__(self, variable: object) -> str:
        raise BrokenTemplate(f"variable {variable}")


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(settings.BASE_DIR / "templates")], string_if_invalid=_Refusal("%s"), autoescape=True)


class DjangoTemplates:
    """A letter never leaves with a hole: an unknown variable or template raises `BrokenTemplate`."""

    def render(self, *, template: str, context: Mapping[str, object]) -> str:
        try:
            return str(_engine().get_template(template).render(Context(dict(context))))
        except (TemplateDoesNotExist, TemplateSyntaxError) as error:
            raise BrokenTemplate(f"{template} : {error}") from error
