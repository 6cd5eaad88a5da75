"""A phone number of a person becomes a way to reach them: it had nowhere to say what is safe."""

from typing import Any

from django.db import migrations, models


def _move(apps: Any, schema_editor: Any) -> None:
    """Every number that is not a way to reach them already. Nobody was asked yet if it is safe."""
    people = apps.get_model("people", "Person")
    routes = apps.get_model("people", "ContactRoute")
    said = apps.get_model("people", "Said")
    told = {one.person_id: one for one in said.objects.filter(fact="phone")}
    for person in people.objects.exclude(phone="").order_by("pk").iterator():
        if routes.objects.filter(person=person, value=person.phone).exists():
            continue
        digits = "".join(c for c in person.phone if c.isdigit())
        source = told.get(person.pk)
        routes.objects.create(
            person=person,
            kind="mobile" if digits.startswith(("07", "447")) else "phone",
            value=person.phone,
            safe="ask",
            said_by=source.said_by if source else "",
            said_says=source.said_says if source else "",
            created_at=person.changed_at,
            created_by_id=person.changed_by_id,
            changed_at=person.changed_at,
            changed_by_id=person.changed_by_id,
        )


class Migration(migrations.Migration):
    dependencies = [("people", "0005_relationships")]

    operations = [
        migrations.AlterField(
            model_name="contactroute",
            name="safe",
            field=models.CharField(
                choices=[
                    ("safe", "Safe to use"),
                    ("care", "Only in a certain way"),
                    ("ask", "Nobody has asked yet if it is safe"),
                    ("never", "Never use it"),
                ],
                max_length=5,
            ),
        ),
        migrations.RunPython(_move, migrations.RunPython.noop),
    ]
