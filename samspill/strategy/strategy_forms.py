"""Forms of strategies below the organisation's, and of templates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User, Workspace
from samspill.strategy.document.copies import SHIPPED
from samspill.strategy.models import DEEPEST, Strategy, Template

TOO_DEEP = _("Strategies lie at most %(most)s deep. Choose one further up.")


class PlaceForm(forms.Form):
    """Below which strategy another lies. `moved`: the one that is to lie there, if it stands already."""

    parent = forms.ChoiceField(
        label=_("Below"),
        help_text=_("It inherits the personality, the channels, the guard rails and the rest from there."),
        error_messages={"invalid_choice": _("A strategy cannot lie below itself. Choose another.")},
    )

    def __init__(
        self, *args: Any, workspace: Workspace, moved: Strategy | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.workspace, self.moved = workspace, moved
        every = list(Strategy.objects.in_workspace(workspace).standing())
        self.by_pk = {each.pk: each for each in every}
        own = _below(moved, every) if moved else set()
        choices = [(str(pk), each.title) for pk, each in self.by_pk.items() if pk not in own]
        main = next((each for each in every if each.is_main), None)
        if main is None:
            choices.insert(0, ("", Strategy.of(workspace).title))
            self.fields["parent"].required = False
        self.fields["parent"].choices = choices  # type: ignore[attr-defined]

    def clean_parent(self) -> Strategy | None:
        """None: the organisation's, which is not kept yet."""
        pk = self.cleaned_data["parent"]
        if not pk:
            return None
        parent = self.by_pk[int(pk)]
        deep = len(parent.above()) + 2 + (_height(self.moved, self.by_pk.values()) if self.moved else 0)
        if deep > DEEPEST:
            raise ValidationError(TOO_DEEP, params={"most": DEEPEST})
        return parent


class NewForm(PlaceForm):
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("What it is called. For example: The recruitment spring 2027."),
    )
    scope = forms.ChoiceField(
        label=_("Who it is for"),
        choices=[(each.value, each.label) for each in Strategy.Scope if each != Strategy.Scope.ORGANISATION],
        widget=forms.RadioSelect,
    )
    begin_from = forms.ChoiceField(
        label=_("Begin with"),
        required=False,
        help_text=_(
            "A copy that you then change. Goals and launch plan come along; what it inherits need not."
        ),
    )

    field_order = ("title", "scope", "parent", "begin_from")

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["begin_from"].choices = self._beginnings(user)  # type: ignore[attr-defined]

    def _beginnings(self, user: User) -> list[Any]:
        mine = [(f"template:{each.pk}", each.title) for each in Template.objects.filter(owner=user)]
        others = [(f"strategy:{each.pk}", each.title) for each in self.by_pk.values()]
        shipped = [(f"shipped:{each.key}", each.title) for each in SHIPPED.values()]
        groups = [(_("Your templates"), mine), (_("A copy of"), others), (_("Samspill's templates"), shipped)]
        return [("", _("nothing")), *((name, rows) for name, rows in groups if rows)]


class TemplateForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Template
        fields = ("title", "note")
        help_texts = {
            "title": _("For example: Member association, first year."),
            "note": _("When you would begin with it, so that you find it again."),
        }


def _below(strategy: Strategy, every: Iterable[Strategy]) -> set[int]:
    """Its own key, and those of all below it."""
    found = {strategy.pk}
    grown = True
    while grown:
        more = {each.pk for each in every if each.parent_id in found} - found
        found |= more
        grown = bool(more)
    return found


def _height(strategy: Strategy, every: Iterable[Strategy]) -> int:
    """How many levels lie below it."""
    children = [each for each in every if each.parent_id == strategy.pk]
    return 1 + max(_height(child, every) for child in children) if children else 0
