"""What every template may show of the site's own settings."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "STATE_IDENTITY": settings.DSFR_STATE_IDENTITY,
        "DEMO": settings.DEMO,
        "PROCONNECT": settings.PROCONNECT,
    }
