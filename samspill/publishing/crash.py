"""Named places at which the process test kills the process; anywhere else they do nothing."""

from collections.abc import Callable

POINTS = (
    "claimed",
    "reconciled",
    "before_intent",
    "after_intent",
    "before_record",
    "after_record",
)


def _nothing(name: str) -> None: ...


reached: Callable[[str], None] = _nothing


def point(name: str) -> None:
    reached(name)
