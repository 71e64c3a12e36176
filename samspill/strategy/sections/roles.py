"""Who does what: roles with substitutes, tasks, access to the accounts, and how you decide together."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.strategy.sections.fields import PAGE, Field, Kind, Section, Type

ROLE = Kind(
    "role",
    _("role"),
    _("Roles"),
    _("Who has which role, who steps in, and what they may decide alone."),
    (
        Field(
            "role",
            label=_("Role"),
            help=_("What it is called with you."),
            example=_("Answers editor"),
            needed=True,
        ),
        Field(
            "person",
            label=_("Who"),
            help=_("One person; a role with two is often a role with none."),
            example="Ingrid Solberg",
        ),
        Field(
            "substitute",
            label=_("Substitute"),
            help=_("Who steps in, and knows how."),
            example="Amir Haddad",
        ),
        Field(
            "on_call",
            label=_("On call"),
            help=_("When they can be reached outside working hours, and how."),
            example=_("Every third week until 22, by phone"),
        ),
        Field(
            "tasks",
            Type.TEXT,
            label=_("What they do"),
            help=_("The few things that do not happen if they do not do them."),
            example=_("Reads the inbox at 8, 12 and 15. Hands over what customer service must answer."),
        ),
        Field(
            "mandate",
            Type.TEXT,
            label=_("What they may decide alone"),
            help=_("Whoever must always ask answers too late."),
            example=_("Say sorry, give back up to 500 kroner, hide threats."),
        ),
    ),
    add=_("Write a role"),
)
TASK = Kind(
    "task",
    _("task"),
    _("Who does what"),
    _(
        "For the tasks that are easily dropped: who does it, who answers for it, who is asked and who is"
        " told."
    ),
    (
        Field(
            "task",
            label=_("Task"),
            help=_("Something that has a beginning and an end."),
            example=_("Answer a complaint about a bill"),
            needed=True,
        ),
        Field(
            "does",
            label=_("Does it"),
            help=_("The one or those who carry it out."),
            example=_("Customer service"),
        ),
        Field(
            "answers",
            label=_("Answers for it"),
            help=_("One only: the one whose fault it is when it is not done."),
            example=_("The head of customer service"),
        ),
        Field(
            "asked",
            label=_("Is asked first"),
            help=_("Those who must have had their say."),
            example=_("Finance, when money is given back"),
        ),
        Field(
            "told",
            label=_("Is told afterwards"),
            help=_("Those who should not read it in the newspaper."),
            example=_("The communications lead, once a week"),
        ),
    ),
    add=_("Write a task"),
    across=True,
)
ACCESS = Kind(
    "access",
    _("access"),
    _("Who can get into the accounts"),
    _("The list you need on the day somebody leaves, or an account is taken from you. Never a password."),
    (
        Field(
            "account",
            label=_("Account"),
            help=_("The channel and what the account is called there."),
            example=_("Facebook, Fjordkraftlaget customer service"),
            needed=True,
        ),
        Field(
            "who",
            Type.TEXT,
            label=_("Who has access"),
            help=_("By name, each with what they may do there."),
            example=_("Ingrid (administrator), Amir (editor)"),
        ),
        Field(
            "two_step",
            Type.CHOICE,
            label=_("Second step at sign-in"),
            help=_("What is asked for besides the password."),
            example=_("an app or a key, which cannot be read over the phone"),
            choices=(
                ("app", _("an app or a key")),
                ("message", _("a code by message")),
                ("none", _("none")),
            ),
        ),
        Field(
            "kept",
            label=_("Where the password is kept"),
            help=_("The place, not the password."),
            example=_("The password manager, folder Communication"),
        ),
        Field(
            "checked_on",
            Type.DAY,
            label=_("Last checked"),
            help=_("When somebody last went through the list and took out those who have left."),
            example=_("this spring, before the summer substitutes came"),
        ),
    ),
    add=_("Write an access"),
)
ORGANISATION = Kind(
    "organisation",
    _("organisation"),
    _("How we decide and learn together"),
    _("The group that meets, who must see what before it goes out, and how new people learn."),
    (
        Field(
            "group",
            Type.TEXT,
            label=_("The editorial group"),
            help=_("Who sits there, from which parts of the organisation, and how often it meets."),
            example=_("Communication, customer service, grid and market. Mondays at 9, half an hour."),
        ),
        Field(
            "approval",
            Type.TEXT,
            label=_("What must be approved"),
            help=_(
                "By risk, not by habit: what goes out at once, what one more reads, what the manager reads."
            ),
            example=_(
                "Answers and everyday posts: at once. Prices and figures: one more reads. Accidents and law:"
                " the manager."
            ),
            most=PAGE,
        ),
        Field(
            "training",
            Type.TEXT,
            label=_("How people learn it"),
            help=_("Before the first post, and each year."),
            example=_(
                "Two hours with the answers editor and a week of answers read by another. A drill each"
                " spring."
            ),
        ),
        Field(
            "routines",
            Type.TEXT,
            label=_("Routines"),
            help=_("What happens each day and each week without anyone thinking about it."),
            example=_("The inbox is empty at 15.30. On Fridays the next week's posts are ready."),
            most=PAGE,
        ),
    ),
    single=True,
)
ROLES = Section(
    "roles",
    _("Who does what?"),
    _("Roles with substitutes, tasks nobody should drop, who can get into the accounts, and how you decide."),
    (ROLE, TASK, ACCESS, ORGANISATION),
)
