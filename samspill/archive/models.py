"""The streams that fill the archive, and what people must know of them: gaps, and what could not be read.

What is kept, and how far each stream has got, stands in the archive's own file (store/): there both change in
one transaction. These rows say what to stream, and how it goes.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User, Workspace
from samspill.archive.kinds import Kind
from samspill.networks.registry import network_name

LARGEST_LETTER = 64 * 1024  # bytes of a frame that are kept
MINDED = timedelta(minutes=2)
# What Jetstream servers still have: a day, and what a look back costs grows with it.
LOOK_BACK = ((0, _("now")), (1, _("one hour back")), (6, _("six hours back")), (24, _("one day back")))
MOST_LETTERS = 10_000  # of one stream; older ones make room


class StreamQuerySet(models.QuerySet["Stream"]):
    def in_workspace(self, workspace: Workspace) -> StreamQuerySet:
        return self.filter(workspace=workspace)

    def on(self) -> StreamQuerySet:
        """Neither paused by a person nor ended by what its server said."""
        return self.filter(paused_at=None, stopped_at=None)


class Stream(models.Model):
    """A source of public posts that is listened to without end."""

    class Network(models.TextChoices):
        BLUESKY = "bluesky", "Bluesky"
        MASTODON = "mastodon", "Mastodon"
        FEED = "feed", _("Blog or site")

    class Keep(models.TextChoices):
        EVERYTHING = "everything", _("everything")
        SAMPLE = "sample", _("a sample")
        MATCHES = "matches", _("what watches ask for")

    class State(models.TextChoices):
        NEW = "new", _("has not begun yet")
        LIVE = "live", _("is up to date")
        BEHIND = "behind", _("is catching up")
        AWAY = "away", _("does not get through")
        STOPPED = "stopped", _("has ended")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="streams")
    network = models.CharField(max_length=20, choices=Network.choices, default=Network.BLUESKY)
    source = models.TextField()  # the servers, one a line, in the order in which they are tried
    tag = models.CharField(max_length=100, blank=True)  # Mastodon: the hashtag, without its sign
    look_back = models.PositiveSmallIntegerField(choices=LOOK_BACK, default=0)  # hours, of a firehose
    title = models.CharField(max_length=100, blank=True)  # of a feed, as it says itself
    is_comments = models.BooleanField(default=False)  # a feed of comments, not of articles
    keep = models.CharField(max_length=10, choices=Keep.choices, default=Keep.EVERYTHING)
    one_in = models.PositiveIntegerField(default=10)  # of a sample
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    last_error = models.TextField(blank=True)
    reached_at = models.DateTimeField(null=True)  # all that was said until then is kept
    minded_at = models.DateTimeField(null=True)  # when the process for streams last looked after it
    late_found_total = models.PositiveBigIntegerField(default=0)  # what only the second reader has seen
    late_found_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    added_at = models.DateTimeField(default=timezone.now)
    paused_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(
        null=True
    )  # its server said that there is no more; `last_error` says why

    objects = StreamQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} ({', '.join(self.servers())})"

    @property
    def name(self) -> str:
        """What people call it."""
        if self.is_comments:
            return _("Comments: %(title)s") % {"title": self.title}
        return self.title or " ".join([str(self.get_network_display()), *self.tags()])

    @property
    def kind(self) -> Kind:
        if self.network == self.Network.FEED:
            return Kind.COMMENTS if self.is_comments else Kind.FEED
        return Kind.HASHTAG if self.tag else Kind.FIREHOSE

    @property
    def is_firehose(self) -> bool:
        return self.kind == Kind.FIREHOSE

    @property
    def key(self) -> str:
        """What the archive knows it by."""
        return f"{self.network}/{self.uuid.hex}"

    @property
    def begin(self) -> int:
        """Where it begins when it is new, in microseconds since 1970; 0 for now."""
        if not self.look_back:
            return 0
        return int((self.added_at - timedelta(hours=self.look_back)).timestamp() * 1_000_000)

    def servers(self) -> list[str]:
        return self.source.split()

    def is_minded(self) -> bool:
        """Whether the process for streams runs and looks after it."""
        return self.minded_at is not None and timezone.now() - self.minded_at < MINDED

    def tags(self) -> list[str]:
        """The hashtag it is about, with its sign, if any."""
        return [f"#{self.tag}"] if self.tag else []

    def share(self) -> float:
        """The part of all posts that is kept, where that is known beforehand."""
        return 1 / self.one_in if self.keep == self.Keep.SAMPLE else 1.0

    def came_since(self, hours: int) -> int:
        """Posts that came to the archive in this hour and the `hours` - 1 before it."""
        first = hour_of(timezone.now()) - timedelta(hours=hours - 1)
        return self.hours.filter(hour__gte=first).aggregate(n=models.Sum("posts"))["n"] or 0


class StreamHour(models.Model):
    """What came in an hour: `posts` that are new in the archive, `frames` and their `bytes` on the line."""

    stream = models.ForeignKey(Stream, models.CASCADE, related_name="hours")
    hour = models.DateTimeField()
    posts = models.PositiveBigIntegerField(default=0)
    frames = models.PositiveBigIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "hour"], name="one_row_a_stream_and_hour")]


class Gap(models.Model):
    """A stretch of time of which something may be missing. Closed only when a second source has filled it."""

    stream = models.ForeignKey(Stream, models.CASCADE, related_name="gaps")
    since = models.DateTimeField()
    until = models.DateTimeField()
    found_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    filled_by = models.CharField(max_length=255, blank=True)  # the server that still had it
    filled_posts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "since"], name="one_gap_a_beginning")]
        ordering = ["-since"]


class DeadLetter(models.Model):
    """What a stream sent and nobody could read, as it came, up to 64 kB of it."""

    stream = models.ForeignKey(Stream, models.CASCADE, related_name="letters")
    cursor = models.CharField(max_length=255)  # after which it came
    raw = models.BinaryField()
    size = models.PositiveIntegerField()  # bytes, before it was cut
    digest = models.CharField(max_length=64)  # sha256 of all of it: the same frame again is the same letter
    error = models.TextField()
    came_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "digest"], name="one_letter_a_frame")]
        ordering = ["-pk"]

    def shown(self) -> str:
        """The beginning of it, for a person: what is no text stands as signs for bytes."""
        return bytes(self.raw[:400]).decode("utf-8", "backslashreplace")


class Keeping(models.Model):
    """How long what is said on a network is kept, in the whole installation. Without a row: the defaults."""

    NAMES = 12  # months

    network = models.CharField(max_length=20, unique=True)
    # Who said it; None: as long as the post. And the post itself; None: without end.
    names_months = models.PositiveIntegerField(null=True, blank=True, default=NAMES)
    posts_months = models.PositiveIntegerField(null=True, blank=True)
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["network"]

    def __str__(self) -> str:
        return network_name(self.network)


class Erasure(models.Model):
    """Somebody's wish that nothing they said is kept. It stays, so that a copy put back is erased again."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="erasures")
    network = models.CharField(max_length=20)
    author = models.CharField(max_length=255)  # the network's lasting id
    until = models.DateTimeField(null=True)  # what they said until then; None: also all they say from now on
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    posts = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{network_name(self.network)}: {self.author}"


def hour_of(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
