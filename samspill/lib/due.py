"""Due rows: claimed under a lease, written under a fence, by any number of processes that may die at any moment.

A row has the fields lease_owner, lease_boot, lease_until, fence (see publishing.Delivery). A lease is measured on a
clock that no person can set: CLOCK_MONOTONIC of this boot on SQLite, the database's clock on PostgreSQL.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.db.models import F, Q

M = TypeVar("M", bound=models.Model)
LEASE = 120.0  # seconds; longer than the longest single request, 60 s


class LeaseLost(Exception):
    """Somebody else owns the row now: stop, write nothing."""


def owner() -> str:
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{threading.get_ident() % 10**6}"


def boot() -> str:
    """What `now()` counts from: this machine's boot, or the database."""
    if connection.vendor == "postgresql":
        return "database"
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip() if os.path.exists("/proc") else "boot"


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
    done = type(row)._default_manager.filter(pk=row.pk, fence=row.fence).update(**values)  # type: ignore[attr-defined]
    if not done:
        raise LeaseLost(f"{row._meta.model_name} {row.pk}")
    for name, value in values.items():
        setattr(row, name, value)


def release(row: M, **values: Any) -> None:
    """Give the row back, with the last values written in the same statement."""
    write(row, lease_owner="", lease_until=None, **values)
