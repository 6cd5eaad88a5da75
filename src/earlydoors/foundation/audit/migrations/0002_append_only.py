"""The database itself refuses to change or delete evidence."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION earlydoors_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log is append-only.';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_auditevent
FOR EACH ROW EXECUTE FUNCTION earlydoors_audit_append_only();
"""
ALLOW = """
DROP TRIGGER append_only ON audit_auditevent;
DROP FUNCTION earlydoors_audit_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
