"""Settings of the test suite: the real ones, under an environment of their own."""

import os
import tempfile
from pathlib import Path

_var = Path(os.environ.get("TEST_VAR_DIR") or tempfile.mkdtemp(prefix="commun-tests-"))
for _name in (
    "SMTP_URL",
    "DATABASE_URL",
    "CACHE_URL",
    "MEDIA_STORAGE_URL",
    "WITHDRAWALS_FILE",
    "PRIVATE_STORAGE_URL",
    "MAIL_FROM",
    "SENTRY_DSN",
    "DEBUG",
):
    os.environ.pop(_name, None)
os.environ.update(
    DEMO="true",  # so that the demonstration's own room is installed and tested; MFA is put back below
    SITE_URL="http://localhost:8000",
    SECRET_KEY="tests-only-" + "x" * 50,
    VAR_DIR=str(_var),
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{_var / 'commun.sqlite3'}",
)

from commun.config.settings import *  # noqa: E402, F403
from commun.config.settings import DATABASE_IS_SQLITE, DATABASES, STORAGES, TEMPLATES, WAGTAILSEARCH_BACKENDS  # noqa: E402
from tests.template_variables import Strict  # noqa: E402

STAFF_MFA_REQUIRED = True
FETCH_PAUSE_SECONDS = 0.0
INBOUND_DOMAIN = ""  # the demonstration has one; a test that wants mail says so
if DATABASE_IS_SQLITE:
    # A file, not memory: threads, WAL and locks behave as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(_var / "test.sqlite3")}
    # Durability against a power cut is not what tests measure.
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    # As above: what a commit waits for is not what is tested.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "tests"},
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "tests-renditions"},
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "tests-local"},
}
# What a task does (what refers to what, a thumbnail) is there at once; tests/common/test_workers.py has the real queue.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default"]}}
# Wagtail's own index serves the administration's lists alone: a test that searches there fills it.
WAGTAILSEARCH_BACKENDS["default"]["AUTO_UPDATE"] = False
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Strict()
LOGGING_CONFIG = None
VISITS_WRITTEN_SECONDS = 0  # a test writes them down when it wants them
