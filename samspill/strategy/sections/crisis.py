"""What is ready before a crisis: the least that DSB, Norway's directorate for civil protection, asks of a
plan, and what one needs in the first hour."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.strategy.sections import crisis_ready
from samspill.strategy.sections.fields import Field, Kind, Section, Type

CRISISPLAN = Kind(
    "crisisplan",
    _("crisis plan"),
    _("The plan"),
    _("What must be decided on a quiet day, so that nobody has to decide it in the first hour."),
    (
        Field(
            "aims",
            Type.TEXT,
            label=_("Aims and principles"),
            help=_("What you want to have done well, in the order it comes."),
            example=_(
                "First help people to be safe. Then say what we know and do not know. Be first, right and"
                " open."
            ),
            heading=_("What we want"),
        ),
        Field(
            "people",
            Type.TEXT,
            label=_("Whom we inform, and where"),
            help=_("Residents, next of kin, the press and your own staff, each with its channel."),
            example=_(
                "Customers: own site and text message. Staff: before the press, always. The press: one"
                " number."
            ),
        ),
        Field(
            "source_page",
            Type.LINK,
            label=_("The one page"),
            help=_("The page on your own site where everything stands; all channels point to it."),
            example="https://fjordkraftlaget.example/now",
        ),
        Field(
            "verify_minutes",
            Type.COUNT,
            label=_("Minutes to check and hand out the roles"),
            help=_("Also to stop planned posts."),
            example="15",
            most=10_080,
            heading=_("The clock"),
        ),
        Field(
            "first_minutes",
            Type.COUNT,
            label=_("Minutes to the first word"),
            help=_("What you know, what you do not know, what you do, and when you come back."),
            example="60",
            most=10_080,
        ),
        Field(
            "rhythm",
            label=_("How often after that"),
            help=_("Also when there is nothing new."),
            example=_("Every 30 minutes while it is acute, then every other hour"),
        ),
        Field(
            "review_days",
            Type.COUNT,
            label=_("Days to the review"),
            help=_("What went well and what did not, while it is fresh."),
            example="14",
            most=3650,
        ),
        Field(
            "mend_days",
            Type.COUNT,
            label=_("Days until what was learnt is done"),
            help=_("A review nobody acts on is the next crisis."),
            example="30",
            most=3650,
        ),
        Field(
            "staff",
            Type.TEXT,
            label=_("How it fits with the rest of the crisis organisation"),
            help=_("Who leads, who sits where, and who speaks with whom."),
            example=_(
                "The communications lead sits in the crisis staff and reports to the managing director."
            ),
            heading=_("People and places"),
        ),
        Field(
            "helpers",
            Type.TEXT,
            label=_("What the others do"),
            help=_("The switchboard, personnel, the caretaker: what they are asked to do."),
            example=_("The switchboard reads the newest text from the page. Personnel calls next of kin."),
        ),
        Field(
            "others",
            Type.TEXT,
            label=_("Whom we coordinate with"),
            help=_("Other bodies that speak about the same, with names and numbers."),
            example=_("The municipality, the police, the neighbouring grid company"),
        ),
        Field(
            "roster",
            Type.TEXT,
            label=_("Duty rosters, and who can help"),
            help=_("Where the rosters are, and whom you can call in after a day."),
            example=_(
                "In the duty system. Two from the agency and one from the neighbour can come within four"
                " hours."
            ),
        ),
        Field(
            "places",
            Type.TEXT,
            label=_("Rooms and equipment"),
            help=_("Where you sit, where you sit if you cannot sit there, and what is ready."),
            example=_(
                "Meeting room 2, else the fire station. Two charged phones, a printed list of numbers."
            ),
        ),
        Field(
            "material",
            Type.TEXT,
            label=_("What is prepared"),
            help=_("Facts, maps and pictures one can use at once, and where they are."),
            example=_("Map of the grid, facts about the dams, portraits: folder Preparedness."),
            heading=_("Kept alive"),
        ),
        Field(
            "anchored",
            Type.TEXT,
            label=_("Which plans it belongs to"),
            help=_("What it is part of, and what it is based on."),
            example=_("The preparedness plan 2026, chapter 4; the risk analysis of 2025."),
        ),
        Field(
            "revised",
            label=_("How often it is revised, and by whom"),
            help=_("Also after each exercise and each event."),
            example=_("Each autumn, by the communications lead"),
        ),
        Field(
            "paper",
            label=_("Where it is on paper"),
            help=_("The network may be what is down."),
            example=_("Red ring binder in the duty room, and at home with the three who lead"),
        ),
    ),
    single=True,
)
CRISISLEVEL = Kind(
    "crisislevel",
    _("level"),
    _("Levels and what sets them off"),
    _("From keeping an eye on it to a crisis: what sets off each level, and what one then does."),
    (
        Field(
            "name",
            label=_("Level"),
            help=_("A number and a word."),
            example=_("2 Warn"),
            needed=True,
        ),
        Field(
            "triggers",
            Type.TEXT,
            label=_("What sets it off"),
            help=_("Something one can see or count, so that nobody has to be brave."),
            example=_("Ten critical comments within the hour, a call from the press, or somebody is hurt."),
        ),
        Field(
            "does",
            Type.TEXT,
            label=_("What we do"),
            help=_("The first three things, in order."),
            example=_(
                "Call the communications lead. Stop planned posts. Write the first word within the hour."
            ),
        ),
        Field(
            "planned",
            Type.CHOICE,
            label=_("Planned posts"),
            help=_("A cheerful post in a bad hour is remembered."),
            example=_("stopped, from level 2"),
            choices=(("go", _("go out")), ("look", _("are read once more")), ("stop", _("are stopped"))),
        ),
        Field(
            "decides",
            label=_("Who decides"),
            help=_("Both that it begins and that it is over."),
            example=_("The one on duty; down again only the crisis leader"),
        ),
    ),
    add=_("Write a level"),
)
CRISISROLE = Kind(
    "crisisrole",
    _("role in a crisis"),
    _("Who does what then"),
    _(
        "Leader, communication, spokespersons, answers, watch, log, law and next of kin, each with two"
        " substitutes."
    ),
    (
        Field(
            "role",
            label=_("Role"),
            help=_("One of those a crisis needs."),
            example=_("Keeper of the log"),
            needed=True,
        ),
        Field("person", label=_("Who"), help=_("By name."), example="Ingrid Solberg"),
        Field(
            "first_substitute",
            label=_("First substitute"),
            help=_("Who takes over when the first is away or tired."),
            example="Amir Haddad",
        ),
        Field(
            "second_substitute",
            label=_("Second substitute"),
            help=_("A crisis lasts longer than two people."),
            example="Kari Lien",
        ),
        Field(
            "reached",
            label=_("On call, and how they are reached"),
            help=_("Also at night, also when the network is down."),
            example=_("Always, 900 00 000; else by radio from the duty room"),
        ),
        Field(
            "tasks",
            Type.TEXT,
            label=_("What they do"),
            help=_("The first hour, then the rest."),
            example=_("Writes down what is decided and by whom, with the time. Nothing else."),
        ),
    ),
    add=_("Write a role"),
)
CRISIS = Section(
    "crisis",
    _("What do we do in a crisis?"),
    _("The plan, the levels, the roles, the first words and whom to inform: ready before they are needed."),
    (CRISISPLAN, CRISISLEVEL, CRISISROLE, *crisis_ready.KINDS),
)
