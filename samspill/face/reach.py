"""How far each thing a strategy says may go: out to anyone, out with the names of people, or not at all.

What is not named here stays inside, so a field that is new is not shown to strangers until somebody has
looked at it; test_reach.py holds every kind to a line.
"""

from __future__ import annotations

from dataclasses import dataclass

from samspill.strategy.sections import Field, Kind


@dataclass(frozen=True)
class Reach:
    """Names of fields. `named`: the whole kind is about people, and is left out where they are not named."""

    anyone: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    named: bool = False


def _reach(anyone: str = "", people: str = "", *, named: bool = False) -> Reach:
    return Reach(frozenset(anyone.split()), frozenset(people.split()), named)


_INSIDE = _reach()
REACH: dict[str, Reach] = {
    # Where do we stand?
    "account": _reach("name link state verified followers counted_on opened_on", "admins"),
    "heard": _INSIDE,
    "comparator": _INSIDE,
    "swot": _INSIDE,
    "capacity": _INSIDE,
    "risk": _INSIDE,
    # The six questions
    "goal": _reach(
        "statement why sub_goal level stance measure channel baseline baseline_at target deadline parent"
        " passage strength passage_why",
        "owner",
    ),
    "audience": _reach(
        "name description profile size size_source size_year needs today wanted ladder access_needs priority"
        " is_not goals presences"
    ),
    "tactic": _reach("step what why_follow asks audience"),
    "proposition": _reach("audience offer proof"),
    "pillar": _reach("name purpose goal share formats example"),
    "promise": _reach("channel sort hours clock", "who"),
    "dialogue": _reach("opening_hours languages debate_rules moderation appeal feedback"),
    "ambassador": _reach("does", "name", named=True),
    "participation": _reach("what sort audience when after"),
    "trait": _reach("name we_are we_are_not good_example bad_example"),
    "tone": _reach("situation about tone good_example bad_example"),
    "untouched": _reach("topic why say", "who"),
    "speaker": _reach("about where", "name substitute", named=True),
    "voicerules": _reach("written_form address emoji signature visual disclosure"),
    "staffrule": _INSIDE,
    "channelchoice": _reach(
        "name place link channel choice purpose evidence blocks formats frequency reply_within web_twin"
        " audiences goals",
        "responsible",
    ),
    "channelrules": _reach("opening naming publishing closing", "decides"),
    "hashtag": _reach("tag purpose channel"),
    "launchaction": _reach("phase what on channel_choice goals", "owner"),
    "criticalmass": _reach("followers answers active_share organic_share weeks by"),
    "seed": _INSIDE,
    # What holds it together
    "role": _reach("role tasks", "person"),
    "task": _INSIDE,
    "access": _INSIDE,
    "organisation": _INSIDE,
    "boundary": _reach("what sort why"),
    "duty": _reach("rule asks how as_of link"),
    "guideline": _reach("name text", "who"),
    "watched": _INSIDE,
    "lesson": _INSIDE,
    "crisisplan": _INSIDE,
    "crisislevel": _INSIDE,
    "crisisrole": _INSIDE,
    "holding": _INSIDE,
    "stakeholder": _INSIDE,
    "exercise": _INSIDE,
    "evaluation": _reach("what rhythm next_on then", "who"),
    "method": _reach("counts limits never"),
    "experiment": _INSIDE,
    # What grows by itself
    "fit": _INSIDE,
    "placerule": _INSIDE,
    "emergencerule": _INSIDE,
}
PEOPLE = frozenset({"owner", "approver"})  # of what the strategy says of itself
ABOUT = frozenset({"valid_from", "valid_to"})


def may_show(kind: Kind, field: str, *, people: bool, inside: bool) -> bool:
    """Whether a field of a kind is shown. `inside`: to those who work here, who may read everything."""
    reach = REACH.get(kind.key, _INSIDE)
    if field in reach.people or (reach.named and field in reach.anyone):
        return people
    if field in reach.anyone:
        return True
    return inside and (people or not is_person(kind, field))


def may_show_kind(kind: Kind, *, people: bool, inside: bool) -> bool:
    reach = REACH.get(kind.key, _INSIDE)
    if not reach.anyone:
        return inside
    return people or not reach.named


def is_person(kind: Kind, field: str) -> bool:
    """Whether a field that stays inside names somebody."""
    return field in INSIDE_PEOPLE.get(kind.key, "").split()


# Of what stays inside: the fields in which people stand by name.
INSIDE_PEOPLE = {
    "risk": "who",
    "ambassador": "contact",
    "criticalmass": "decides",
    "channelchoice": "staffed",
    "seed": "name who",
    "role": "substitute on_call",
    "task": "does answers asked told",
    "access": "who",
    "staffrule": "ask",
    "watched": "who",
    "lesson": "decided_by",
    "crisisplan": "roster helpers others anchored",
    "crisislevel": "decides",
    "crisisrole": "person first_substitute second_substitute reached",
    "holding": "contact approved_by",
    "stakeholder": "name contact who",
    "exercise": "who",
}


def fields(kind: Kind, *, people: bool, inside: bool) -> list[Field]:
    """Those that are shown, in their order."""
    return [field for field in kind.fields if may_show(kind, field.name, people=people, inside=inside)]
