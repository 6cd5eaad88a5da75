"""Installs the keeping of earlier versions on every table that asks for it."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

# It writes with the owner's rights: whoever changes a row need not be able to write its history.
_FUNCTION = """
CREATE OR REPLACE FUNCTION earlydoors_keep_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) = to_jsonb(NEW) THEN
        RETURN NEW;
    END IF;
    INSERT INTO public.history_rowversion (table_name, row_id, ended_at, ended_by_deletion, row)
    VALUES (TG_TABLE_NAME, OLD.id::text, clock_timestamp(), TG_OP = 'DELETE', to_jsonb(OLD));
    RETURN NULL;
END $$
"""
_TRIGGER = """
CREATE OR REPLACE TRIGGER keep_version AFTER UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION earlydoors_keep_version()
"""


class HistoryConfig(AppConfig):
    """The app of kept versions."""

    name = "earlydoors.foundation.history"
    label = "history"

    def ready(self) -> None:
        """Arrange that every migration leaves the triggers in place."""
        post_migrate.connect(install, dispatch_uid="history.install")


def install(sender: AppConfig, using: str, **_: Any) -> None:
    """Put the trigger on each of the app's tables whose model sets `keeps_versions`."""
    from django.db import connections

    tables = [m._meta.db_table for m in sender.get_models() if getattr(m, "keeps_versions", False)]
    if not tables:
        return
    connection = connections[using]
    present = connection.introspection.table_names()
    with connection.cursor() as cursor:
        cursor.execute(_FUNCTION)
        for table in set(tables) & set(present):
            cursor.execute(_TRIGGER.format(table=connection.ops.quote_name(table)))
