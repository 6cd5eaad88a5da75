"""A link for a member says what they lost: until now each gave a new password and second step."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

LOST = ["password", "second_step", "both"]


def both(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """What links from before promised."""
    links = apps.get_model("partnership", "Invitation").objects
    links.filter(member__isnull=False).update(lost="both")


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0008_analysts"),
    ]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="lost",
            field=models.CharField(
                blank=True, choices=[(one, one) for one in LOST], default="", max_length=11
            ),
            preserve_default=False,
        ),
        migrations.RunPython(both, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                name="a_members_link_says_what_was_lost",
                condition=Q(member__isnull=True, lost="") | Q(member__isnull=False, lost__in=LOST),
            ),
        ),
    ]
