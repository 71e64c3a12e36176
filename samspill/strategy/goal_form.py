"""The form of a goal: what, how we will know, by when and whose, and which passage it serves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.strategy.forms import DayInput, FigureField, RowForm
from samspill.strategy.measures import MEASURES, Measure, Unit
from samspill.strategy.models import Audience, Goal
from samspill.strategy.subgoals import SUB_GOALS

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
        Audience.objects.none(),
        label=_("Audiences"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whom it is meant for."),
    )

    class Meta:
        model = Goal
        fields = (
            *("sub_goal", "statement", "why", "measure", "baseline", "baseline_at", "target", "deadline"),
            *("owner", "channel", "passage"),
        )
        widgets: ClassVar[dict[str, Any]] = {
            "sub_goal": forms.HiddenInput,
            "baseline_at": DayInput,
            "deadline": DayInput,
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
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        audiences = cast("forms.ModelMultipleChoiceField[Any]", self.fields["audiences"])
        audiences.queryset = Audience.objects.in_workspace(self.workspace)
        if self.instance.pk:
            audiences.initial = self.instance.audiences.all()
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

    def parts(self) -> Iterator[tuple[str, list[BoundField]]]:
        for title, names in (
            (gettext("What we will achieve"), ("version", "sub_goal", "statement", "why", "audiences")),
            (gettext("How we will know"), ("measure", "baseline", "baseline_at", "target", "channel")),
            (gettext("By when, and whose"), ("deadline", "owner")),
        ):
            fields = [self[name] for name in names]
            yield title, [field for field in fields if field.name != "audiences" or self.has_audiences]

    @property
    def has_audiences(self) -> bool:
        return Audience.objects.in_workspace(self.workspace).exists()

    def clean_sub_goal(self) -> str:
        key: str = self.cleaned_data["sub_goal"]
        return key if key in SUB_GOALS else ""

    def clean_baseline_at(self) -> Any:
        day = self.cleaned_data["baseline_at"]
        if day is not None and day > timezone.localdate():
            raise ValidationError(_("The baseline says where you stand, so its day cannot be in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        measure = MEASURES.get(said.get("measure", ""))
        for name in ("baseline", "target"):
            if said.get(name) is not None:
                self._check_figure(name, said[name], measure)
        if measure and said.get("baseline") is not None and said.get("target") is not None:
            self._check_direction(said["baseline"], said["target"], measure)
        if said.get("baseline") is not None and said.get("baseline_at") is None:
            self._add("baseline_at", _("Say on which day the baseline was so."))
        self._check_days(said)
        return said

    def _add(self, name: str, words: Any) -> None:
        """One sentence a field is enough."""
        if name not in self.errors:
            self.add_error(name, words)

    def _check_figure(self, name: str, value: float, measure: Measure | None) -> None:
        if measure is None:
            self._add("measure", _("Say what the figures are of: choose a measure."))
        elif measure.unit is Unit.PERCENT and value > 100:
            self._add(
                name, _("“%(measure)s” is a share, so it is at most 100 %%.") % {"measure": measure.name}
            )
        elif measure.unit is Unit.COUNT and value != int(value):
            self._add(name, _("“%(measure)s” is counted in whole numbers.") % {"measure": measure.name})

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
            self._add("target", words % said)
        if not measure.lower_is_better and target < baseline:
            words = _(
                "For “%(measure)s” more is better, yet the target %(target)s is below"
                " the baseline %(baseline)s. Write a higher target, or correct the baseline."
            )
            self._add("target", words % said)

    def _check_days(self, said: dict[str, Any]) -> None:
        deadline, since = said.get("deadline"), said.get("baseline_at")
        if deadline is None:
            return
        if since is not None and deadline <= since:
            words = _("The deadline must come after the baseline's day, %(day)s.")
            self._add("deadline", words % {"day": date_format(since)})
        elif "deadline" in self.changed_data and deadline < timezone.localdate():
            self._add("deadline", _("This day has passed. Choose a day to come."))

    def save(self, commit: bool = True) -> Goal:
        """To choose a passage is to say that it carries the goal as it reads now."""
        if "passage" in self.changed_data:
            self.instance.passage_seen_at = timezone.now()
        goal: Goal = super().save(commit=commit)
        goal.audiences.set(self.cleaned_data["audiences"])
        return goal
