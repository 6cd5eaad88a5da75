"""The app of evidence."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit log."""

    name = "earlydoors.foundation.audit"
    label = "audit"
