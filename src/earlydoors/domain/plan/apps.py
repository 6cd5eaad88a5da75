"""The app of plan."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """Outcomes, actions, meetings, reviews and closing."""

    name = "earlydoors.domain.plan"
    label = "plan"
