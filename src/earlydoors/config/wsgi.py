"""The door that the web server knocks at."""

import os
from contextlib import suppress

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection

from earlydoors.config import installation, practice
from earlydoors.config.serving import end_with_parent

# Whoever answers requests never holds the login that owns the tables.
installation.answer_from_now_on()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlydoors.config.settings")

application = get_wsgi_application()
# Whatever started this process: a practice database says so on every page. Without the database
# there is no page to say it on.
with suppress(DatabaseError):
    practice.keep_to()
connection.close()
end_with_parent()
