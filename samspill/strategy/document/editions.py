"""Editions: the whole strategy kept as it is now, to be adopted, compared with, and come back to."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from samspill.accounts.models import User
from samspill.strategy.document.write import Plain, as_json, digest, document
from samspill.strategy.models import Edition, Strategy


class Damaged(ValueError):
    """An edition no longer says what it said when it was kept."""


def pack(said: Plain) -> bytes:
    return zlib.compress(as_json(said).encode(), 9)


def unpack(packed: bytes, sha256: str = "") -> Plain:
    """Raises Damaged where the bytes are not what was kept."""
    try:
        plain = zlib.decompress(packed)
        if sha256 and hashlib.sha256(plain).hexdigest() != sha256:
            raise Damaged
        said: Plain = json.loads(plain)
    except (zlib.error, ValueError) as error:
        raise Damaged from error
    return said


def opened(edition: Edition) -> Plain:
    return unpack(bytes(edition.document), edition.sha256)


def keep(
    strategy: Strategy, by: User, *, note: str = "", adopted_by: str = "", adopted_on: date | None = None
) -> Edition:
    """The strategy as it stands, under the next number."""
    with transaction.atomic():
        Strategy.objects.select_for_update().get(pk=strategy.pk)
        said = document(strategy)
        last = Edition.objects.of(strategy).aggregate(last=Max("number"))["last"] or 0
        return Edition.objects.create(
            strategy=strategy,
            number=last + 1,
            document=pack(said),
            sha256=digest(said),
            note=note,
            made_by=by,
            adopted_by=adopted_by,
            adopted_on=adopted_on,
        )


@dataclass(frozen=True)
class Standing:
    """Where the strategy stands: a draft, adopted as it is, revised since, or expired."""

    state: str  # draft, adopted, revised, expired
    adopted: Edition | None


def standing(strategy: Strategy) -> Standing:
    """One look at the editions, and one at the strategy where something was adopted."""
    if strategy.pk is None:
        return Standing("draft", None)
    adopted = Edition.objects.of(strategy).exclude(adopted_on=None).defer("document").first()
    if strategy.valid_to and strategy.valid_to < timezone.localdate():
        return Standing("expired", adopted)
    if adopted is None:
        return Standing("draft", None)
    return Standing("adopted" if digest(document(strategy)) == adopted.sha256 else "revised", adopted)
