"""The database refuses to change or remove an attempt: what happened stays written."""

from django.db import migrations

REFUSALS = {"UPDATE": "publishing_attempt_stays", "DELETE": "publishing_attempt_kept"}
SENTENCE = "An attempt is never changed and never removed."


def refuse(apps, schema_editor):
    for verb, name in REFUSALS.items():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON publishing_attempt FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON publishing_attempt"
                f" BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            )


def allow(apps, schema_editor):
    for name in REFUSALS.values():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON publishing_attempt")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
