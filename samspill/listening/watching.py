"""The watches of all workspaces as one question, asked of each post as it comes to the archive."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.utils import timezone

from samspill.archive.match import Matcher
from samspill.archive.posts import Post
from samspill.archive.query import Node
from samspill.archive.query_parse import Wrong, parse
from samspill.archive.store.sqlite import SqliteStore
from samspill.listening.models import FormerLabel, WatchVersion

log = logging.getLogger(__name__)
STEP = 2000  # posts that are labelled in one transaction


def node_of(version: WatchVersion) -> Node:
    """What the version asks. Raises Wrong where this language no longer has it."""
    return parse(version.query, version.made_at, ZoneInfo("UTC"))


@dataclass
class Watching:
    """Looks again at which watches there are; knows of a post which of them it meets."""

    store: SqliteStore
    known: dict[int, tuple[str, int]] = field(default_factory=dict)  # of a label its query and workspace
    matcher: Matcher = field(default_factory=lambda: Matcher({}))

    def refresh(self) -> None:
        """Take in what has changed: the newest version of each watch that is on."""
        rows = (
            WatchVersion.objects.filter(watch__paused_at=None)
            .order_by("watch_id", "-number")
            .values_list("watch_id", "pk", "query", "watch__workspace_id")
        )
        newest: dict[int, tuple[int, str, int]] = {}
        for watch, label, query, workspace in rows:
            newest.setdefault(watch, (label, query, workspace))
        known = {label: (query, workspace) for label, query, workspace in newest.values()}
        if known != self.known:
            self.matcher = Matcher(_nodes(known), self.store.accounts)
            self.known = known

    def labels(self, post: Post) -> Sequence[int]:
        return self.matcher(post)

    def meets(self, post: Post, workspace: int) -> bool:
        """Whether a watch of the workspace is met."""
        known = self.known
        return any(known[label][1] == workspace for label in self.matcher(post) if label in known)

    def catch_up(self, seconds: float) -> bool:
        """Label what was kept before a watch, and forget labels of watches that are gone, for so long at the
        most. Whether something is left."""
        until = time.monotonic() + seconds
        for former in FormerLabel.objects.all():
            if self.store.forget_label(former.label):
                former.delete()
            if time.monotonic() > until:
                return True
        waiting = WatchVersion.objects.filter(pk__in=self.known, labelled_at=None).order_by("pk")
        return any(not self._label(version, until) for version in waiting)

    def _label(self, version: WatchVersion, until: float) -> bool:
        """Some of what was kept before; whether all of it."""
        node = _nodes({version.pk: (version.query, 0)}).get(version.pk)
        before = version.labelled_to
        while node is not None:
            before = self.store.label(version.pk, node, before=before, limit=STEP)
            if before is None:
                break
            WatchVersion.objects.filter(pk=version.pk).update(labelled_to=before)
            if time.monotonic() > until:
                return False
        WatchVersion.objects.filter(pk=version.pk).update(labelled_at=timezone.now())
        return True


def _nodes(known: dict[int, tuple[str, int]]) -> dict[int, Node]:
    found: dict[int, Node] = {}
    for label, (query, _workspace) in known.items():
        try:
            found[label] = parse(query, timezone.now(), ZoneInfo("UTC"))
        except Wrong as error:
            log.warning("The query of watch version %d cannot be read: %s", label, error)
    return found
