"""The pages as a Django application: what they keep is only about forms on their way."""

from django.apps import AppConfig


class Web(AppConfig):
    """Pages, and the words and tokens of forms that are being written."""

    name = "earlydoors.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for sign-ins."""
        from earlydoors.web.account import signals

        signals.listen()
