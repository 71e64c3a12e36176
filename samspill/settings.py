"""All settings, with defaults that work with nothing set; docs/settings.md explains each SAMSPILL_ name."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

from samspill.lib import env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("DATA", str(BASE_DIR / "data"))).resolve()
try:
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(
        f"The data folder {DATA_DIR} cannot be made: {error.strerror}. Choose another with SAMSPILL_DATA."
    ) from error
VERSION = "0.1.0"


def _secret(name: str) -> str:
    """The secret in the data folder, made at first start."""
    path = DATA_DIR / name
    try:
        if not path.exists():
            new = DATA_DIR / f"{name}.new"  # whole or not at all, also on a full disk
            new.touch(mode=0o600)
            new.write_text(get_random_secret_key(), encoding="utf-8")
            new.replace(path)
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be read or made: {error.strerror}. Let this user own the folder, and make room."
        ) from error


SECRET_KEY = env.text("SECRET_KEY", "") or _secret("secret-key")
DEBUG = env.flag("DEBUG", default=False)
# The address people type; links in invitations and the passkey's domain come from it.
WEB_PORT = env.whole("PORT", 8000, least=1, most=65535)
ADDRESS = env.text("ADDRESS", f"http://localhost:{WEB_PORT}").rstrip("/")
if not ADDRESS.startswith(("http://", "https://")):
    raise ImproperlyConfigured(f"SAMSPILL_ADDRESS is {ADDRESS!r}; begin it with http:// or https://.")
if not urlsplit(ADDRESS).hostname or urlsplit(ADDRESS).path:
    raise ImproperlyConfigured(f"SAMSPILL_ADDRESS is {ADDRESS!r}; write it as https://samspill.example.org.")
HTTPS = ADDRESS.startswith("https://")
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)
ALLOWED_HOSTS = [*env.words("HOSTS", ""), urlsplit(ADDRESS).hostname or "", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ADDRESS]
PRIVATE_HOSTS = env.words("PRIVATE_HOSTS", "")
PLC = env.text("PLC", "https://plc.directory").rstrip("/")

INSTALLED_APPS = [
    "samspill.today",
    "samspill.face",
    "samspill.flows",
    "samspill.measurement",
    "samspill.conversations",
    "samspill.listening",
    "samspill.publishing",
    "samspill.archive",
    "samspill.strategy",
    "samspill.networks",
    "samspill.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "heroicons",
    "django.contrib.humanize",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "samspill.face.middleware.public_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samspill.accounts.middleware.person",
]
ROOT_URLCONF = "samspill.urls"
WSGI_APPLICATION = "samspill.wsgi.application"
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
                "samspill.accounts.context.frame",
            ],
            "builtins": ["samspill.accounts.templatetags.screen", "samspill.strategy.templatetags.within"],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(env.text("DATABASE", f"sqlite:///{DATA_DIR / 'samspill.sqlite3'}"))
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # One writer at a time without "database is locked": see docs/architecture.md, Database.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA journal_size_limit=67108864; PRAGMA wal_autocheckpoint=1000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The counts of tries live here: room enough that a flood of addresses does not push each other's counts out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "samspill.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "samspill.accounts.forms_signin.LoginForm",
    "reset_password": "samspill.accounts.forms_signin.ResetPasswordForm",
    "reset_password_from_key": "samspill.accounts.forms_signin.ResetPasswordKeyForm",
    "change_password": "samspill.accounts.forms_signin.ChangePasswordForm",
    "reauthenticate": "samspill.accounts.forms_signin.ReauthenticateForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Beside allauth's own: so many tries a minute from one address at the set-up code, at invitations.
ACCOUNT_RATE_LIMITS = {"setup": "10/m/ip", "join": "20/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_ADAPTER = "samspill.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "samspill.accounts.forms_signin.CodeForm",
    "reauthenticate": "samspill.accounts.forms_signin.ReauthenticateCodeForm",
    "activate_totp": "samspill.accounts.forms_signin.ActivateTOTPForm",
    "login_webauthn": "samspill.accounts.forms_signin.LoginPasskeyForm",
    "authenticate_webauthn": "samspill.accounts.forms_signin.SecondStepPasskeyForm",
    "reauthenticate_webauthn": "samspill.accounts.forms_signin.ReauthenticatePasskeyForm",
    "add_webauthn": "samspill.accounts.forms_signin.AddPasskeyForm",
    "edit_webauthn": "samspill.accounts.forms_signin.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Samspill"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

LANGUAGE_CODE = "en"
LANGUAGES = [("nb", _("Norwegian Bokmål")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # figures are grouped by the `figure` filter; a key in an address must not be
FORMAT_MODULE_PATH = ["samspill.lib.formats"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20
FILE_UPLOAD_HANDLERS = [
    "samspill.lib.uploads.Ceiling",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env.text("SMTP_HOST", "")
    else ("django.core.mail.backends.console.EmailBackend")
)
EMAIL_HOST = env.text("SMTP_HOST", "")
CAN_MAIL = bool(EMAIL_HOST)
EMAIL_TIMEOUT = 15
EMAIL_PORT = env.whole("SMTP_PORT", 587, least=1, most=65535)
EMAIL_HOST_USER = env.text("SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("SMTP_TLS", default=True)
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "samspill@localhost")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
X_FRAME_OPTIONS = "DENY"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.choice("LOG_LEVEL", "INFO", LEVELS)},
}
WEB_HOST = env.text("BIND", "127.0.0.1")
WEB_WORKERS = env.whole("WEB_WORKERS", 1, least=1, most=64)
# How often each channel is asked: for what people say, and for its figures.
INBOX_EVERY = timedelta(seconds=env.whole("INBOX_SECONDS", 30, least=5, most=3600))
FIGURES_EVERY = timedelta(minutes=env.whole("FIGURES_MINUTES", 60, least=1, most=1440))
