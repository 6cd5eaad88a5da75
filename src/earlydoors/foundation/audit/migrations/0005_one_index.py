"""One index of the hash, not two.

The second was for finding hashes by how they begin, which nobody does. It had as many pages as the
first, and every entry wrote to one of them that nobody could foresee.
"""

from django.db import migrations, models

SECOND = "audit_auditevent_hash_d0c402da_like"
DROP = f"DROP INDEX IF EXISTS {SECOND}"
MAKE = f"CREATE INDEX {SECOND} ON audit_auditevent (hash varchar_pattern_ops)"
OWN = "ALTER TABLE audit_auditevent RENAME CONSTRAINT audit_auditevent_hash_key TO a_hash_is_once"
BACK = "ALTER TABLE audit_auditevent RENAME CONSTRAINT a_hash_is_once TO audit_auditevent_hash_key"


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_verification")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(DROP, MAKE), migrations.RunSQL(OWN, BACK)],
            state_operations=[
                migrations.AlterField("auditevent", "hash", models.CharField(max_length=64)),
                migrations.AddConstraint(
                    "auditevent",
                    models.UniqueConstraint(fields=["hash"], name="a_hash_is_once"),
                ),
            ],
        )
    ]
