"""Any order, any repetition, any telling of the same facts gives the same rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspill.conversations.gather import gather
from samspill.conversations.models import Conversation, Follow, Message
from samspill.conversations.tests.talk import MARTE, NOW, PER, US, said
from samspill.networks.base import Incoming, Kind

pytestmark = pytest.mark.django_db
POST = "at://us/post"
Rows = list[tuple[object, ...]]


@st.composite
def worlds(draw: st.DrawFn) -> list[Incoming]:
    """What was said in a few threads: below our post, below a stranger's, and loose mentions of us."""
    items: list[Incoming] = []
    roots = {POST: POST, "far": "far"}
    for number in range(draw(st.integers(1, 8))):
        parent = draw(st.sampled_from(["", *roots]))
        root = roots.get(parent, f"m{number}")
        author = draw(st.sampled_from([MARTE, PER, US]))
        kind = (
            draw(st.sampled_from([Kind.REPLY, Kind.REPLY, Kind.REACTION, Kind.FOLLOW]))
            if parent
            else Kind.MENTION
        )
        hours = draw(st.integers(0, 60))
        items.append(said(f"m{number}", author, kind=kind, hours_ago=hours, parent_id=parent, root_id=root))
        if kind in (Kind.REPLY, Kind.MENTION):
            roots[f"m{number}"] = root
    return items


@st.composite
def tellings(draw: st.DrawFn) -> tuple[list[Incoming], list[list[Incoming]]]:
    """A world, and pages that tell all of it at least once, some of it in other words, in some order."""
    world = draw(worlds())
    told = list(world)
    for item in draw(st.lists(st.sampled_from(world), max_size=8)):
        later = replace(item, at=item.at + timedelta(hours=draw(st.integers(0, 9))))
        said_otherwise = [item, later, replace(item, root_id=""), replace(item, url="", text="")]
        if item.kind is Kind.REPLY:
            said_otherwise.append(replace(item, kind=Kind.MENTION))
        told.append(draw(st.sampled_from(said_otherwise)))
    told = draw(st.permutations(told))
    cuts = sorted(draw(st.lists(st.integers(0, len(told)), max_size=4)))
    pages = [told[a:b] for a, b in zip([0, *cuts], [*cuts, len(told)], strict=True)]
    return world, pages


def rows(channel) -> tuple[Rows, Rows, Rows]:
    messages = Message.objects.filter(channel=channel).order_by("remote_id").values_list(
        "remote_id", "conversation__root_id", "kind", "parent_id", "author_id", "text", "at", "is_ours",
        "needs_answer", "answered_at", "is_waiting",
    )  # fmt: skip
    talks = Conversation.objects.filter(channel=channel).order_by("root_id").values_list(
        "root_id", "about", "state", "lines", "waiting_people", "waiting_since", "answer_by", "last_at"
    )  # fmt: skip
    return list(messages), list(talks), list(Follow.objects.filter(channel=channel).values_list("remote_id"))


def forget(channel) -> None:
    Conversation.objects.filter(channel=channel).delete()
    Follow.objects.filter(channel=channel).delete()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tellings())
def test_order_and_repetition_leave_no_trace(channel, post, telling):
    world, pages = telling
    with time_machine.travel(NOW, tick=False):
        forget(channel)
        gather(channel, world)
        once = rows(channel)
        forget(channel)
        for page in pages:
            gather(channel, page)
        for page in reversed(pages):
            gather(channel, page)
        assert rows(channel) == once


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds(), st.randoms())
def test_threads_are_found_from_parents_alone(channel, post, world, random):
    """A network that never tells the root (Mastodon) gives the same conversations, in any order."""
    bare = [replace(item, root_id="") for item in world]
    with time_machine.travel(NOW, tick=False):
        forget(channel)
        gather(channel, world)
        once = rows(channel)
        forget(channel)
        random.shuffle(bare)
        for item in bare:
            gather(channel, [item])
        assert rows(channel) == once
