"""How well a place suits each of the eight sub-goals: 0, ½ or 1, and in one sentence why.

What stands here are proposals, open to everyone and changed by any workspace (records of the kind `fit`).
Where nothing is said, the fit is derived from the honeycomb: which of its seven blocks the place is built
for, and which the sub-goal needs. docs/advice.md tells where the profiles are from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HALF = 0.5
OUTSIDE = _("It is outside the house; what colleagues say to one another does not belong there.")

# The two or three blocks that a place is built for, as people use it.
BUILT_FOR: dict[str, tuple[str, ...]] = {
    "facebook": ("relationships", "conversations", "groups"),
    "instagram": ("identity", "sharing"),
    "snapchat": ("presence", "conversations", "relationships"),
    "tiktok": ("sharing", "identity"),
    "youtube": ("sharing", "reputation"),
    "x": ("conversations", "sharing", "presence"),
    "linkedin": ("identity", "reputation", "relationships"),
    "messenger": ("conversations", "presence"),
    "whatsapp": ("conversations", "groups"),
    "reddit": ("groups", "conversations", "reputation"),
    "pinterest": ("sharing",),
    "twitch": ("presence", "conversations"),
    "threads": ("conversations", "identity"),
    "bluesky": ("conversations", "sharing"),
    "mastodon": ("conversations", "sharing", "groups"),
    "bereal": ("presence", "relationships"),
    "truthsocial": ("conversations", "identity"),
    "discord": ("groups", "conversations"),
    "telegram": ("sharing", "groups"),
    "website": ("identity", "sharing"),
    "blog": ("sharing", "reputation"),
    "newsletter": ("relationships", "sharing"),
    "feed": ("sharing",),
    "podcast": ("sharing", "identity"),
    "intranet": ("groups", "conversations", "presence"),
}
# The blocks that help towards a sub-goal.
NEEDS: dict[str, tuple[str, ...]] = {
    "position": ("identity", "reputation", "sharing"),
    "customers": ("conversations", "relationships", "presence"),
    "media": ("reputation", "identity", "sharing"),
    "internal": ("groups", "conversations", "presence"),
    "knowledge": ("sharing", "groups"),
    "ideas": ("conversations", "groups"),
    "search": ("sharing", "reputation"),
    "crisis": ("presence", "conversations", "sharing"),
}


@dataclass(frozen=True)
class Fit:
    """`why`: a sentence; of a derived one `blocks` say it instead. `own`: the key of a record."""

    value: float
    why: str | Promise = ""
    blocks: tuple[str, ...] = ()
    is_derived: bool = False
    own: int | None = None


_SAID: dict[str, dict[str, tuple[float, Promise]]] = {
    "linkedin": {
        "position": (1, _("People are there in the name of their work, and read about their field.")),
        "customers": (HALF, _("Business customers ask there; private ones seldom do.")),
        "media": (HALF, _("Journalists look people up there, and seldom ask there.")),
        "knowledge": (HALF, _("Good texts are read, but soon buried, and not without an account.")),
        "ideas": (HALF, _("People of the field answer; ordinary customers seldom do.")),
        "search": (HALF, _("Search engines show profiles and articles, and little of what is posted.")),
        "crisis": (0, _("It is not where people look when something happens, and posts come late.")),
    },
    "facebook": {
        "position": (HALF, _("It reaches broadly; few look for depth there.")),
        "customers": (1, _("People write to pages there, expect an answer, and others read along.")),
        "media": (HALF, _("Local papers follow pages; newsrooms do their work elsewhere.")),
        "internal": (HALF, _("A closed group works, but mixes work with private life.")),
        "knowledge": (HALF, _("Answers are given there, and cannot be found again.")),
        "ideas": (1, _("Local groups discuss, and a question gets many answers.")),
        "search": (0, _("What is posted is shut in; search engines see little of it.")),
        "crisis": (1, _("Many are there every day, pass warnings on to neighbours, and ask below.")),
    },
    "instagram": {
        "position": (HALF, _("Pictures show who you are; reasoning has little room.")),
        "customers": (HALF, _("Messages come and can be answered; long answers suit it badly.")),
        "media": (HALF, _("Pictures are found and used; facts are sought elsewhere.")),
        "knowledge": (0, _("What is posted cannot be searched, and links do not work in posts.")),
        "ideas": (HALF, _("Polls in stories are answered by many, in few words.")),
        "search": (0, _("Links do not work in posts, and search engines see little of it.")),
        "crisis": (HALF, _("Stories are seen the same day; updates in order are awkward.")),
    },
    "snapchat": {
        "position": (0, _("What is sent is gone the next day, and nobody quotes it.")),
        "customers": (HALF, _("The young ask there one to one; the answer helps nobody else.")),
        "media": (0, _("Journalists neither look nor ask there.")),
        "knowledge": (0, _("What is sent is gone the next day.")),
        "ideas": (HALF, _("The young answer quickly and candidly, in a word or a picture.")),
        "search": (0, _("Nothing of it can be found by searching.")),
        "crisis": (HALF, _("The young see it at once; nobody else does.")),
    },
    "tiktok": {
        "position": (HALF, _("A good film goes far; who made it is soon forgotten.")),
        "customers": (0, _("People watch there; they seldom ask what wants an answer.")),
        "media": (HALF, _("What spreads is picked up; facts are sought elsewhere.")),
        "knowledge": (HALF, _("Short explanations are watched, and found by those who search there.")),
        "ideas": (HALF, _("Comments are many, short and seldom to the point.")),
        "search": (HALF, _("The young search there; the wider search engines show a little of it.")),
        "crisis": (0, _("A machine chooses what is shown, and it may come days late.")),
    },
    "youtube": {
        "position": (HALF, _("Films show what you know; few follow an organisation there.")),
        "customers": (HALF, _("Questions come below the films, often long afterwards.")),
        "media": (HALF, _("Films are found and embedded; contact is made elsewhere.")),
        "knowledge": (1, _("A film that answers a question is found for years.")),
        "search": (1, _("It is a search engine itself, and its films stand high in others.")),
        "crisis": (0, _("A film takes too long to make, and nobody waits for it there.")),
    },
    "x": {
        "position": (HALF, _("Debate is quick and visible; many of the field have left.")),
        "customers": (HALF, _("Some complain there in public and expect an answer; most do not look.")),
        "media": (HALF, _("Journalists and politicians are still there, though many have left.")),
        "search": (0, _("Little can be read without an account, and links are played down.")),
        "crisis": (HALF, _("It is quick and public, yet few look there, and less without an account.")),
    },
    "messenger": {
        "position": (0, _("Nobody but the two of you sees it.")),
        "customers": (1, _("One asks, one answers, and the thread is kept.")),
        "media": (0, _("Journalists ring or write; they do not chat with a page.")),
        "internal": (HALF, _("A group works, but mixes work with private life.")),
        "knowledge": (0, _("Nobody but the two of you sees the answer.")),
        "ideas": (HALF, _("People say more in private, one at a time.")),
        "crisis": (HALF, _("The same answer is given one at a time while many ask.")),
    },
    "whatsapp": {
        "internal": (HALF, _("A group works, but mixes work with private life.")),
        "crisis": (HALF, _("A group gets the word at once; those outside it do not.")),
    },
    "twitch": {
        "customers": (HALF, _("Whoever watches can ask while you send, and at no other time.")),
    },
    "bereal": {
        "customers": (0, _("It is among friends; an organisation has nothing to answer there.")),
    },
    "discord": {"internal": (HALF, _("Rooms by subject suit collaboration, if you may keep it there."))},
    "bluesky": {
        "media": (HALF, _("Some journalists and researchers are there, and can be asked.")),
        "crisis": (1, _("Posts come at once and in order, and can be read without an account.")),
    },
    "mastodon": {
        "knowledge": (HALF, _("What is written can be found and linked to, on your own server, too.")),
        "crisis": (1, _("Posts come at once and in order, and can be read without an account.")),
    },
    "website": {
        "position": (1, _("What you stand for is there in full, for whoever looks you up.")),
        "customers": (HALF, _("It answers what many ask; it does not answer back.")),
        "media": (1, _("Facts, pictures and a telephone number, free to copy.")),
        "knowledge": (1, _("Answers are yours, in order, and can be found and linked to.")),
        "ideas": (HALF, _("A form gathers answers in peace; people do not see one another's.")),
        "search": (1, _("It is what search engines send people to.")),
        "crisis": (1, _("The one place everyone can be sent to, with the newest on top.")),
    },
    "blog": {
        "position": (1, _("There is room to reason, under somebody's name.")),
        "customers": (0, _("It is read, seldom answered.")),
        "knowledge": (1, _("What you learn is told in full, and found for years.")),
        "crisis": (0, _("It is made for reasoning, not for news by the hour.")),
    },
    "newsletter": {
        "customers": (1, _("It comes to those who asked for it, and can be answered.")),
        "media": (1, _("A list of those who want your news is the surest way to newsrooms.")),
        "internal": (HALF, _("It reaches all colleagues; they cannot talk together in it.")),
        "ideas": (HALF, _("Readers answer when they are asked one thing.")),
        "search": (0, _("It lies in people's inboxes, where no search engine looks.")),
        "crisis": (HALF, _("It reaches those who have signed up, without an account anywhere.")),
    },
    "feed": {
        "customers": (0, _("It speaks one way.")),
        "media": (HALF, _("Newsrooms and other systems follow it by themselves.")),
        "crisis": (HALF, _("Other sites can show the newest at once; few people look at it.")),
    },
    "podcast": {
        "position": (1, _("People give you half an hour, and come to know your voices.")),
        "customers": (0, _("It speaks one way.")),
        "search": (0, _("Sound is not searched unless it is written out.")),
        "crisis": (0, _("It takes too long to make.")),
    },
    "intranet": {
        "position": (0, _("Nobody outside the house sees it.")),
        "customers": (0, _("Nobody outside the house sees it.")),
        "media": (0, _("Nobody outside the house sees it.")),
        "internal": (1, _("Everyone who works here can ask, answer and share, and nobody else sees it.")),
        "knowledge": (HALF, _("Colleagues find the answers; people outside do not.")),
        "ideas": (HALF, _("Colleagues can try it first.")),
        "search": (0, _("Nobody outside the house sees it.")),
        "crisis": (HALF, _("Colleagues must know first; it does not reach anyone else.")),
    },
}
FITS: dict[tuple[str, str], Fit] = {
    (place, sub_goal): Fit(value, why)
    for place, cells in _SAID.items()
    for sub_goal, (value, why) in cells.items()
}


def fit(
    place: str, sub_goal: str, own: Mapping[tuple[str, str], Fit], blocks: Iterable[str] = ()
) -> Fit | None:
    """What the workspace says, else what is proposed here, else what follows from what the place is built
    for, by the blocks the workspace has ticked or by ours. None where nothing is known of the place."""
    said = own.get((place, sub_goal)) or FITS.get((place, sub_goal))
    if said is not None:
        return said
    ticked = tuple(blocks)
    if sub_goal == "internal" and not ticked and place in BUILT_FOR:
        return Fit(0, OUTSIDE)
    built = ticked or BUILT_FOR.get(place, ())
    return derived(built, sub_goal) if built else None


def derived(built: Iterable[str], sub_goal: str) -> Fit:
    """1 where two or more of the blocks are needed, ½ where one is, else 0."""
    shared = tuple(block for block in built if block in NEEDS[sub_goal])
    return Fit(min(1.0, len(shared) / 2), blocks=shared, is_derived=True)
