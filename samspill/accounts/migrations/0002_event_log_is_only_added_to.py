"""The database itself refuses to change or remove an event. Reversible: the guards are taken down again."""

from django.db import migrations

MESSAGE = "the event log is only added to"
SQLITE = [
    f"CREATE TRIGGER IF NOT EXISTS event_not_changed BEFORE UPDATE ON accounts_event BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    f"CREATE TRIGGER IF NOT EXISTS event_not_removed BEFORE DELETE ON accounts_event BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
]
SQLITE_DOWN = ["DROP TRIGGER IF EXISTS event_not_changed", "DROP TRIGGER IF EXISTS event_not_removed"]
POSTGRESQL = [
    f"CREATE OR REPLACE FUNCTION event_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$",
    "CREATE OR REPLACE TRIGGER event_not_changed BEFORE UPDATE OR DELETE ON accounts_event"
    " FOR EACH ROW EXECUTE FUNCTION event_stays()",
    "CREATE OR REPLACE TRIGGER event_not_removed BEFORE TRUNCATE ON accounts_event"
    " FOR EACH STATEMENT EXECUTE FUNCTION event_stays()",
]
POSTGRESQL_DOWN = [
    "DROP TRIGGER IF EXISTS event_not_changed ON accounts_event",
    "DROP TRIGGER IF EXISTS event_not_removed ON accounts_event",
    "DROP FUNCTION IF EXISTS event_stays",
]


def put_up(apps, editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[editor.connection.vendor]:
        editor.execute(statement)


def take_down(apps, editor):
    for statement in {"sqlite": SQLITE_DOWN, "postgresql": POSTGRESQL_DOWN}[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
