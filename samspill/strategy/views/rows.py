"""A question with its rows, and one row at a time: write, change, remove, move."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Max
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.accounts import access, log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.strategy import check, conflict
from samspill.strategy.advice.decision import decision, with_evidence
from samspill.strategy.answers import connected, in_short
from samspill.strategy.forms import posted
from samspill.strategy.models import Goal, LaunchAction, Pattern, Strategy
from samspill.strategy.order import too_early
from samspill.strategy.passage_choices import passage_choices
from samspill.strategy.questions import QUESTIONS, Question, may_move, move
from samspill.strategy.sections.rows import records
from samspill.strategy.sections.shown import shown
from samspill.strategy.subgoals import SUB_GOALS
from samspill.strategy.views.chosen import address, chosen, to_write
from samspill.strategy.views.records import SHOWN

PAGE = 50


@door(read=Role.VIEWER)
def rows(request: MemberRequest, question: str, strategy: int | None = None) -> HttpResponse:
    """The question, its answer in short, and everything that answers it."""
    asked, about = QUESTIONS[question], chosen(request, strategy)
    found, inherited = asked.rows(about), asked.inherited(about)
    all_rows = found + [row for _above, rows in inherited for row in rows]
    channels = connected(request.workspace) if question == "channel_choices" else []
    beside = records(about, asked.section)
    answers = check.Answers(**{question: all_rows}, channels=channels, records=beside)
    for at, row in enumerate(found):
        row.may_rise, row.may_sink = may_move(asked, found, at, -1), may_move(asked, found, at, 1)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "strategy": about,
        "question": asked,
        "rows": list(page),
        "page": page,
        "inherited": [(above, rows[:PAGE], len(rows)) for above, rows in inherited],
        "section": asked.section,
        "lead": in_short(question, all_rows, timezone.localdate()),
        "part": check.completeness(answers).of(question),
        "may_edit": request.member.role >= Role.EDITOR,
        "too_early": too_early(about, question),
        "kinds": shown(about, asked.section, SHOWN, request.GET.get("all", ""), beside),
    }
    return render(request, f"strategy/{question}.html", context)


@door(read=Role.EDITOR, write=Role.EDITOR)
def add(request: MemberRequest, question: str, strategy: int | None = None) -> HttpResponse:
    asked = QUESTIONS[question]
    about = to_write(request, strategy) if request.method == "POST" else chosen(request, strategy)
    if question == "goals" and request.method == "GET" and "sub_goal" not in request.GET:
        return render(
            request,
            "strategy/goal_start.html",
            {"question": asked, "strategy": about, "sub_goals": SUB_GOALS.values()},
        )
    pattern = _adopted(request, about) if question == "goals" else None
    initial = _advised(request, asked, about) or _suggested(request, pattern)
    form = asked.form(*posted(request), strategy=about, initial=initial)
    if pattern is not None:
        form.instance.pattern = pattern
    if "look" in request.POST:
        form.errors.clear()
    elif request.method == "POST" and form.is_valid():
        last = asked.model.objects.of(about).aggregate(last=Max("position"))["last"]
        form.instance.position = (last or 0) + 1
        form.instance.changed_by = request.user
        with transaction.atomic():
            row = form.save()
            _record(request, "create", row)
        messages.success(request, _("“%(name)s” is written down.") % {"name": row})
        return _after(request, asked, row)
    return _form(request, asked, form, title=asked.add)


def _adopted(request: MemberRequest, strategy: Strategy) -> Pattern | None:
    """The pattern that the goal is to be made of, if one came from the decision to adopt it."""
    key = request.GET.get("pattern", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    rows = Pattern.objects.of(strategy).filter(state=Pattern.State.ADOPTED)
    return cast("Pattern | None", rows.filter(pk=int(key)).first())


def _suggested(request: MemberRequest, pattern: Pattern | None) -> dict[str, Any]:
    """What a new goal begins with: a sub-goal's proposals, and the passage or the pattern one came from."""
    said = request.GET
    initial: dict[str, Any] = {
        name: said[name] for name in ("sub_goal", "passage", "step", "phase") if name in said
    }
    template = SUB_GOALS.get(said.get("sub_goal", ""))
    if template:
        initial |= {
            "statement": str(template.statement),
            "why": str(template.why),
            "measure": template.measure,
            "target": template.target_value,
        }
    if pattern is not None:
        initial |= {"statement": pattern.name} | ({"why": pattern.what} if pattern.what else {})
    return initial


@door(read=Role.EDITOR, write=Role.EDITOR)
def edit(request: MemberRequest, question: str, pk: int) -> HttpResponse:
    asked = QUESTIONS[question]
    row = _row(request, asked.model, pk)
    initial = _advised(request, asked, row.strategy, row)
    form = asked.form(*posted(request), strategy=row.strategy, instance=row, initial=initial)
    clash = None
    if "look" in request.POST:
        form.errors.clear()
    elif request.method == "POST" and form.is_valid():
        form.instance.changed_by = request.user
        with transaction.atomic():
            clash = conflict.save(form)
            if clash is None:
                _record(request, "change", row, fields=form.changed_data)
        if clash is None:
            messages.success(request, _("Saved."))
            return _after(request, asked, row)
    return _form(request, asked, clash.form if clash else form, title=asked.change, row=row, clash=clash)


def _advised(
    request: MemberRequest, asked: Question, strategy: Strategy, row: Any = None
) -> dict[str, Any] | None:
    """What the advice on channels lays into a decision for whoever comes from there; they save it or not."""
    if request.method != "GET" or "advice" not in request.GET or asked.key != "channel_choices":
        return None
    key = request.GET["advice"]
    return decision(strategy, key) if row is None else with_evidence(row, key)


def _form(request: MemberRequest, asked: Question, form: Any, **more: Any) -> HttpResponse:
    context = {"question": asked, "strategy": form.strategy, "form": form, **more}
    if "row" not in more:
        context["too_early"] = too_early(form.strategy, asked.key)
    if asked.key == "goals":
        context |= passage_choices(request.workspace, form["passage"].value(), request.POST.get("words", ""))
    status = 409 if more.get("clash") else 422 if form.is_bound and form.errors else 200
    template = "strategy/goal_form.html" if asked.key == "goals" else "strategy/row_form.html"
    return render(request, template, context, status=status)


@door(read=Role.EDITOR, write=Role.EDITOR)
def remove(request: MemberRequest, question: str, pk: int) -> HttpResponse:
    """Ask first; a goal is closed and can be taken up again, other rows go."""
    asked = QUESTIONS[question]
    row = _row(request, asked.model, pk)
    if request.method != "POST":
        title = asked.remove % {"name": row}
        context = {"question": asked, "strategy": row.strategy, "row": row, "title": title}
        return render(request, "strategy/remove.html", context)
    with transaction.atomic():
        verb = "close" if isinstance(row, Goal) else "remove"
        _record(request, verb, row)
        if isinstance(row, Goal):
            row.close()
        else:
            row.delete()
    said = _("The goal “%(name)s” is closed.") if verb == "close" else _("“%(name)s” is removed.")
    messages.success(request, said % {"name": row})
    return redirect(f"strategy:{question}", *address(row.strategy))


@door(write=Role.EDITOR)
def move_row(request: MemberRequest, question: str, pk: int) -> HttpResponseRedirect:
    asked = QUESTIONS[question]
    row = _row(request, asked.model, pk)
    step = -1 if request.POST.get("way") == "up" else 1
    if move(asked, asked.rows(row.strategy), row.pk, step):
        _record(request, "move", row, way="up" if step < 0 else "down")
    return redirect(reverse(f"strategy:{question}", args=address(row.strategy)) + f"#row-{row.pk}")


@door(write=Role.EDITOR)
def done(request: MemberRequest, pk: int) -> HttpResponseRedirect:
    """Tick off an action of the launch plan, or take the tick back."""
    action = _row(request, LaunchAction, pk)
    action.done_at = timezone.now() if request.POST.get("done") == "yes" else None
    action.save(update_fields=["done_at"])
    _record(request, "done" if action.done_at else "undone", action)
    return redirect(reverse("strategy:launch", args=address(action.strategy)) + f"#row-{action.pk}")


def _row(request: MemberRequest, model: type[Any], pk: int) -> Any:
    rows = model.objects.in_workspace(request.workspace).select_related(
        "strategy__workspace", "strategy__parent"
    )
    return access.get(rows, request, pk=pk)


def _record(request: MemberRequest, verb: str, row: Any, **detail: Any) -> None:
    name = f"{row._meta.model_name}.{verb}"
    log.record(name, workspace=request.workspace, user=request.user, subject=row, row=row.pk, **detail)


def _after(request: MemberRequest, asked: Question, row: Any) -> HttpResponseRedirect:
    if hasattr(row, "get_absolute_url"):
        return redirect(row)
    return redirect(reverse(f"strategy:{asked.key}", args=address(row.strategy)) + f"#row-{row.pk}")
