"""What keeps a draft from going out, and what is worth a second look: sentences beside their fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.networks.base import Limits
from samspill.networks.models import Channel
from samspill.publishing.models import Draft, Picture, Version


@dataclass(frozen=True)
class Problem:
    """`field` is where the sentence stands; what does not block is advice."""

    field: str
    sentence: str
    blocks: bool = True


@dataclass(frozen=True)
class Count:
    """A text's length as its channel counts it."""

    length: int
    limit: int
    unit: str

    @property
    def left(self) -> int:
        return self.limit - self.length

    @property
    def over(self) -> int:
        return max(0, -self.left)

    @property
    def css(self) -> str:
        return "over" if self.left < 0 else "near" if self.left < self.limit * 0.1 else ""


def count(text: str, channel: Channel) -> Count:
    limits = channel.known_limits()
    return Count(channel.adapter().length(text, limits), limits.text, limits.unit)


def problems(draft: Draft) -> list[Problem]:
    """All of them, the blocking ones first."""
    found = list(_problems(draft))
    return sorted(found, key=lambda problem: not problem.blocks)


def blocking(draft: Draft) -> None:
    """Raise ValidationError by field for what keeps the draft from going out."""
    said: dict[str, list[str]] = {}
    for problem in problems(draft):
        if problem.blocks:
            said.setdefault(problem.field, []).append(problem.sentence)
    if said:
        raise ValidationError(said)


def _problems(draft: Draft) -> Iterator[Problem]:
    versions = list(draft.versions.select_related("channel").order_by("channel__name", "pk"))
    pictures = list(draft.pictures.all())
    if not versions:
        yield Problem("channels", _("Choose at least one channel."))
    if not pictures and not draft.text.strip() and not any(version.text.strip() for version in versions):
        yield Problem("text", _("There is no text yet. Write what should be said."))
        return
    for version in versions:
        yield from _of_version(version, pictures)
    for number, picture in enumerate(pictures, 1):
        if not picture.alt.strip():
            sentence = _("Picture %(number)d has no alt text. People who cannot see it get nothing from it.")
            yield Problem(f"alt_{picture.pk}", sentence % {"number": number}, blocks=False)


def _of_version(version: Version, pictures: list[Picture]) -> Iterator[Problem]:
    channel, limits = version.channel, version.channel.known_limits()
    field = f"own_text_{channel.pk}" if version.is_own else "text"
    if channel.closed_at:
        sentence = _("%(channel)s is closed. Choose another channel.")
        yield Problem("channels", sentence % {"channel": channel})
    elif channel.state == Channel.State.RECONNECT:
        sentence = _("%(channel)s must be connected again before this can go out there.")
        yield Problem("channels", sentence % {"channel": channel}, blocks=False)
    if not version.text.strip() and not pictures:
        sentence = _("There is no text for %(channel)s. Write it, or leave the channel out.")
        yield Problem(field, sentence % {"channel": channel})
    if (over := -count(version.text, channel).left) > 0:
        sentence = ngettext(
            "The text is %(n)d character too long for %(channel)s.",
            "The text is %(n)d characters too long for %(channel)s.",
            over,
        )
        yield Problem(field, sentence % {"n": over, "channel": channel})
    yield from _of_pictures(channel, limits, pictures)


def _of_pictures(channel: Channel, limits: Limits, pictures: list[Picture]) -> Iterator[Problem]:
    if len(pictures) > limits.images:
        sentence = ngettext(
            "%(channel)s takes %(n)d picture at most. Take some out, or leave the channel out.",
            "%(channel)s takes %(n)d pictures at most. Take some out, or leave the channel out.",
            limits.images,
        )
        yield Problem("pictures", sentence % {"n": limits.images, "channel": channel})
    for number, picture in enumerate(pictures, 1):
        if len(picture.alt) > limits.alt_text:
            sentence = _("The alt text of picture %(number)d is too long; %(channel)s takes %(n)d signs.")
            words = {"number": number, "channel": channel, "n": limits.alt_text}
            yield Problem(f"alt_{picture.pk}", sentence % words)
