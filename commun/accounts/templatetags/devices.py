"""What a browser says of itself, in words."""

from __future__ import annotations

from django import template

register = template.Library()

# In this order: most browsers also claim to be those below them.
_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "un iPhone",
    "iPad": "un iPad",
    "CrOS": "ChromeOS",
    "Mac OS X": "un Mac",
    "Linux": "Linux",
}


@register.filter
def device(user_agent: str) -> str:
    """`Firefox sur Windows`; a program that does not say what it is: `un navigateur inconnu`."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), "un navigateur inconnu")
    system = next((name for mark, name in _SYSTEMS.items() if mark in user_agent), "")
    return f"{browser} sur {system}" if system else browser
