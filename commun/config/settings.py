"""Settings. Everything an operator decides comes from the environment through `env`."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured

from commun.config import env as parse

BASE_DIR = Path(__file__).resolve().parent.parent.parent

try:
    env = parse.Env(os.environ, file_values=parse.read_env_file(BASE_DIR / ".env"))
except parse.SettingError as error:
    raise ImproperlyConfigured(str(error)) from None

# --- What the operator decides -------------------------------------------------------------------

DEMO = env.get("DEMO", default=False, parse=parse.boolean)
DEBUG = env.get("DEBUG", default=False, parse=parse.boolean)
SITE_URL = env.get("SITE_URL", default="http://localhost:8000", parse=parse.site_url)
SITE_NAME = env.get("SITE_NAME", default="Territoires en Commun", parse=parse.text)
VAR_DIR = env.get("VAR_DIR", default=BASE_DIR / "var", parse=Path)
JOURNAL_DIR = env.get("JOURNAL_DIR", default=VAR_DIR / "journal", parse=Path)
WITHDRAWALS_FILE = env.get("WITHDRAWALS_FILE", default=VAR_DIR / "withdrawals.txt", parse=parse.absolute_path)
_no_relay: tuple[parse.SmtpRelay, ...] = ()
SMTP_RELAYS = env.get("SMTP_URL", default=_no_relay, parse=parse.smtp_relays)
SMTP_CONNECTIONS = env.get("SMTP_CONNECTIONS", default=4, parse=parse.integer(minimum=1, maximum=16))
SMTP_ANSWER_SECONDS = env.get("SMTP_ANSWER_SECONDS", default=300, parse=parse.integer(minimum=1, maximum=900))
LEASE_SECONDS = env.get("LEASE_SECONDS", default=30, parse=parse.integer(minimum=2, maximum=600))
MAIL_FROM = env.get("MAIL_FROM", default=f"{SITE_NAME} <lettre@example.org>", parse=parse.mailbox)
BOUNCE_DOMAIN = env.get("BOUNCE_DOMAIN", default="", parse=parse.domain)
DKIM_SELECTOR = env.get("DKIM_SELECTOR", default="", parse=parse.domain)
LIST_ID = env.get("LIST_ID", default="", parse=parse.domain)
INBOUND_DOMAIN = env.get("INBOUND_DOMAIN", default="example.org" if DEMO else "", parse=parse.domain)
INBOUND_AUTHSERV_ID = env.get("INBOUND_AUTHSERV_ID", default="", parse=parse.domain)
_no_mailbox: parse.ImapMailbox | None = None
IMAP_MAILBOX = env.get("IMAP_URL", default=_no_mailbox, parse=parse.imap_mailbox)
DSFR_STATE_IDENTITY = env.get("DSFR_STATE_IDENTITY", default=False, parse=parse.boolean)
APPROVALS_REQUIRED = env.get("APPROVALS_REQUIRED", default=1, parse=parse.integer(minimum=1, maximum=3))
SEND_COUNTDOWN = env.get("SEND_COUNTDOWN", default=5, parse=parse.integer(minimum=0, maximum=60))
TRUSTED_PROXIES = env.get("TRUSTED_PROXIES", default=0, parse=parse.integer(maximum=5))
HSTS_PRELOAD = env.get("HSTS_PRELOAD", default=False, parse=parse.boolean)
PAGES_KEPT_MB = env.get("PAGES_KEPT_MB", default=64, parse=parse.integer(minimum=0, maximum=4096))
_no_audit: Path | None = None
ACCESSIBILITY_AUDIT = env.get("ACCESSIBILITY_AUDIT", default=_no_audit, parse=parse.file)
ECODESIGN_AUDIT = env.get("ECODESIGN_AUDIT", default=_no_audit, parse=parse.file)
JE_DONNE_MON_AVIS_URL = env.get("JE_DONNE_MON_AVIS_URL", default="", parse=parse.opinion)
METRICS_TOKEN = env.get("METRICS_TOKEN", default="", parse=parse.secret)
LOG_FORMAT = env.get("LOG_FORMAT", default="line" if DEMO or DEBUG else "json", parse=parse.choice("json", "line"))
MAIL_WEBHOOK_SECRET = env.get("MAIL_WEBHOOK_SECRET", default="", parse=parse.user_and_secret)
PROCONNECT_ISSUER = env.get("PROCONNECT_ISSUER", default="", parse=parse.issuer)
PROCONNECT_CLIENT_ID = env.get("PROCONNECT_CLIENT_ID", default="", parse=parse.text)
PROCONNECT_SECRET = env.get("PROCONNECT_SECRET", default="", parse=parse.text)
_no_scanner: tuple[str, int] | str = ""
CLAMAV_ADDRESS = env.get("CLAMAV_URL", default=_no_scanner, parse=parse.clamav)
SENTRY_DSN = env.get("SENTRY_DSN", default="", parse=parse.text)
LOG_LEVEL = env.get("LOG_LEVEL", default="INFO", parse=parse.choice("DEBUG", "INFO", "WARNING", "ERROR"))
_secret_key = env.get("SECRET_KEY", default="", parse=parse.text)
_database_url = env.get("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'commun.sqlite3'}", parse=parse.database)
_cache = env.get("CACHE_URL", default=parse.cache("database://"), parse=parse.cache)
_media: Path | parse.Bucket = VAR_DIR / "media"
_media = env.get("MEDIA_STORAGE_URL", default=_media, parse=parse.storage)
_private: Path | parse.Bucket = VAR_DIR / "private"
_private = env.get("PRIVATE_STORAGE_URL", default=_private, parse=parse.storage)
_allowed_hosts = env.get("ALLOWED_HOSTS", default=list[str](), parse=parse.words)

try:
    env.finish()
except parse.SettingError as error:
    raise ImproperlyConfigured(str(error)) from None

ENV_MISSPELT = env.misspelt()
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
SITE_IS_LOOPBACK = SITE_HOST in {"localhost", "127.0.0.1", "::1"}
SITE_IS_HTTPS = SITE_URL.startswith("https://")


def _development_key() -> str:
    """A key kept beside the data, for a trial on one's own machine only (checked: `config.E001`)."""
    path = VAR_DIR / "secret_key"
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii").strip()


SECRET_KEY_IS_GENERATED = not _secret_key
SECRET_KEY = _secret_key or _development_key()
ALLOWED_HOSTS = [SITE_HOST, *_allowed_hosts]
if SITE_IS_LOOPBACK:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]

# --- The house -----------------------------------------------------------------------------------

INSTALLED_APPS = [
    *(["commun.demo"] if DEMO else []),
    "commun.upkeep",
    "commun.website",
    "commun.newsletters",
    "commun.freshness",
    "commun.contributions",
    "commun.peers",
    "commun.cooperation",
    "commun.finding",
    "commun.agenda",
    "commun.votes",
    "commun.library",
    "commun.subscribers",
    "commun.mailing",
    "commun.inbound",
    "commun.territories",
    "commun.cms",
    "commun.accounts",
    "commun.common",
    "commun.config",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "django_filters",
    "dsfr",
    "widget_tweaks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "commun.common.middleware.EveryAnswerMiddleware",
    "commun.common.middleware.KeptPagesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "commun.common.middleware.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "commun.common.middleware.TypesettingMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "commun.accounts.middleware.SessionActivityMiddleware",
    "commun.accounts.middleware.StaffMfaMiddleware",
    "commun.common.middleware.ActsOpenedMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "commun.config.urls"
WSGI_APPLICATION = "commun.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "commun.config.context_processors.site",
            ],
            "builtins": ["commun.common.templatetags.french"],
        },
    }
]

# --- Database: SQLite in WAL with immediate transactions, or PostgreSQL ---------------------------

DATABASES = {"default": dj_database_url.parse(_database_url, conn_max_age=60, conn_health_checks=True)}
DATABASE_IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if DATABASE_IS_SQLITE:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        # BEGIN IMMEDIATE: two writers queue instead of failing half-way with "database is locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # synchronous=FULL: what the ledger recorded must survive a power cut, not only a crash.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000; "
        "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES: dict[str, dict[str, Any]] = {
    "default": _cache,  # shared between processes: rate limits need it
    # What Wagtail would otherwise ask the shared cache for, picture by picture, on every page.
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 3000},
    },
    "local": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "local",
        "OPTIONS": {"MAX_ENTRIES": 3000},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
# Whole pages, in the memory of each process (`common.kept`), besides the megabytes an operator gives them.
PAGES_KEPT = 5000
VISITS_WRITTEN_SECONDS = 60
TASK_RUNNING_LIMIT = timedelta(minutes=30)

# --- People --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mon-espace/"
ACCOUNT_ADAPTER = "commun.territories.adapters.MemberAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_FORMS = {
    "login": "commun.accounts.forms.LoginForm",
    "signup": "commun.accounts.forms.SignupForm",
    "add_email": "commun.accounts.forms.AddEmailForm",
    "confirm_login_code": "commun.accounts.forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "commun.accounts.forms.ConfirmAddressCodeForm",
}
# By network alone, and generously: a town hall has one address. What is sent to an address, and what may be tried, is
# counted by `accounts.codes` and the forms above, so that nobody can keep a person out by asking in her name.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip,300/h/ip",
    "signup": "20/m/ip,100/h/ip",
    "request_login_code": "30/m/ip",
    "confirm_email": None,
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
PROCONNECT = bool(PROCONNECT_ISSUER and PROCONNECT_CLIENT_ID and PROCONNECT_SECRET)
SOCIALACCOUNT_ADAPTER = "commun.accounts.adapters.IdentityAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5  # seconds: a provider that does not answer holds a web process no longer
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {}
if PROCONNECT:
    SOCIALACCOUNT_PROVIDERS["proconnect"] = {
        "APPS": [
            {
                "client_id": PROCONNECT_CLIENT_ID,
                "secret": PROCONNECT_SECRET,
                "settings": {"server_url": PROCONNECT_ISSUER},
            }
        ]
    }
MFA_ADAPTER = "commun.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME
# Codes of a demonstration arrive in its own mailbox; a second factor there would only lock visitors out.
STAFF_MFA_REQUIRED = not DEMO
USERSESSIONS_TRACK_ACTIVITY = True
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SAMESITE = "Lax"

# --- Wagtail -------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_I18N_ENABLED = False
# What pickers write and forms show, instead of ISO 8601.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
# A page goes live when its editor says so; a letter has its own approval, by a second person (`newsletters`).
WAGTAIL_WORKFLOW_ENABLED = False
# Of its own mails that leaves one, of comments: `templates/wagtailadmin/notifications/`.
WAGTAILADMIN_NOTIFICATION_USE_HTML = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "commun.common.editor.RichTextArea"}}
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "commun" / "config" / "locale"]  # words of libraries, in ours
# Of the team, not the six hundred that a machine knows, of which browsers refuse some.
WAGTAIL_USER_TIME_ZONES = [
    "Europe/Paris", "America/Cayenne", "America/Guadeloupe", "America/Martinique", "America/Miquelon", "Indian/Mayotte",
    "Indian/Reunion", "Pacific/Noumea", "Pacific/Tahiti", "Pacific/Wallis",
]  # fmt: skip
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "commun.common.search", "SEARCH_CONFIG": "french_unaccent"}}
WAGTAILIMAGES_IMAGE_MODEL = "cms.CommunImage"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.CommunDocument"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
# Resized drawings are twice as heavy as PNG as they are as WebP, which every browser shows; the letter makes its own.
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"png": "webp"}
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ics", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "commun.cms.forms.DocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "commun.cms.forms.ImageForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"

# --- Language, time, files -----------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "commun" / "config" / "locale"]  # words of libraries, in ours
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "commun.common.stylesheets.StylesheetFinder",
]
# The sheets of the public site, each in one piece (`common/stylesheets.py`): ours, and that of operators who may show
# the State's identity.
_DESIGN_SYSTEM = (
    "dsfr/dist/dsfr.main.min.css",
    "dsfr/dist/utility/icons/icons-system/icons-system.main.min.css",
    "dsfr/dist/dsfr.print.min.css",
)
_ROOMS = (
    "common/combobox.css",
    "newsletters/letter.css",
    "votes/votes.css",
    "cooperation/page.css",
    "cooperation/projects.css",
    "peers/page.css",
    "contributions/give.css",
    "contributions/page.css",
    "territories/space.css",
)
STYLESHEETS = {
    "website/public.css": (
        *_DESIGN_SYSTEM,
        "website/identity.css",
        "website/colours.css",
        "website/site.css",
        *_ROOMS,
    ),
    "website/public-state.css": (*_DESIGN_SYSTEM, "website/colours.css", "website/site.css", *_ROOMS),
}
STYLESHEETS_INLINE = (
    "website/icons/letter.svg",
    "website/icons/person.svg",
    "website/icons/theme.svg",
    "dsfr/dist/icons/system/close-line.svg",
    "dsfr/dist/icons/system/menu-fill.svg",
    "dsfr/dist/icons/system/search-line.svg",
)
MEDIA_URL = "media/"
MEDIA_BUCKET = _media if isinstance(_media, parse.Bucket) else None
MEDIA_ROOT = VAR_DIR / "media" if isinstance(_media, parse.Bucket) else _media
# What anybody may ask for by its address: resized copies of images, images of letters, portraits of the team. Originals
# of images are not among them: they keep what cameras write in them.
PUBLIC_MEDIA = ("images", "lettre", "avatar_images")
# Files that only a view hands over, after asking who is there: never under what is served (checked: `config.E006`).
PRIVATE_BUCKET = _private if isinstance(_private, parse.Bucket) else None
PRIVATE_ROOT = VAR_DIR / "private" if isinstance(_private, parse.Bucket) else _private
STORAGES = {
    "default": {
        "BACKEND": "commun.common.buckets.MediaBucket"
        if MEDIA_BUCKET
        else "django.core.files.storage.FileSystemStorage"
    },
    "private": {
        "BACKEND": "commun.common.buckets.PrivateBucket" if PRIVATE_BUCKET else "commun.common.storage.PrivateStorage"
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not (DEBUG or DEMO)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or DEMO
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- Mail ----------------------------------------------------------------------------------------

EMAIL_BACKEND = "commun.mailing.backends.ServiceMailBackend"
# What providers tell by webhook (`mailing/views/webhooks.py`); without a secret there are no such addresses.
ANYMAIL = {"WEBHOOK_SECRET": MAIL_WEBHOOK_SECRET}
# RFC 2919: never changes, whatever becomes of addresses and hosts; readers' filters hang on it.
LIST_ID = LIST_ID or f"lettre.{parseaddr(MAIL_FROM)[1].rpartition('@')[2]}"
DEFAULT_FROM_EMAIL = MAIL_FROM
SERVER_EMAIL = MAIL_FROM

# --- Security ------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = SITE_IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if SITE_IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SITE_IS_HTTPS
# A promise for every host of the domain, which browsers keep for years: only whoever owns the domain may make it.
SECURE_HSTS_PRELOAD = SITE_IS_HTTPS and HSTS_PRELOAD
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_IS_HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's previews and the letter's frames are our own pages
# The first wants DENY, for the reason above; the second wants HSTS preload, which is the operator's to choose.
SILENCED_SYSTEM_CHECKS = ["security.W019", "security.W021"]
CSRF_FAILURE_VIEW = "commun.common.views.csrf_failure"
_proconnect_origin = ["{0.scheme}://{0.netloc}".format(urlsplit(PROCONNECT_ISSUER))] if PROCONNECT else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        # A browser holds the redirection that follows a form to this too.
        "form-action": [SELF, *_proconnect_origin],
        "frame-ancestors": [SELF],
    },
}
# The administration: no script but those of files of ours (`cms/wagtail_hooks.py` says how). Wagtail writes styles as
# it goes, shows pictures before they are sent, and previews our own pages.
ADMIN_PREFIX = "/gestion/"
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF, *_proconnect_origin],
    "frame-ancestors": [SELF],
}
# Nothing here asks for any of it, and nothing put into a page by somebody else may.
PERMISSIONS_POLICY = ", ".join(
    f"{power}=()"
    for power in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "geolocation",
        "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment",
        "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip

# --- Other sites (`common.fetch`): the operator has no say in it -----------------------------------

FETCH_EXCEPTIONS: list[str] = []  # hosts asked wherever they stand, on any port: tests alone have some
FETCH_PAUSE_SECONDS = 1.0  # between two requests to one host

# --- Logs: ids only, never an address, a body or a token -------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "commun.common.logs.LineFormatter"},
        "json": {"()": "commun.common.logs.JsonFormatter"},
    },
    "filters": {"blameless": {"()": "commun.common.logs.WithoutTracebackOfOthers"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["blameless"]}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "mail.log": {"level": "ERROR"},
        "django.request": {"level": "ERROR"},
        # Two lines a second from every worker that has nothing to do, two for every task that went well.
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}

if SENTRY_DSN:
    import sentry_sdk

    from commun.common.logs import redact_event

    sentry_sdk.init(
        dsn=SENTRY_DSN,
        send_default_pii=False,
        traces_sample_rate=0.0,
        # Neither what was posted nor what a function held: a ballot, an address, a token could be in it.
        max_request_body_size="never",
        include_local_variables=False,
        # Nor an address or a token that an exception quotes, or that stands in the address of the page.
        before_send=redact_event,
    )
