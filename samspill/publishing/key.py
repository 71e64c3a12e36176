"""The key of a delivery: the same for the same row for ever, also after yesterday's backup was restored."""

import os
import uuid
from pathlib import Path

from django.conf import settings

NAMESPACE = uuid.UUID("4f2d8c1e-6a77-5f0b-9d3a-1c5b8e7a2f60")


def delivery_key(delivery: uuid.UUID, generation: int) -> str:
    """A function of data that never changes; only a person's "post again" makes a new generation."""
    return str(uuid.uuid5(NAMESPACE, f"{installation_id()}/{delivery}/{generation}"))


def installation_id() -> str:
    """What tells this installation from a copy of it elsewhere: a file in the data folder, made once."""
    path = Path(settings.DATA_DIR) / "installation-id"
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii").strip()


def _make(path: Path) -> None:
    """Write it whole under a name of its own and link it: of many who ask one wins, and all read it."""
    made = str(uuid.uuid4())
    mine = path.with_name(f"{path.name}.{made}")
    mine.write_text(made, encoding="ascii")
    try:
        os.link(mine, path)
    except FileExistsError:
        pass
    finally:
        mine.unlink()
