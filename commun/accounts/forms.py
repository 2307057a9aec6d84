"""The library's forms, with the word this site uses everywhere for an address."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as library

ADDRESS = "Adresse électronique"


class _Worded:
    """Names the field in which an address is typed."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"login", "email"} & set(self.fields):
            self.fields[name].label = ADDRESS


class LoginForm(_Worded, library.LoginForm):
    pass


class SignupForm(_Worded, library.SignupForm):
    pass


class AddEmailForm(_Worded, library.AddEmailForm):
    pass


class RequestLoginCodeForm(_Worded, library.RequestLoginCodeForm):
    pass
