"""Who a member is, in a sentence."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnership", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="story",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
