"""The settings that tests run under: the product's own, with a home of their own.

The environment is set here because pytest reads the settings before anything else. Workers of a
parallel run inherit it from the run that started them, so all of them share one home.
"""

import os
import tempfile

HOME = os.environ.setdefault("EARLYDOORS_TEST_HOME", "") or tempfile.mkdtemp(prefix="earlydoors-")
os.environ["EARLYDOORS_TEST_HOME"] = HOME
os.environ["EARLYDOORS_DATA"] = HOME
os.environ["EARLYDOORS_PRACTICE"] = "1"
os.environ.setdefault("EARLYDOORS_AREA", "cumbria")
os.environ.setdefault("EARLYDOORS_SECRET", "a-secret-of-tests-that-keeps-nothing-secret")
os.environ.pop("DATABASE_URL", None)
if "TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
# Playwright's own loop is running while the tests around it ask the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from earlydoors.config.installation import EMBEDDED_WEB  # noqa: E402
from earlydoors.config.settings import *  # noqa: E402, F403 - the environment comes first
from earlydoors.config.settings import MIDDLEWARE as _USUAL  # noqa: E402

ALLOWED_HOSTS = ["*"]
# Names without fingerprints, found where they were built: no test waits for assets to be gathered.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# The real hasher takes its time, as it should, and every fixture with a member would wait for it.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# On a slow machine a test takes minutes, and counts the queries of a page that writes nothing.
SEEN_EVERY = 600

WEB_LOGIN = EMBEDDED_WEB  # on any server
# Assets are answered without a database, so what answers them stands before.
_ASSETS = _USUAL.index("whitenoise.middleware.WhiteNoiseMiddleware") + 1
MIDDLEWARE = [*_USUAL[:_ASSETS], "tests.as_web.as_web", *_USUAL[_ASSETS:]]
