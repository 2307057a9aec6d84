"""A column that follows another one."""

from __future__ import annotations

from typing import Any

from django.db import models

from commun.territories.names import plain


class PlainTextField(models.CharField):
    """The text of another column without accents, case or punctuation, for a database to search."""

    def __init__(self, *args: Any, source: str = "", **kwargs: Any) -> None:
        self.source = source
        super().__init__(*args, **{"editable": False, "blank": True, **kwargs})

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = plain(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value
