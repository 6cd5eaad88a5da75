"""Settings of an installation, read from its environment.

EARLYDOORS_AREA     the partnership's profile: a shipped area's key, or a path to a profile folder
EARLYDOORS_DATA     where the embedded database and the outbox lie (default: the user's data folder)
DATABASE_URL        any PostgreSQL 15 or newer; without it, the embedded server is started
DATABASE_OWNER_URL  the same database by the login that owns the tables; pages never use it
EARLYDOORS_SECRET   the signing key; an installation without one keeps its own in its data folder
EARLYDOORS_SEALING_KEYS    keys of the files in the database, the one that seals first
EARLYDOORS_SECRETS_BEFORE  earlier signing keys, separated by commas: what they closed still opens
EARLYDOORS_HOSTS    names the site answers to, separated by commas
EARLYDOORS_HTTPS    "1": behind a proxy that speaks HTTPS and says so in X-Forwarded-Proto
EARLYDOORS_IMPORT_MB    the largest file of people or schools that is taken, in megabytes (100)
EARLYDOORS_IMPORT_ROWS  the most rows of such a file (500000)
EARLYDOORS_CLAMD    host:port of a ClamAV daemon on this machine, for every file that is sent
EARLYDOORS_QUESTION_SECONDS  how long one question of a page to the database may take (30)
EARLYDOORS_REQUEST_SECONDS   after how long a request asks the database nothing more (60)
EARLYDOORS_FAMILIES_AN_HOUR  the most families that one member opens within an hour (300)
EARLYDOORS_OFFICE_NETWORKS   the networks from which alone is administered, separated by commas
EARLYDOORS_LEAKED_PASSWORDS  a file of the hashes of passwords that were stolen elsewhere
EARLYDOORS_PRACTICE "1": a practice installation with invented people
EARLYDOORS_SIGN_IN  a file that describes where else people can sign in (OpenID Connect)
EARLYDOORS_SECOND_STEP  "1": ask for the second step in a practice installation too; every other
                    installation asks those whose role demands it

What is secret among these (DATABASE_URL, DATABASE_OWNER_URL, EARLYDOORS_SECRET, …_SECRETS_BEFORE,
…_SEALING_KEYS, secrets of providers) may lie in closed files: see `config.given`.
"""

import os
from pathlib import Path

from earlydoors.config import installation, secret_keys, serving_files

PACKAGE = Path(__file__).resolve().parent.parent

AREA = installation.area()
PRACTICE = installation.practises()
# Whether roles that demand a second step at sign-in are asked for one. Only a practice
# installation, where everyone is invented, can do without, and its pages say so.
SECOND_STEP = not PRACTICE or os.environ.get("EARLYDOORS_SECOND_STEP") == "1"
DEBUG = False
SECRET_KEY = secret_keys.secret_key()
SECRET_KEY_FALLBACKS = secret_keys.earlier_secrets()
SEALING_KEYS = secret_keys.sealing_keys()
ALLOWED_HOSTS = installation.hosts()
HTTPS = os.environ.get("EARLYDOORS_HTTPS") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "earlydoors.foundation.history",
    "earlydoors.foundation.audit",
    "earlydoors.foundation.profile",
    "earlydoors.foundation.practice",
    "earlydoors.domain.partnership",
    "earlydoors.domain.people",
    "earlydoors.domain.matching",
    "earlydoors.domain.access",
    "earlydoors.domain.imports",
    "earlydoors.domain.records",
    "earlydoors.domain.chronology",
    "earlydoors.domain.joining",
    "earlydoors.domain.consent",
    "earlydoors.domain.episodes",
    "earlydoors.domain.frontdoor",
    "earlydoors.domain.assessment",
    "earlydoors.domain.plan",
    "earlydoors.domain.panels",
    "earlydoors.domain.information",
    "earlydoors.domain.retention",
    "earlydoors.domain.studies",
    "earlydoors.web",
    "earlydoors.foundation.wall",  # last: it stands round the tables of the others
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "earlydoors.web.account.middleware.staying_signed_in",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "earlydoors.web.design.middleware.page",
]

ROOT_URLCONF = "earlydoors.config.urls"
WSGI_APPLICATION = "earlydoors.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            PACKAGE / "web" / "design" / "templates",
            *sorted((PACKAGE / "web").glob("*/templates")),
        ],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "earlydoors.web.design.jinja.environment"},
    },
]

DATABASES = {"default": installation.database()}
WEB_LOGIN = installation.web_login()
# What a secret is, by its name: their own, of each provider.
GIVEN = "earlydoors.config.given.given"
# What the page of this installation looks over: the same as `earlydoors doctor`.
CHECKUP = "earlydoors.config.checkup.look"
WALL = PACKAGE / "domain"  # where wall.toml and wall.sql lie
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "partnership.Member"
LOGIN_URL = "account:sign-in"
LOGIN_REDIRECT_URL = "home:work"
LOGOUT_REDIRECT_URL = "account:sign-in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "earlydoors.domain.partnership.passwords.HardToGuess"},
]
LEAKED_PASSWORDS = installation.leaked_passwords()

# Where else people have an account: read once, at the start.
SIGN_IN_PROVIDERS = installation.sign_in_providers()
SOCIALACCOUNT_ADAPTER = "earlydoors.web.account.openid.Elsewhere"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
# The library of factors and providers: what it keeps is kept, its own pages are not routed.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
MFA_ADAPTER = "earlydoors.web.account.adapters.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_WEBAUTHN_USER_VERIFICATION = "required"

SESSION_ENGINE = "earlydoors.web.account.returning"
AUTHENTICATION_BACKENDS = ["earlydoors.web.account.returning.Backend"]
# The longest one may stay signed in, and the longest without doing anything, in seconds.
SESSION_COOKIE_AGE = 12 * 60 * 60
LONGEST_IDLE = 60 * 60
# The least between two writings of when somebody was last seen.
SEEN_EVERY = 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Over HTTPS a browser takes these cookies from this very host alone (RFC 6265bis, 4.1.3.2).
_OWN_HOST = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_OWN_HOST}earlydoors_{installation.area_slug()}"
CSRF_COOKIE_NAME = f"{_OWN_HOST}earlydoors_csrf_{installation.area_slug()}"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# What is said at the head of the next page may name a family: it does not travel in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_SSL_REDIRECT = HTTPS
# The proxy's visitors speak HTTPS, and it speaks HTTP to us: without this word every form they
# send would seem to come from another site.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*" and HTTPS]
# Whoever sends a larger file is told so, and nothing of it is kept.
IMPORT_MEGABYTES = installation.at_least_one("EARLYDOORS_IMPORT_MB", 100)
IMPORT_ROWS = installation.at_least_one("EARLYDOORS_IMPORT_ROWS", 500_000)
# Nobody reads so many by hand; a program with somebody's sign-in would take them all.
FAMILIES_AN_HOUR = installation.at_least_one("EARLYDOORS_FAMILIES_AN_HOUR", 300)
# Members, the register, looks, requests about information and studies are looked after from there.
OFFICE_NETWORKS = installation.office_networks()
# A request that takes longer asks the database nothing more; a single question has its end there.
REQUEST_SECONDS = installation.request_seconds()
# Whatever is sent is looked through there before anything of it is read.
CLAMD = installation.scanner()
FILE_UPLOAD_HANDLERS = [
    "earlydoors.web.imports.uploads.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

CSRF_FAILURE_VIEW = "earlydoors.web.design.errors.form_too_old"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/assets/"
WHITENOISE_ADD_HEADERS_FUNCTION = serving_files.refuse_everything
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STATICFILES_DIRS = [PACKAGE / "web" / "static" / "built"]
STATIC_ROOT = PACKAGE / "web" / "static" / "served"
SILENCED_SYSTEM_CHECKS = ["staticfiles.W004"]  # before the first build there is no such folder
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": installation.data_folder() / "outbox"},
    },
}
DEFAULT_FROM_EMAIL = os.environ.get("EARLYDOORS_FROM", "early-help@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("EARLYDOORS_LOG", "WARNING")},
}
