"""The key follows from what never changes, so yesterday's backup makes the same ones."""

from __future__ import annotations

import threading
import uuid
from pathlib import Path
from typing import Any

from samspill.publishing.key import delivery_key, installation_id

DELIVERY = uuid.UUID("0b7e7d3c-52a4-4c59-8a9e-0f6f6b1f3d11")


def test_same_delivery_same_key(tmp_path: Path) -> None:
    assert delivery_key(DELIVERY, 1) == delivery_key(DELIVERY, 1)
    assert delivery_key(DELIVERY, 2) != delivery_key(DELIVERY, 1)
    assert delivery_key(uuid.uuid4(), 1) != delivery_key(DELIVERY, 1)


def test_another_installation_makes_other_keys(settings: Any, tmp_path: Path) -> None:
    here = delivery_key(DELIVERY, 1)
    settings.DATA_DIR = tmp_path / "elsewhere"
    settings.DATA_DIR.mkdir()
    assert delivery_key(DELIVERY, 1) != here


def test_the_identity_is_made_once_though_many_ask_at_once(tmp_path: Path) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(installation_id())) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert uuid.UUID(found[0])
    assert [path.name for path in tmp_path.iterdir()] == ["installation-id"]
