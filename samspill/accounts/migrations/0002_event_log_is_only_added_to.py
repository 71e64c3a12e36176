"""The database itself refuses to change or remove an event. Reversible: the guards are taken down again."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER IF NOT EXISTS event_not_{done} BEFORE {verb} ON accounts_event
BEGIN SELECT RAISE(ABORT, 'the event log is only added to'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION event_stays() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION 'the event log is only added to'; END $$
"""
POSTGRESQL = """
CREATE OR REPLACE TRIGGER event_not_{done} BEFORE {verb} ON accounts_event
FOR EACH {each} EXECUTE FUNCTION event_stays()
"""
UP = {
    "sqlite": [SQLITE.format(done="changed", verb="UPDATE"), SQLITE.format(done="removed", verb="DELETE")],
    "postgresql": [
        POSTGRESQL_FUNCTION,
        POSTGRESQL.format(done="changed", verb="UPDATE OR DELETE", each="ROW"),
        POSTGRESQL.format(done="emptied", verb="TRUNCATE", each="STATEMENT"),
    ],
}
DOWN = {
    "sqlite": ["DROP TRIGGER IF EXISTS event_not_changed", "DROP TRIGGER IF EXISTS event_not_removed"],
    "postgresql": [
        "DROP TRIGGER IF EXISTS event_not_changed ON accounts_event",
        "DROP TRIGGER IF EXISTS event_not_emptied ON accounts_event",
        "DROP FUNCTION IF EXISTS event_stays",
    ],
}


def put_up(apps, editor):
    for statement in UP[editor.connection.vendor]:
        editor.execute(statement)


def take_down(apps, editor):
    for statement in DOWN[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
