"""What a network can answer but success, named by what we do next.

NetworkError
├── TryLater          wait until retry_at, then again (nothing was done)
├── Reconnect         the credentials no longer hold: a person must sign in again
├── Refused           the network said no, in its own words: never again with the same content
└── OutcomeUnknown    the request may have been carried out: look it up before anything else
"""

from datetime import datetime


class NetworkError(Exception):
    """`str(error)` is a sentence for a person, in the network's words where it gave any."""

    def __init__(self, message: str = "", *, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class TryLater(NetworkError):
    """Nothing was done. `retry_at` is when to ask again, None: when you like."""

    def __init__(self, message: str = "", *, retry_at: datetime | None = None, status: int | None = None) -> None:
        super().__init__(message, status=status)
        self.retry_at = retry_at


class Reconnect(NetworkError):
    """The network no longer takes our credentials."""


class Refused(NetworkError):
    """The network understood and said no."""


class OutcomeUnknown(NetworkError):
    """The request left this machine and no answer that can be trusted came back."""
