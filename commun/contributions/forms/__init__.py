"""Forms of the public pages, one per step."""

from commun.contributions.forms.registry import form_class

__all__ = ["form_class"]
