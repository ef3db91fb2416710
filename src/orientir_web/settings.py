"""Settings of Django. What differs between installations comes from the environment; `orientir serve` sets it.

ORIENTIR_DATA      the data folder
ORIENTIR_DATABASE  postgresql://… instead of SQLite in that folder
ORIENTIR_HOSTS     names under which the server is reached, comma-separated
ORIENTIR_HTTPS     1: behind TLS, with secure cookies and HSTS
ORIENTIR_ZONE      time zone of what belongs to no district
ORIENTIR_LOG       INFO: a line in the log for each request
ORIENTIR_API_RATE  how often a program may ask with one key, «600/m»; counted for all processes together
ORIENTIR_MAIL      smtp://имя:пароль@сервер:порт?from=почта; without it no letters are sent
ORIENTIR_URL       the address under which people open the application; stands in letters
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from orientir_web.data_folder import DataFolder
from orientir_web.databases import database_of
from orientir_web.letters.address import mail_of

HERE = Path(__file__).parent
DATA = DataFolder.of_environment()
IS_HTTPS = os.environ.get("ORIENTIR_HTTPS") == "1"

SECRET_KEY = DATA.key
DEBUG = False
ALLOWED_HOSTS = [name for name in os.environ.get("ORIENTIR_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if name]
DATABASES = {"default": database_of(os.environ.get("ORIENTIR_DATABASE", ""), DATA.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "orientir_web.urls"
WSGI_APPLICATION = "orientir_web.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "orientir_web.people",
    "orientir_web.journal",
    "orientir_web.campaigns",
    "orientir_web.submissions",
    "orientir_web.cycles",
    "orientir_web.panels",
    "orientir_web.jobs",
    "orientir_web.publication",
    "orientir_web.letters",
    "orientir_web.api",
    "orientir_web.operation",
    "orientir_web.evidence",
    "orientir_web.registers",
    "orientir_web.report_check",
    "orientir_web.decisions",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "orientir_web.operation.logs.RequestLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "orientir_web.people.middleware.OwnLanguageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "orientir_web.people.middleware.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "orientir_web.refusals.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it turns a refused log-in into the page that says so
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "orientir_web.navigation.navigation",
            ],
        },
    }
]

# ---- who comes in

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("email", "full_name")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]  # fmt: skip
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "orientir_web.people.adapter.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation has reached its address
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_RATE_LIMITS = {"login_failed": None}  # axes counts these, for all processes together
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Ориентир"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS  # localhost; elsewhere browsers refuse passkeys over plain http

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "orientir_web.people.adapter.login_name"
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

# ---- sessions, cookies, headers

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_USE_SESSIONS = False
CSRF_COOKIE_HTTPONLY = False  # one hook of ours hands the token to htmx
CSRF_FAILURE_VIEW = "orientir_web.refusals.csrf_failed"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the QR code of the second factor
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_HANDLERS = [
    "orientir_web.evidence.bounded.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
API_RATE = os.environ.get("ORIENTIR_API_RATE", "600/m")

# ---- languages, time, files, jobs, post

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
FORMAT_MODULE_PATH = ["orientir_web.formats"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [DATA.messages]  # compiled there from locale/ at the start
USE_TZ = True
TIME_ZONE = os.environ.get("ORIENTIR_ZONE", "Europe/Moscow")

STATIC_URL = "static/"
STATIC_ROOT = DATA.static
STATICFILES_DIRS = [HERE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA.files}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
PUBLIC_URL = os.environ.get("ORIENTIR_URL", "http://localhost:8000").rstrip("/")
_MAIL = mail_of(os.environ.get("ORIENTIR_MAIL", ""))
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = _MAIL.host, _MAIL.port, 20
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.starts_tls, _MAIL.is_tls
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _MAIL.sender

# Nothing personal is logged: no addresses, no bodies.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "orientir_web.operation.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "axes": {"level": "ERROR"},
        "orientir_web": {"level": os.environ.get("ORIENTIR_LOG", "WARNING")},
        # Django gives its own handlers to these.
        "django": {"handlers": [], "level": "WARNING"},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
