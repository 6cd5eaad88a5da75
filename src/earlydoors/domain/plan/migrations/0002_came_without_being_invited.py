"""Someone who was not invited may have come to a meeting, and may be only a name."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("plan", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="named",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="attendance",
            name="invited",
            field=models.BooleanField(default=True),
        ),
        migrations.RemoveConstraint(model_name="attendance", name="invited_once"),
        migrations.RemoveConstraint(
            model_name="attendance", name="attendance_is_a_worker_or_family"
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                fields=["meeting", "member", "person", "named"],
                nulls_distinct=False,
                name="invited_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                name="attendance_is_of_someone",
                condition=Q(member__isnull=False, person__isnull=True, named="")
                | Q(member__isnull=True, person__isnull=False, named="")
                | Q(member__isnull=True, person__isnull=True) & ~Q(named=""),
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                name="attendance_uninvited_came",
                condition=Q(invited=True) | Q(came="yes"),
            ),
        ),
    ]
