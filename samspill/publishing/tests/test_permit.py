"""Who approved must still be one who may, and the words still the approved ones, when it is sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import Cast
from samspill.accounts.models import Member, Role
from samspill.networks.models import Channel
from samspill.publishing.deliver import deliver_due
from samspill.publishing.models import Delivery, Draft, Version
from samspill.publishing.tests.clock import Clock
from samspill.publishing.tests.outside import Outside

State = Delivery.State
Going = Callable[..., Delivery]


@pytest.mark.parametrize("change", ["lower", "remove", "retire"])
def test_an_approver_who_may_no_more_stops_it(
    clock: Clock, outside: Outside, going: Going, channel: Channel, cast: Cast, change: str
) -> None:
    delivery = going("Hei", channel)
    if change == "lower":
        Member.objects.filter(user=cast.bob).update(role=Role.CONTRIBUTOR)
    elif change == "remove":
        Member.objects.filter(user=cast.bob).delete()
    else:
        type(cast.bob).objects.filter(pk=cast.bob.pk).update(is_active=False)
    deliver_due()
    delivery.refresh_from_db()
    assert delivery.state == State.NEEDS_HUMAN
    assert "approv" in delivery.last_error
    assert outside.publishing == []


@pytest.mark.parametrize("change", ["text", "alt", "channel", "state"])
def test_words_that_are_not_the_approved_ones_are_not_sent(
    clock: Clock, outside: Outside, going: Going, channel: Channel, cast: Cast, change: str
) -> None:
    delivery = going("Hei", channel)
    if change == "text":
        Version.objects.update(text="Hei!")
    elif change == "alt":
        delivery.version.draft.pictures.create(sha256="x", media_type="image/png", width=1, height=1)
    elif change == "channel":
        other = Channel.objects.create(
            workspace=cast.fjord, network="demo", handle="x", remote_id="x", name="x"
        )
        delivery.version.draft.versions.create(channel=other, text="Hei")
    else:
        Draft.objects.update(state=Draft.State.RETURNED)
    deliver_due()
    delivery.refresh_from_db()
    assert delivery.state == State.NEEDS_HUMAN
    assert outside.publishing == []
