"""What a network can answer but success, named by what we do next.

NetworkError
├── TryLater          wait until retry_at, then again (nothing was done)
│   └── Blocked       an address that we do not visit; nothing left this machine
├── Reconnect         the credentials no longer hold: a person must sign in again
├── Refused           the network said no, in its own words: never again with the same content
│   └── WrongAnswer   an answer of the connect form does not hold; says which
└── OutcomeUnknown    the request may have been carried out: look it up before anything else

Our own sentences hold no values: the filter `in_words` shows what was kept in the reader's language.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any


class NetworkError(Exception):
    """`str(error)` is a sentence for a person, in the network's words where it gave any; may be lazy."""

    def __init__(self, message: Any = "", *, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class TryLater(NetworkError):
    """Nothing was done. `retry_at` is when to ask again, None: when you like."""

    def __init__(
        self, message: Any = "", *, retry_at: datetime | None = None, status: int | None = None
    ) -> None:
        super().__init__(message, status=status)
        self.retry_at = retry_at


class Blocked(TryLater):
    """The address leads to where we do not go, such as a private network."""


class Reconnect(NetworkError):
    """The network no longer takes our credentials."""


class Refused(NetworkError):
    """The network understood and said no."""


class WrongAnswer(Refused):
    """`field` names the Ask whose answer does not hold, '' when it is not known which."""

    def __init__(self, message: Any = "", *, field: str = "", status: int | None = None) -> None:
        super().__init__(message, status=status)
        self.field = field


class OutcomeUnknown(NetworkError):
    """The request left this machine and no answer that can be trusted came back."""
