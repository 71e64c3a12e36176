"""What the organisations of the demonstration listen for, and what their watches have heard in the year."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from samspill.accounts.models import User, Workspace
from samspill.archive.open import store
from samspill.listening.models import ShareOfVoice, Spike, Watch
from samspill.listening.spikes import notice
from samspill.listening.watches import save
from samspill.listening.watching import Watching

HOURS = 12  # of the day of news on which the watches are looked at
UNTIL_DONE = 600.0  # seconds


def lay_watches(folder: Path, workspace: Workspace, by: User, now: datetime) -> None:
    """After the year of talk is kept."""
    said = tomllib.loads((folder / "talk.toml").read_text(encoding="utf-8"))
    watches = {}
    for each in said["watches"]:
        watch = Watch(workspace=workspace, name=each["name"], purpose=each["purpose"], made_by=by)
        save(watch, each["query"], by)
        watch.followers.add(by)
        watches[watch.name] = watch
    watching = Watching(store())
    watching.refresh()
    watching.catch_up(UNTIL_DONE)
    day = now.replace(hour=7, minute=0) - timedelta(days=said["spike"]["days_ago"])
    for hour in range(1, HOURS):
        notice(store(), day + timedelta(hours=hour), Watch.objects.in_workspace(workspace))
    Spike.objects.filter(watch__workspace=workspace, ended_at=None).update(ended_at=day + timedelta(days=1))
    Spike.objects.filter(watch__workspace=workspace).update(told_at=day)
    for each in said["shares"]:
        row = ShareOfVoice.objects.create(workspace=workspace, name=each["name"], made_by=by)
        row.watches.set(watches[name] for name in each["watches"])
