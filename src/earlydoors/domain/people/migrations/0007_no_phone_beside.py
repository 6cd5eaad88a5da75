"""The number itself goes: it is a way to reach them now, and its earlier values are in history."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0006_phones_are_ways_to_reach")]

    operations = [migrations.RemoveField(model_name="person", name="phone")]
