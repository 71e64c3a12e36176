"""What a site asks of programs (robots.txt, RFC 9309), asked for once a day and obeyed.

A site without the file allows all. One whose file cannot be had just now is left alone until it can.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _
from protego import Protego

from samspill.networks import http
from samspill.networks.errors import Blocked, TryLater
from samspill.networks.said import retry_at

NAME = "Samspill"
HOLDS = timedelta(hours=24)
AGAIN = timedelta(hours=1)  # after the file could not be had
LARGEST = 512 * 1024  # bytes; RFC 9309 2.5
MOST = 1000  # sites that are remembered

_known: OrderedDict[str, tuple[datetime, Protego]] = OrderedDict()
_lock = threading.Lock()


def may_read(url: str) -> None:
    """Raises TryLater, with when, where the site asks us not to read an address, or does not say."""
    now = datetime.now(UTC)
    parts = urlsplit(url)
    site = f"{parts.scheme}://{parts.netloc}"
    with _lock:
        at, rules = _known.get(site, (None, None))
    if rules is None or at is None or now - at > HOLDS:
        rules = _ask(site, now)
        with _lock:
            _known[site] = (now, rules)
            _known.move_to_end(site)
            while len(_known) > MOST:
                _known.popitem(last=False)
    if not rules.can_fetch(url, NAME):
        message = _("The site asks programs not to read this (robots.txt). It is asked again tomorrow.")
        raise TryLater(message, retry_at=now + HOLDS)


def forget() -> None:
    """Ask every site anew."""
    with _lock:
        _known.clear()


def _ask(site: str, now: datetime) -> Protego:
    try:
        answer = http.request("GET", f"{site}/robots.txt", limit=LARGEST)
    except Blocked:
        raise
    except TryLater as error:
        raise TryLater(error.args[0], retry_at=now + AGAIN) from error
    if answer.status == 429 or answer.status >= 500:
        wait = retry_at(answer.headers, now) or now + AGAIN
        raise TryLater(
            _("The site cannot be asked just now what it allows."), retry_at=wait, status=answer.status
        )
    return Protego.parse(answer.body.decode("utf-8", "replace") if answer.ok else "")
