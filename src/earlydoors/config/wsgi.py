"""The door that the web server knocks at."""

import os

from django.core.wsgi import get_wsgi_application

from earlydoors.config.serving import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlydoors.config.settings")

application = get_wsgi_application()
end_with_parent()
