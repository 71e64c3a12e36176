"""Due rows: claimed under a lease, written under a fence, by processes that may die at any moment.

A row has the fields lease_owner, lease_boot, lease_until, fence (see publishing.Delivery). A lease is taken
on a clock that no person can set: CLOCK_MONOTONIC of this boot on SQLite, the database's clock on PostgreSQL.
"""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.db.models import F, Q

M = TypeVar("M", bound=models.Model)
LEASE = 120.0  # seconds; longer than the longest single request, 60 s
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class LeaseLost(Exception):
    """Somebody else owns the row now: stop, write nothing."""


def owner() -> str:
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{threading.get_ident() % 10**6}"


def boot() -> str:
    """What `now()` counts from: this machine's boot, or the database."""
    return "database" if connection.vendor == "postgresql" else _this_boot()


@lru_cache(maxsize=1)
def _this_boot() -> str:
    if BOOT_ID.exists():
        return BOOT_ID.read_text().strip()
    # macOS has no /proc but says the same by this name.
    asked = subprocess.run(
        ["/usr/sbin/sysctl", "-n", "kern.bootsessionuuid"], capture_output=True, check=True
    )
    return asked.stdout.decode().strip()[:40]


def now() -> float:
    """Seconds on the clock of `boot()`."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            return float(cursor.fetchone()[0])
    return time.monotonic()


def free() -> Q:
    """Rows nobody holds: never leased, expired, or leased before this boot."""
    return Q(lease_until=None) | Q(lease_until__lt=now()) | ~Q(lease_boot=boot())


def ripe(field: str) -> Q:
    """Rows whose `field`, a moment on the clock of `lease_boot`, has come; after a new boot all have."""
    return Q(**{field: None}) | Q(**{f"{field}__lte": now()}) | ~Q(lease_boot=boot())


def claim(rows: models.QuerySet[M], *, lease: float = LEASE) -> M | None:
    """Take the first free row of an ordered queryset, or None. The row comes back with its new fence."""
    with transaction.atomic():
        free_rows = rows.filter(free())
        if connection.vendor == "postgresql":
            free_rows = free_rows.select_for_update(skip_locked=True, of=("self",))
        row = free_rows.first()
        if row is None:
            return None
        mine: dict[str, Any] = {"lease_owner": owner(), "lease_boot": boot(), "lease_until": now() + lease}
        type(row)._default_manager.filter(pk=row.pk).update(**mine, fence=F("fence") + 1)
        row.refresh_from_db()
        return row


def write(row: M, **values: Any) -> None:
    """Update the row if our fence still stands; LeaseLost otherwise. The instance follows."""
    mine = type(row)._default_manager.filter(pk=row.pk, fence=row.fence)  # type: ignore[attr-defined]
    if not mine.update(**values):
        raise LeaseLost(f"{row._meta.model_name} {row.pk}")
    for name, value in values.items():
        setattr(row, name, value)


def extend(row: M, *, lease: float = LEASE, **values: Any) -> None:
    """Hold the row for one more lease, before a step that takes its time."""
    write(row, lease_until=now() + lease, **values)


def release(row: M, **values: Any) -> None:
    """Give the row back, with the last values written in the same statement."""
    write(row, lease_owner="", lease_until=None, **values)
