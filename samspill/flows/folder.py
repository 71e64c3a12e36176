"""The data folder: ours alone, on a disk that keeps what it is given; what is wrong with it in a sentence."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import sqlite3
from pathlib import Path
from typing import IO

from django.db import OperationalError

# SQLite needs locks that hold and writes that stay; over a network neither is sure.
FAR = {
    "9p", "afs", "ceph", "cifs", "davfs", "fuse.glusterfs", "fuse.rclone", "fuse.sshfs", "glusterfs",
    "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs",
}  # fmt: skip
LEAST_FREE = 50 * 2**20
FULL = "The disk is full. What was being done waits until there is room again."


class CannotStart(Exception):
    """`str(error)` says what is wrong and what to do."""


def prepare(folder: Path, *, sqlite: bool) -> None:
    """Make the folder, and refuse one that would lose or garble what is put in it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "tmp").mkdir(mode=0o700, exist_ok=True)
        trial = folder / "tmp" / "trial"
        trial.write_bytes(b"x")
        trial.unlink()
    except OSError as error:
        raise CannotStart(_cannot_write(folder, error)) from error
    if sqlite and (kind := file_system(folder, _mounts())) in FAR:
        raise CannotStart(
            f"The data folder {folder} lies on a network file system ({kind}), where SQLite can lose data. "
            "Put SAMSPILL_DATA on a local disk, or use PostgreSQL (SAMSPILL_DATABASE)."
        )
    if said := too_full(folder, shutil.disk_usage(folder).free):
        raise CannotStart(said)


def take(folder: Path) -> IO[str]:
    """Lock the folder for this start. The lock holds until every process that has the file has ended."""
    file = (folder / "lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.seek(0)
        who = f" (process {pid})" if (pid := file.read().strip()) else ""
        file.close()
        raise CannotStart(
            f"Samspill is already running on the data folder {folder}{who}. "
            "Stop it first, or give this one another folder with SAMSPILL_DATA."
        ) from error
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def too_full(folder: Path, free: int) -> str:
    """The sentence when too little is left on the disk, else nothing."""
    if free >= LEAST_FREE:
        return ""
    left = f"Only {free // 2**20} MB are left on the disk of {folder}."
    return f"{left} Make room for at least 50 MB and start again."


def file_system(folder: Path, mounts: str) -> str:
    """The type of file system a folder lies on, from the text of /proc/self/mountinfo; '' if not told."""
    best, kind = Path("/"), ""
    for line in mounts.splitlines():
        before, _dash, after = line.partition(" - ")
        point = Path(before.split()[4].encode().decode("unicode_escape"))
        if (point == folder or point in folder.parents) and len(point.parts) >= len(best.parts):
            best, kind = point, after.split()[0]
    return kind


def _mounts() -> str:
    try:
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def sentence(error: BaseException | None) -> str:
    """What a person should know and do about a fault of the disk; nothing for other faults."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return FULL
        if isinstance(error, sqlite3.OperationalError | OperationalError):
            said = str(error)
            if "disk is full" in said:
                return FULL
            if "readonly" in said or "unable to open" in said:
                return "The database file cannot be written. Check who owns the data folder and its files."
        error = error.__cause__ or error.__context__
    return ""


def _cannot_write(folder: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk of {folder} is full. Make room for at least 50 MB and start again."
    return (
        f"The data folder {folder} cannot be written ({error.strerror}). "
        "Let this user own it, or choose another with SAMSPILL_DATA."
    )
