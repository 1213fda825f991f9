"""Django settings, all from the environment. docs/install.md lists every variable; none is needed to start."""

import secrets
from pathlib import Path

from floorwalker.web.environment import Environment

env = Environment()

DATA = env.path("FLOORWALKER_DATA", Path("data")).resolve()
WAREHOUSE = env.path("FLOORWALKER_WAREHOUSE_DIR", DATA / "warehouse").resolve()
SPARK_MASTER = env.text("FLOORWALKER_WAREHOUSE", "")
DEBUG = env.flag("FLOORWALKER_DEBUG", default=False)


def _kept_secret(name: str) -> str:
    """A secret that is made once and kept in the data directory, readable by its owner only."""
    place = DATA / "secrets" / name
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.touch(mode=0o600)
        place.write_text(secrets.token_urlsafe(50))
    return place.read_text().strip()


SECRET_KEY = env.text("FLOORWALKER_SECRET_KEY", "") or _kept_secret("django")
CUSTOMER_SECRET = env.text("FLOORWALKER_CUSTOMER_SECRET", "") or _kept_secret("customers")

ALLOWED_HOSTS = env.words("FLOORWALKER_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.words("FLOORWALKER_ORIGINS", [])
BASE_URL = env.text("FLOORWALKER_URL", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    # ours first: where Django or another app says the same words, ours are said
    "floorwalker.web.ui",
    "floorwalker.web.journal",
    "floorwalker.web.accounts",
    "floorwalker.web.events",
    "floorwalker.web.calendars",
    "floorwalker.web.voice",
    "floorwalker.web.intake",
    "floorwalker.web.upkeep",
    "floorwalker.web.pulse",
    "floorwalker.web.changes",
    "floorwalker.web.planning",
    "floorwalker.web.routines",
    "floorwalker.web.opendoor",
    "floorwalker.web.signatures",
    "floorwalker.web.today",
    "floorwalker.web.api",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "floorwalker.web.accounts.middleware.ViewerMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "floorwalker.web.ui.middleware.ContentSecurityMiddleware",
]

ROOT_URLCONF = "floorwalker.web.urls"
WSGI_APPLICATION = "floorwalker.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "floorwalker.web.ui.frame.frame",
            ],
            "builtins": ["floorwalker.web.ui.templatetags.ui"],
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL", DATA / "records.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["floorwalker.web.accounts.backend.Accounts"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "sign-in"
SESSION_COOKIE_HTTPONLY = True

# allauth holds second factors and speaks OpenID Connect; none of its own pages is routed (decision 4)
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
MFA_ADAPTER = "floorwalker.web.accounts.factors.SealedFactors"
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "floorwalker.web.accounts.views.company.CompanyAccounts"

SSO_ISSUER = env.text("FLOORWALKER_SSO_ISSUER", "").rstrip("/")
SSO_CLIENT = env.text("FLOORWALKER_SSO_CLIENT", "")
SSO_SECRET = env.text("FLOORWALKER_SSO_SECRET", "")
SSO_NAME = env.text("FLOORWALKER_SSO_NAME", "")
SSO_DOMAINS = [domain.lower() for domain in env.words("FLOORWALKER_SSO_DOMAINS", [])]
SSO_NEWCOMERS = env.flag("FLOORWALKER_SSO_NEWCOMERS", default=False)
SSO_ONLY = env.flag("FLOORWALKER_SSO_ONLY", default=False)
BREAK_GLASS = [email.lower() for email in env.words("FLOORWALKER_BREAK_GLASS", [])]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("pl", "Polish"),
    ("ko", "Korean"),
    ("zh-hant", "Chinese, traditional"),
    ("zh-hans", "Chinese, simplified"),
    ("fa", "Persian"),
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
MEDIA_ROOT = DATA / "uploads"
PATTERNS = DATA / "patterns"
"""What the pattern engine remembers between two nights; it may be deleted at any time."""
FILE_UPLOAD_HANDLERS = ["floorwalker.web.intake.uploads.BoundedUploadHandler"]
FILE_UPLOAD_TEMP_DIR = None
UPLOAD_LIMIT_BYTES = env.number("FLOORWALKER_UPLOAD_LIMIT_MB", 2048) * 1024 * 1024
UPLOAD_KEEP_DAYS = env.number("FLOORWALKER_UPLOAD_KEEP_DAYS", 30)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SENDS_MAIL = bool(env.text("FLOORWALKER_SMTP_HOST", ""))
EMAIL_HOST = env.text("FLOORWALKER_SMTP_HOST", "localhost")
EMAIL_PORT = env.number("FLOORWALKER_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("FLOORWALKER_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("FLOORWALKER_SMTP_PASSWORD", "")
EMAIL_TIMEOUT = 20
EMAIL_USE_TLS = env.flag("FLOORWALKER_SMTP_TLS", default=False)
DEFAULT_FROM_EMAIL = env.text("FLOORWALKER_MAIL_FROM", "floorwalker@localhost")
READS_ANSWERS = bool(env.text("FLOORWALKER_IMAP_HOST", ""))
IMAP_HOST = env.text("FLOORWALKER_IMAP_HOST", "localhost")
IMAP_PORT = env.number("FLOORWALKER_IMAP_PORT", 993)
IMAP_USER = env.text("FLOORWALKER_IMAP_USER", "")
IMAP_PASSWORD = env.text("FLOORWALKER_IMAP_PASSWORD", "")
IMAP_USE_TLS = env.flag("FLOORWALKER_IMAP_TLS", default=True)
IMAP_FOLDER = env.text("FLOORWALKER_IMAP_FOLDER", "INBOX")
CALDAV_HOSTS = env.words("FLOORWALKER_CALDAV_HOSTS", [])

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.text("FLOORWALKER_LOG_LEVEL", "WARNING")},
}
