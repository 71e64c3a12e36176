"""The form of a channel choice: the decision, whom and what it is for, who keeps it, what the law asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, cast

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samspill.strategy.duties import DESIGN
from samspill.strategy.forms import SOURCE, DayInput, FigureField, LinkField, Part, RowForm
from samspill.strategy.models import ChannelChoice
from samspill.strategy.places import BLOCKS, PLACE_CHOICES
from samspill.strategy.widgets import Boxes, ChecksField

WEEK = 168  # hours
MONTH = 720


class ChannelChoiceForm(RowForm):
    place = forms.ChoiceField(
        label=_("What kind of channel it is"),
        required=False,
        help_text=_("So that figures about who is there can be found. For example: LinkedIn."),
    )
    link = LinkField(
        label=_("Address"),
        required=False,
        max_length=300,
        help_text=_("Where people find you there. For example: https://bsky.app/profile/fjord.no."),
    )
    blocks = forms.MultipleChoiceField(
        label=_("What it is built for"),
        required=False,
        widget=Boxes,
        help_text=_(
            "Two or three of the seven, as people use it: it tells what the channel will ask of you. For"
            " example: Conversations and Relationships."
        ),
    )
    hours_a_week = FigureField(
        label=_("Hours a week"),
        required=False,
        min_value=0,
        max_value=WEEK,
        help_text=_("Posts and answers together, as it really takes. For example: 3.5."),
    )
    reply_within = FigureField(
        label=_("Answered within, in hours"),
        required=False,
        min_value=0,
        max_value=MONTH,
        help_text=_("What people can count on there. For example: 24."),
    )
    risk_link = LinkField(
        label=_("Where the risk assessment is kept"),
        required=False,
        max_length=300,
        help_text=_(
            "So that whoever is asked finds it at once. For example: https://intranet.example.org/risk."
        ),
    )
    design = ChecksField(
        DESIGN,
        label=_("Universal design"),
        help_text=_("What is in place there, seen on the last ten posts. The law asks for all of it."),
    )
    web_twin = LinkField(
        label=_("Where the same stands on your own pages"),
        required=False,
        max_length=300,
        help_text=_(
            "What is important must be found without an account. For example: https://example.org/news."
        ),
    )

    class Meta:
        model = ChannelChoice
        fields = (
            *("name", "place", "link", "choice", "purpose", "evidence", "audiences", "goals"),
            *("channel", "responsible", "hours_a_week", "reply_within", "staffed", "review_on", "exit_when"),
            *("blocks", "formats", "frequency", "risk", "risk_on", "risk_measures", "risk_review_on"),
            *("risk_link", "design", "archive", "web_twin", "source"),
        )
        widgets: ClassVar[dict[str, Any]] = {
            "review_on": DayInput,
            "risk_on": DayInput,
            "risk_review_on": DayInput,
            "choice": forms.RadioSelect,
            "audiences": Boxes,
            "goals": Boxes,
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("For example: Bluesky, or the local paper's comment field."),
            "choice": _("A no is a decision too, and saves you the same talk next year."),
            "purpose": _(
                "What it is for; for a no: why not. For example: Answering questions in the open, so that"
                " others find the answers."
            ),
            "evidence": _(
                "What shows that your people are there: a number, its year and its source. For example: Four"
                " in ten under 30 use it every day (Ipsos, 2022)."
            ),
            "audiences": _("Whom you reach there."),
            "goals": _("Which goals it serves."),
            "channel": _("Which of your connected accounts it is, if any."),
            "responsible": _("One person, also when several share the work."),
            "staffed": _(
                "Who keeps the promise, also when somebody is ill. For example: Bjørn on weekdays from 8 to"
                " 16; the duty officer in weekends."
            ),
            "review_on": _("When to ask again whether you belong there."),
            "exit_when": _(
                "What would make you leave, decided while you are calm. For example: Fewer than ten people"
                " answer us in a quarter."
            ),
            "formats": _("What you make for it. For example: Short texts with one picture; a film a month."),
            "frequency": _(
                "As often as you can keep up. For example: Two posts a week, and answers every day."
            ),
            "risk": _("Where somebody has assessed privacy and safety there, what it came to."),
            "risk_on": _("The day it was done."),
            "risk_measures": _(
                "What you do so that it can be used. For example: No personal data in messages; people are"
                " shown to the safe form."
            ),
            "risk_review_on": _("The day it is done again."),
            "archive": _(
                "What is kept, where, by whom, how often. For example: The records office stores posts and"
                " answers the first Monday of each month."
            ),
            "source": SOURCE,
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast("forms.ModelChoiceField[Any]", self.fields["channel"]).empty_label = _("none")
        # A decision is made, not offered: no first row that says nothing.
        self._choices("choice", ChannelChoice.Choice.choices)
        self._choices("place", [("", _("not decided")), *PLACE_CHOICES])
        self._choices("blocks", [(key, f"{block.name}: {block.means}") for key, block in BLOCKS.items()])

    def _choices(self, name: str, choices: list[Any]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def parts(self) -> Iterator[Part]:
        yield self.part(
            _("The decision"), "version", "name", "place", "link", "choice", "purpose", "evidence"
        )
        yield self.part(_("Whom and what for"), "audiences", "goals")
        yield self.part(
            _("Who and when"),
            *("responsible", "hours_a_week", "reply_within", "staffed", "review_on", "exit_when"),
            folds=True,
        )
        yield self.part(
            _("What you do there"), "blocks", "formats", "frequency", "channel", "source", folds=True
        )
        yield self.part(
            _("Privacy and safety"),
            *("risk", "risk_on", "risk_measures", "risk_review_on", "risk_link"),
            folds=True,
        )
        yield self.part(
            _("Universal design, archive and your own pages"), "design", "archive", "web_twin", folds=True
        )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_risk(said)
        self._check_days(said)
        return said

    def _check_risk(self, said: dict[str, Any]) -> None:
        risk, active = said.get("risk"), (ChannelChoice.Choice.USE, ChannelChoice.Choice.PILOT)
        if risk == ChannelChoice.Risk.NOT and said.get("choice") in active:
            words = _(
                "The risk assessment says that it must not be used. Decide something else, or correct what"
                " the assessment says."
            )
            self.add_once("choice", words)
        if risk == ChannelChoice.Risk.MEASURES and not said.get("risk_measures"):
            self.add_once("risk_measures", _("It can be used with measures, so say which."))
        if risk and said.get("risk_on") is None:
            self.add_once("risk_on", _("Say on which day the risk was assessed."))
        if not risk and said.get("risk_on"):
            self.add_once("risk", _("Say what the risk assessment came to, or take away its date."))

    def _check_days(self, said: dict[str, Any]) -> None:
        today = timezone.localdate()
        done, again = said.get("risk_on"), said.get("risk_review_on")
        if done and done > today:
            self.add_once("risk_on", _("This day is yet to come. Write the day it was done."))
        if done and again and again <= done:
            words = _("The next one must come after the last, on %(day)s.")
            self.add_once("risk_review_on", words % {"day": date_format(done)})
        for name in ("review_on", "risk_review_on"):
            day = said.get(name)
            if day and name in self.changed_data and day < today:
                self.add_once(name, _("This day has passed. Choose a day to come."))
