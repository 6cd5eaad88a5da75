"""Words kept, forms sent, tries to sign in."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    """The three tables of the pages; none points at another package's."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="KeptWriting",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("written_for", models.CharField(max_length=64)),
                ("path", models.CharField(max_length=500)),
                ("values", models.JSONField()),
                ("kept_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["written_for", "path"], name="kept_writing_one_each_page"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("token", models.UUIDField(primary_key=True, serialize=False)),
                ("member", models.CharField(max_length=64)),
                ("path", models.CharField(max_length=500)),
                ("address", models.CharField(blank=True, max_length=2000)),
                ("at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["at"], name="submission_at")]},
        ),
        migrations.CreateModel(
            name="SignInAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.CharField(max_length=254)),
                ("address", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["account", "address", "at"], name="sign_in_attempt_of")
                ]
            },
        ),
    ]
