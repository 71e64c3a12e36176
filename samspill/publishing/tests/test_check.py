"""What keeps a draft from going out, on both sides of every limit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from samspill.networks.base import Limits
from samspill.networks.models import Channel
from samspill.publishing.check import count, problems
from samspill.publishing.models import Draft

Drafted = Callable[..., Draft]


def sentences(draft: Draft, *, blocking: bool = True) -> list[str]:
    return [problem.sentence for problem in problems(draft) if problem.blocks is blocking]


def picture(draft: Draft, **more: Any) -> Any:
    return draft.pictures.create(sha256="x", media_type="image/png", width=1, height=1, **more)


def test_a_draft_with_text_and_channel_is_ready(drafted: Drafted, channel: Channel) -> None:
    assert problems(drafted("Hei", channel)) == []


def test_pictures_alone_are_enough(drafted: Drafted, channel: Channel) -> None:
    draft = drafted("", channel, title="Bilde")
    assert sentences(draft) == ["There is no text yet. Write what should be said."]
    picture(draft, alt="En mast")
    assert problems(draft) == []


def test_the_text_may_be_as_long_as_the_server_takes(
    drafted: Drafted, bluesky: Channel, mastodon: Channel
) -> None:
    assert sentences(drafted("a" * 300, bluesky, mastodon)) == []
    assert sentences(drafted("a" * 301, bluesky, mastodon)) == [
        "The text is 1 character too long for Fjordkraftlaget (Bluesky)."
    ]
    assert len(sentences(drafted("a" * 501, bluesky, mastodon))) == 2


def test_a_server_that_takes_more_is_believed(drafted: Drafted, mastodon: Channel) -> None:
    mastodon.limits = asdict(Limits(text=5000, unit="characters", link_length=23))
    mastodon.save()
    assert sentences(drafted("a" * 5000, mastodon)) == []
    assert sentences(drafted("a" * 5001, mastodon)) != []


def test_a_picture_without_alt_text_is_advised_against_not_refused(
    drafted: Drafted, bluesky: Channel
) -> None:
    draft = drafted("Hei", bluesky)
    shown = picture(draft)
    assert sentences(draft) == []
    assert "no alt text" in sentences(draft, blocking=False)[0]
    shown.alt = "En mast"
    shown.save()
    assert problems(draft) == []


def test_as_many_pictures_as_the_channel_takes(drafted: Drafted, bluesky: Channel) -> None:
    draft = drafted("Hei", bluesky)
    for _number in range(4):
        picture(draft, alt="En mast")
    assert problems(draft) == []
    picture(draft, alt="En mast")
    assert "takes 4 pictures at most" in sentences(draft)[0]


def test_an_alt_text_as_long_as_the_channel_takes(drafted: Drafted, mastodon: Channel) -> None:
    mastodon.limits["alt_text"] = 100
    mastodon.save()
    draft = drafted("Hei", mastodon)
    shown = picture(draft, alt="a" * 100)
    assert problems(draft) == []
    shown.alt = "a" * 101
    shown.save()
    assert "takes 100" in sentences(draft)[0]


def test_a_closed_channel_is_refused_and_one_to_connect_again_is_said(
    drafted: Drafted, bluesky: Channel, mastodon: Channel
) -> None:
    draft = drafted("Hei", bluesky, mastodon)
    Channel.objects.filter(pk=bluesky.pk).update(closed_at=timezone.now())
    Channel.objects.filter(pk=mastodon.pk).update(state=Channel.State.RECONNECT)
    assert "is closed" in sentences(draft)[0]
    assert "connected again" in sentences(draft, blocking=False)[0]


def test_the_counter_warns_from_the_last_tenth(bluesky: Channel) -> None:
    for length, css in ((270, ""), (271, "near"), (300, "near"), (301, "over")):
        assert count("a" * length, bluesky).css == css
