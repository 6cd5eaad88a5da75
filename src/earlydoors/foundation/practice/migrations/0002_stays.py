"""The database itself refuses to take the practice mark off."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION earlydoors_practice_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A practice database stays one.';
END $$;
CREATE TRIGGER practice_stays BEFORE DELETE ON practice_practicemark
FOR EACH ROW EXECUTE FUNCTION earlydoors_practice_stays();
"""
ALLOW = """
DROP TRIGGER practice_stays ON practice_practicemark;
DROP FUNCTION earlydoors_practice_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("practice", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
