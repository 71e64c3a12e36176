"""The border: what crosses between Samspill and a network, and what a network can be asked.

Only frozen dataclasses, aware datetimes and errors (see errors.py) cross. JSON stays with the network.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar


class Can(StrEnum):
    PUBLISH = "publish"
    INBOX = "inbox"  # replies, mentions, follows reach us
    NUMBERS = "numbers"
    READ = "read"  # a public source that is only read, such as a feed


@dataclass(frozen=True)
class Ask:
    """One field of the connect form. `secret` fields are typed hidden, kept encrypted, never shown again."""

    name: str
    label: Any  # lazy text
    help: Any = ""
    secret: bool = False
    required: bool = True
    placeholder: str = ""


@dataclass(frozen=True)
class Step:
    """A sign-in in two steps: the person opens `url`, and what they find there answers `step_asks`.

    `carry` goes back to sign_in together with the answers; it is sealed while the person is away.
    """

    url: str
    carry: Mapping[str, str] = field(repr=False)


Secrets = Mapping[str, str]


@dataclass(frozen=True)
class Account:
    """Our account on a network, as an adapter needs it.

    `keep` stores refreshed secrets at once, in one commit. `alone` holds everyone else back while secrets are
    renewed, and gives them as they stand by then ({}: as they were).
    """

    server: str  # https://host without a path
    handle: str
    remote_id: str
    secrets: Secrets = field(repr=False)
    keep: Callable[[Secrets], None] = field(repr=False, default=lambda secrets: None)
    alone: Callable[[], AbstractContextManager[Secrets]] = field(repr=False, default=lambda: nullcontext({}))

    def renew(self, stale: Secrets, ask: Callable[[Secrets], Secrets]) -> Secrets:
        """Secrets newer than `stale`: those somebody else has fetched meanwhile, or what `ask` fetches."""
        with self.alone() as now:
            if now and dict(now) != dict(stale):
                return now
            fresh = ask(stale)
            self.keep(fresh)
            return fresh


@dataclass(frozen=True)
class SignedIn:
    """The answer to a successful sign-in."""

    account: Account
    name: str
    url: str


@dataclass(frozen=True)
class Limits:
    """What the server takes, as the server says it. Lengths are in the network's own unit."""

    text: int
    unit: str  # "graphemes", "characters"
    link_length: int | None = None  # every link counts as this many, None: as it stands
    images: int = 4
    image_bytes: int = 1_000_000
    alt_text: int = 1500


@dataclass(frozen=True)
class Image:
    content: bytes = field(repr=False)
    media_type: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class Ref:
    """A post on a network. `token` is whatever the network needs to point at it (Bluesky: uri and cid)."""

    id: str
    url: str = ""
    token: str = ""


@dataclass(frozen=True)
class Outgoing:
    """What we want to say. `key` and `due_at` never change for a delivery: what derives from them stays."""

    key: str
    due_at: datetime
    text: str
    images: Sequence[Image] = ()
    language: str = ""
    reply_to: Ref | None = None
    root: Ref | None = None  # the first post of the thread that reply_to stands in


@dataclass(frozen=True)
class Payload:
    """The frozen bytes of one publishing request, stored before it leaves. `id`: ours to choose, or ''."""

    body: bytes
    id: str = ""


@dataclass(frozen=True)
class Author:
    remote_id: str
    handle: str
    name: str
    url: str = ""


class Kind(StrEnum):
    REPLY = "reply"
    MENTION = "mention"
    FOLLOW = "follow"
    REACTION = "reaction"
    SHARE = "share"


@dataclass(frozen=True)
class Incoming:
    """Something that reached us. For a follow `text` is empty and `id` names the follow itself."""

    id: str
    kind: Kind
    author: Author
    at: datetime
    text: str = ""  # plain text
    url: str = ""
    ref: Ref | None = None  # to answer it, never more openly than it was said
    parent_id: str = ""  # the post it replies to
    root_id: str = ""  # the first post of its thread
    root: Ref | None = None
    public: bool = True


@dataclass(frozen=True)
class Page:
    """A stretch of what reached us, oldest first; `cursor` is kept in the same transaction as the items."""

    items: Sequence[Incoming]
    cursor: str
    more: bool = False


@dataclass(frozen=True)
class Numbers:
    """An account's figures now; None where the network does not tell."""

    followers: int | None = None
    following: int | None = None
    posts: int | None = None
    last_post_at: datetime | None = None


@dataclass(frozen=True)
class PostNumbers:
    id: str
    reactions: int | None = None
    shares: int | None = None
    replies: int | None = None


class Network(ABC):
    """One kind of network. Stateless: every call gets the account it works for.

    Each method asks the outside at most a few times and raises one of errors.py; nothing else escapes.
    """

    key: ClassVar[str]
    name: ClassVar[str]
    about: ClassVar[Any] = ""  # lazy text: one sentence for somebody who chooses
    can: ClassVar[frozenset[Can]]
    asks: ClassVar[tuple[Ask, ...]]
    step_asks: ClassVar[tuple[Ask, ...]] = ()  # what the person brings back from a Step
    idempotent: ClassVar[bool] = (
        False  # sending the same payload twice has the effect of once, without a time limit
    )
    settle: ClassVar[timedelta] = timedelta(seconds=75)  # our longest time-out plus what their edge may hold

    def begin(self, answers: Mapping[str, str]) -> Step | None:
        """The second step of the sign-in, or None where the answers are enough. Raises as sign_in does."""
        return None

    @abstractmethod
    def sign_in(self, answers: Mapping[str, str]) -> SignedIn:
        """Turn the answers (with a step's answers and carry) into an account. WrongAnswer: which and why."""

    @abstractmethod
    def limits(self, account: Account) -> Limits: ...

    @abstractmethod
    def length(self, text: str, limits: Limits) -> int:
        """The text's length as the network counts it."""

    @abstractmethod
    def prepare(self, account: Account, outgoing: Outgoing) -> Payload:
        """Resolve mentions, upload images (repeatable without harm) and freeze the request."""

    @abstractmethod
    def send(self, account: Account, payload: Payload, key: str) -> Ref:
        """Exactly one request that publishes. TryLater only when surely nothing left this machine."""

    @abstractmethod
    def find(self, account: Account, payload: Payload, key: str, since: datetime) -> Ref | None:
        """Is the payload already out? None: surely not. TryLater: could not look."""

    @abstractmethod
    def delete(self, account: Account, ref: Ref) -> None: ...

    @abstractmethod
    def fetch(self, account: Account, cursor: str) -> Page:
        """What reached us since the cursor ('' at first: the newest stretch)."""

    @abstractmethod
    def thread(self, account: Account, ref: Ref) -> Sequence[Incoming]:
        """Everything below one of our posts: a notification can be lost, the thread is the truth."""

    @abstractmethod
    def numbers(self, account: Account) -> Numbers: ...

    @abstractmethod
    def post_numbers(self, account: Account, refs: Sequence[Ref]) -> Sequence[PostNumbers]: ...
