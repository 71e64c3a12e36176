"""The form of a goal: what, how we will know, by when and whose, and which passage it serves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.strategy.forms import SOURCE, DayInput, FigureField, Part, RowForm
from samspill.strategy.measures import MEASURES, Measure, Unit
from samspill.strategy.models import Audience, Goal
from samspill.strategy.subgoals import SUB_GOALS
from samspill.strategy.widgets import Boxes, Chooser

LARGEST = 1e12


class GoalForm(RowForm):
    """`sub_goal` chooses what is suggested; a free goal has none."""

    baseline = FigureField(
        label=_("Baseline"),
        required=False,
        min_value=0,
        max_value=LARGEST,
        help_text=_("Where it stands now, in the measure's own unit. For example: 64 %."),
    )
    target = FigureField(
        label=_("Target"),
        required=False,
        min_value=0,
        max_value=LARGEST,
        help_text=_("When it is good enough. For example: 90 %."),
    )
    measure = forms.ChoiceField(
        label=_("Measure"),
        required=False,
        help_text=_(
            "The figure that moves when you come closer. Samspill computes each of them from what it holds."
        ),
        error_messages={"invalid_choice": _("There is no such measure. Choose one from the list.")},
    )
    audiences = forms.ModelMultipleChoiceField(
        Audience.objects.all(),
        label=_("Audiences"),
        required=False,
        widget=Boxes,
        help_text=_("Whom it is meant for."),
    )

    class Meta:
        model = Goal
        fields = (
            *("sub_goal", "statement", "why", "measure", "baseline", "baseline_at", "target", "deadline"),
            *("owner", "channel", "passage", "strength", "passage_why", "level", "stance", "parent"),
            *("data_source", "cadence", "leading", "assumptions", "source"),
        )
        widgets: ClassVar[dict[str, Any]] = {
            "sub_goal": forms.HiddenInput,
            "baseline_at": DayInput,
            "deadline": DayInput,
            "parent": Chooser,
            "passage": forms.HiddenInput,  # goal_form.html draws it: a search with choices
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "statement": _(
                "What will be so, in one sentence. For example: Everybody who writes to us gets an answer."
            ),
            "why": _(
                "What it means, to someone who was not in the room. For example: Whoever asks us something"
                " gets an answer from a person within a day."
            ),
            "baseline_at": _("The day the baseline was so."),
            "deadline": _("The day the target should be reached."),
            "owner": _("Who sees to it. One person, also when many help."),
            "channel": _("Only where the goal is for one channel. Left open, all channels count together."),
            "strength": _("Whether the passage asks for just this, or the goal helps towards it."),
            "passage_why": _(
                "How one leads to the other, where that is not plain. For example: The plan wants trust;"
                " whoever gets an answer trusts us more."
            ),
            "level": _(
                "How far from your desk the change is seen; what people do says more than what you send out."
            ),
            "stance": _(
                "How the relationship to people shall change. For example: let people help each other."
            ),
            "parent": _("A goal it is a step towards: one of this strategy, or of the one above it."),
            "data_source": _(
                "Where the figure is read when Samspill does not count it itself. For example: the yearly"
                " survey of customers, question 4."
            ),
            "cadence": _("How often somebody looks, and who. For example: the first Monday of every month."),
            "leading": _(
                "What shows early that it goes the right way. For example: More people write to us before"
                " noon."
            ),
            "assumptions": _(
                "What must hold for the goal to make sense; when it does not, look again. For example: Two of"
                " us have time to answer."
            ),
            "source": SOURCE,
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.fields["audiences"].initial = self.instance.audiences.all()
        parent = cast("forms.ModelChoiceField[Any]", self.fields["parent"])
        parent.queryset = cast("models.QuerySet[Any]", parent.queryset).exclude(pk=self.instance.pk)
        parent.empty_label = _("none")
        cast("forms.ModelChoiceField[Any]", self.fields["channel"]).empty_label = _("all of them together")
        self.template = SUB_GOALS.get(self["sub_goal"].value() or "")
        cast("forms.ChoiceField", self.fields["measure"]).choices = self._measures()
        if self.template:
            self.fields["target"].help_text = str(self.template.target)

    def _measures(self) -> list[Any]:
        """What fits the sub-goal first, then the others."""
        first = [self.template.measure, *self.template.also] if self.template else []
        others = [key for key in MEASURES if key not in first]

        def named(keys: list[str]) -> list[tuple[str, Any]]:
            return [(key, MEASURES[key].name) for key in keys]

        if not first:
            return [("", _("not decided")), *named(others)]
        return [
            ("", _("not decided")),
            (gettext("Fits this goal"), named(first)),
            (gettext("Other measures"), named(others)),
        ]

    def parts(self) -> Iterator[Part]:
        whom = ("audiences",) if self.has_audiences else ()
        what = ("version", "sub_goal", "statement", "why", *whom)
        yield self.part(gettext("What we will achieve"), *what)
        yield self.part(
            gettext("How we will know"), "measure", "baseline", "baseline_at", "target", "channel"
        )
        yield self.part(gettext("By when, and whose"), "deadline", "owner")
        yield self.part(
            gettext("Why: the passage it serves"),
            *("passage", "strength", "passage_why"),
            template="strategy/_passage_part.html",
        )
        yield self.part(gettext("What kind of goal it is"), "level", "stance", "parent", folds=True)
        yield self.part(
            gettext("How you follow it"),
            *("data_source", "cadence", "leading", "assumptions", "source"),
            folds=True,
        )

    @property
    def has_audiences(self) -> bool:
        audiences = cast("forms.ModelMultipleChoiceField[Any]", self.fields["audiences"])
        return cast("models.QuerySet[Any]", audiences.queryset).exists()

    def clean_sub_goal(self) -> str:
        key: str = self.cleaned_data["sub_goal"]
        return key if key in SUB_GOALS else ""

    def clean_baseline_at(self) -> Any:
        day = self.cleaned_data["baseline_at"]
        if day is not None and day > timezone.localdate():
            raise ValidationError(_("The baseline says where you stand, so its day cannot be in the future."))
        return day

    def clean_parent(self) -> Goal | None:
        """No circles: a goal is not a step towards one that is a step towards it."""
        parent: Goal | None = self.cleaned_data["parent"]
        if parent is not None and self.instance.pk in _upwards(parent):
            words = _("“%(goal)s” is itself a step towards this goal. Choose another, or none.")
            raise ValidationError(words % {"goal": parent})
        return parent

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        measure = MEASURES.get(said.get("measure", ""))
        for name in ("baseline", "target"):
            if said.get(name) is not None:
                self._check_figure(name, said[name], measure)
        if measure and said.get("baseline") is not None and said.get("target") is not None:
            self._check_direction(said["baseline"], said["target"], measure)
        if said.get("baseline") is not None and said.get("baseline_at") is None:
            self.add_once("baseline_at", _("Say on which day the baseline was so."))
        self._check_days(said)
        if said.get("passage") is None and (said.get("strength") or said.get("passage_why")):
            self.add_once("passage", _("Choose the passage that you say it serves."))
        return said

    def _check_figure(self, name: str, value: float, measure: Measure | None) -> None:
        if measure is None:
            self.add_once("measure", _("Say what the figures are of: choose a measure."))
        elif measure.unit is Unit.PERCENT and value > 100:
            self.add_once(
                name, _("“%(measure)s” is a share, so it is at most 100 %%.") % {"measure": measure.name}
            )
        elif measure.unit is Unit.COUNT and value != int(value):
            self.add_once(name, _("“%(measure)s” is counted in whole numbers.") % {"measure": measure.name})

    def _check_direction(self, baseline: float, target: float, measure: Measure) -> None:
        """The same as the baseline is allowed: to hold what one has can be a goal."""
        said = {
            "measure": measure.name,
            "target": measure.show(target),
            "baseline": measure.show(baseline),
        }
        if measure.lower_is_better and target > baseline:
            words = _(
                "For “%(measure)s” lower is better, yet the target %(target)s is above"
                " the baseline %(baseline)s. Write a lower target, or correct the baseline."
            )
            self.add_once("target", words % said)
        if not measure.lower_is_better and target < baseline:
            words = _(
                "For “%(measure)s” more is better, yet the target %(target)s is below"
                " the baseline %(baseline)s. Write a higher target, or correct the baseline."
            )
            self.add_once("target", words % said)

    def _check_days(self, said: dict[str, Any]) -> None:
        deadline, since = said.get("deadline"), said.get("baseline_at")
        if deadline is None:
            return
        if since is not None and deadline <= since:
            words = _("The deadline must come after the baseline's day, %(day)s.")
            self.add_once("deadline", words % {"day": date_format(since)})
        elif "deadline" in self.changed_data and deadline < timezone.localdate():
            self.add_once("deadline", _("This day has passed. Choose a day to come."))

    def save(self, commit: bool = True) -> Goal:
        """To choose a passage is to say that it carries the goal as it reads now."""
        if "passage" in self.changed_data:
            self.instance.passage_seen_at = timezone.now()
        goal: Goal = super().save(commit=commit)
        goal.audiences.set(self.cleaned_data["audiences"])
        return goal


def _upwards(goal: Goal) -> set[int]:
    """The goal and all it is a step towards, read in one query; a circle ends the walk."""
    every = Goal.objects.in_workspace(goal.workspace).exclude(parent=None)
    above = dict(every.values_list("pk", "parent_id"))
    found: set[int] = set()
    at: int | None = goal.pk
    while at is not None and at not in found:
        found.add(at)
        at = above.get(at)
    return found
