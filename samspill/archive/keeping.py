"""How long things are kept, and who wants what they said erased: carried out by the process that writes."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

from django.utils import timezone

from samspill.archive.models import Erasure, Keeping
from samspill.archive.query import And
from samspill.archive.store import Store

log = logging.getLogger(__name__)
MONTH = timedelta(days=30.44)
EVER = (1 << 46) - 1  # milliseconds: all that is ever said


def keepings(networks: list[str]) -> list[Keeping]:
    """One for each network, as it is set or as it is by default."""
    known = {each.network: each for each in Keeping.objects.all()}
    return [known.get(network) or Keeping(network=network) for network in sorted({*networks, *known})]


def put_away(store: Store, networks: list[str], now: datetime, seconds: float) -> bool:
    """Put away and remove what is old enough, for so long at the most. Whether something is left."""
    until = time.monotonic() + seconds
    if not store.count(And(()), most=1):
        return False
    for each in keepings(networks):
        for months, step in ((each.posts_months, store.drop), (each.names_months, store.veil)):
            if months is None:
                continue
            before = int((now - months * MONTH).timestamp() * 1000)
            while step(each.network, before):
                if time.monotonic() > until:
                    return True
    return False


def erase(store: Store) -> None:
    """Carry out what people have asked for since the last look."""
    for wish in Erasure.objects.filter(done_at=None):
        until = EVER if wish.until is None else int(wish.until.timestamp() * 1000)
        posts = store.erase(wish.network, wish.author, until)
        Erasure.objects.filter(pk=wish.pk).update(done_at=timezone.now(), posts=posts)
        log.info("Erased %d posts of somebody on %s, as they asked.", posts, wish.network)


def erase_again(store: Store) -> None:
    """All wishes there ever were: a copy of the archive that was put back may hold what was erased."""
    for wish in Erasure.objects.exclude(done_at=None):
        until = EVER if wish.until is None else int(wish.until.timestamp() * 1000)
        store.erase(wish.network, wish.author, until)
