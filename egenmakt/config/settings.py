"""Everything that differs between installations, read from the environment (`docs/settings.md`)."""

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url

PACKAGE = Path(__file__).resolve().parent.parent


def home_path(variable: str, default: Path) -> Path:
    """A path from the environment, or its default."""
    return Path(os.environ.get(variable) or default).expanduser()


HOME = home_path("EGENMAKT_HOME", Path("var")).absolute()
HOME.mkdir(parents=True, exist_ok=True)
DEMO_FILE = HOME / "demo.json"
DEMO = DEMO_FILE.exists()
DATA = home_path("EGENMAKT_DATA", Path("../shared/data"))
MASTER_KEY_FILE = home_path(
    "EGENMAKT_MASTER_KEY_FILE",
    HOME / "master.key" if DEMO else Path("~/.config/egenmakt/master.key"),
)


def secret_key() -> str:
    """The key that signs sessions, made at the first start and kept beside the data."""
    file = HOME / "session.key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32))
    return file.read_text()


def sqlite(path: Path, *pragmas: str) -> dict[str, Any]:
    """A SQLite database with the settings it is safe and quick with (see `storage`)."""
    commands = ["journal_mode=WAL", "synchronous=FULL", *pragmas]
    return {
        "ENGINE": "egenmakt.storage.sqlite",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": ";".join(f"PRAGMA {command}" for command in commands),
        },
        "TEST": {"NAME": path.with_name(f"test-{path.name}")},
    }


def database(variable: str, default: dict[str, Any]) -> dict[str, Any]:
    """The database that an address in the environment names, or the embedded one."""
    address = os.environ.get(variable)
    if not address:
        return default
    parsed: dict[str, Any] = dict(dj_database_url.parse(address, conn_max_age=None))
    if "sqlite" in parsed["ENGINE"]:
        return default | {"NAME": Path(parsed["NAME"])}
    parsed["CONN_MAX_AGE"] = None
    parsed["CONN_HEALTH_CHECKS"] = True
    return parsed


(HOME / "keys").mkdir(exist_ok=True, mode=0o700)
DATABASES = {
    "default": database("DATABASE_URL", sqlite(HOME / "data.sqlite3")),
    "keys": database("KEYS_URL", sqlite(HOME / "keys" / "keys.sqlite3", "secure_delete=ON")),
}
DATABASE_ROUTERS = ["egenmakt.vault.router.KeysRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DEBUG = False
SECRET_KEY = secret_key()
ALLOWED_HOSTS = os.environ.get("EGENMAKT_HOSTS", "127.0.0.1 localhost").split()
CSRF_TRUSTED_ORIGINS = os.environ.get("EGENMAKT_ORIGINS", "").split()
SECURE = bool(CSRF_TRUSTED_ORIGINS)

ROOMS = [
    "access",
    "audit",
    "vault",
    "ui",
    "organisations",
    "participants",
    "visits",
    "provisions",
    "figures",
    "exchange",
    "partnerships",
    "desk",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    *(f"egenmakt.{room}" for room in ROOMS),  # their templates go before allauth's
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "egenmakt.config.middleware.bounded",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "egenmakt.ui.middleware.language",
    "egenmakt.ui.middleware.no_store",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "egenmakt.config.navigation.every_page",
            ],
        },
    }
]
FORM_RENDERER = "egenmakt.ui.forms.Renderer"
ROOT_URLCONF = "egenmakt.config.urls"
WSGI_APPLICATION = "egenmakt.config.wsgi.application"
SILENCED_SYSTEM_CHECKS: list[str] = []

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["egenmakt.access.backend.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CSRF_FAILURE_VIEW = "egenmakt.config.views.open_too_long"
LOGIN_URL = "/logga-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/logga-in/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "egenmakt.access.adapter.Adapter"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_FORMS = {
    "login": "egenmakt.access.forms.LogIn",
    "reset_password": "egenmakt.access.forms.AskForPassword",
    "reset_password_from_key": "egenmakt.access.forms.NewPassword",
    "change_password": "egenmakt.access.forms.ChangePassword",
    "reauthenticate": "egenmakt.access.forms.PasswordAgain",
}
MFA_ADAPTER = "egenmakt.access.adapter.SecondFactor"
MFA_FORMS = {
    "authenticate": "egenmakt.access.forms.SecondStep",
    "reauthenticate": "egenmakt.access.forms.SecondStepAgain",
    "activate_totp": "egenmakt.access.forms.TurnOn",
    "deactivate_totp": "egenmakt.access.forms.TurnOff",
    "generate_recovery_codes": "egenmakt.access.forms.NewCodes",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Egenmakt"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EGENMAKT_MAIL_HOST", "localhost")
DEFAULT_FROM_EMAIL = os.environ.get("EGENMAKT_MAIL_FROM", "egenmakt@localhost")

SESSION_ENGINE = "django.contrib.sessions.backends.db"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no third cookie
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
LARGEST_BODY = 21 * 1024 * 1024  # a whole upload and the form around it
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
