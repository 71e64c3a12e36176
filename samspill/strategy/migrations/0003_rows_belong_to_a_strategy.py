"""Every row goes to its workspace's strategy, which is written down where it was not; rows get names of names."""

import uuid

from django.db import migrations

ROWS = ("Goal", "Audience", "Tactic", "Trait", "ChannelChoice", "LaunchAction")


def give(apps, schema_editor):
    strategies = apps.get_model("strategy", "Strategy")
    for strategy in strategies.objects.filter(uuid=None):
        strategy.uuid = uuid.uuid4()
        strategy.save(update_fields=["uuid"])
    for name in ROWS:
        rows = apps.get_model("strategy", name).objects
        for workspace in set(rows.values_list("workspace", flat=True)):
            organisation = apps.get_model("accounts", "Workspace").objects.get(pk=workspace)
            strategy, _made = strategies.objects.get_or_create(
                workspace_id=workspace, parent=None, defaults={"title": organisation.name, "uuid": uuid.uuid4()}
            )
            rows.filter(workspace=workspace).update(strategy=strategy)
        if name != "Goal":  # a goal has had one from the start
            for row in rows.all():
                row.uuid = uuid.uuid4()
                row.save(update_fields=["uuid"])


def take_back(apps, schema_editor):
    for name in ROWS:
        for row in apps.get_model("strategy", name).objects.select_related("strategy"):
            row.workspace_id = row.strategy.workspace_id
            row.save(update_fields=["workspace"])


class Migration(migrations.Migration):
    dependencies = [("strategy", "0002_the_whole_strategy"), ("accounts", "0001_initial")]
    operations = [migrations.RunPython(give, take_back)]
