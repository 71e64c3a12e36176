"""The workspace's own pages: its name and promise, its people, what was done."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.accounts import access, invite, log, membership
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.events import EventFilter, csv_lines
from samspill.accounts.forms import InviteForm, RoleForm, WorkspaceForm
from samspill.accounts.found import may_found
from samspill.accounts.models import Invitation, Member, Role, Workspace
from samspill.accounts.password_link import may_link, password_link
from samspill.accounts.people import people_of


@door(read=Role.VIEWER, write=Role.OWNER)
def workspace(request: MemberRequest) -> HttpResponse:
    form = WorkspaceForm(request.POST or None, initial=WorkspaceForm.of(request.workspace))
    context = {
        "form": form,
        "is_last_owner": membership.is_last_owner(request.member),
        "may_found": may_found(request.user),
    }
    if request.method == "POST" and form.is_valid():
        if form.save(request.workspace):
            changed = {name: form.cleaned_data[name] for name in form.changed_data if name != "version"}
            log.record("workspace.change", workspace=request.workspace, user=request.user, **changed)
            messages.success(request, _("Saved."))
            return redirect("accounts:workspace", request.workspace.slug)
        theirs = Workspace.objects.get(pk=request.workspace.pk)
        mine = WorkspaceForm({**request.POST.dict(), "version": theirs.version})
        context |= {"theirs": theirs, "form": mine}
    return render(request, "accounts/workspace.html", context)


@door(write=Role.VIEWER)
def leave(request: MemberRequest) -> HttpResponseRedirect:
    try:
        membership.remove(request.member, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("accounts:workspace", request.workspace.slug)
    messages.success(request, _("You have left %(name)s.") % {"name": request.workspace})
    return redirect("front")


@door(read=Role.VIEWER)
def people(request: MemberRequest) -> HttpResponse:
    return _people(request)


def _people(request: MemberRequest, **more: object) -> HttpResponse:
    context = {
        "people": people_of(request.workspace, seen_by=request.member),
        "roles": Role.choices,
        "invitations": Invitation.objects.usable()
        .filter(workspace=request.workspace)
        .order_by("-created_at"),
        "invite_form": InviteForm(),
        **more,
    }
    return render(request, "accounts/people.html", context)


@door(write=Role.OWNER)
def change_role(request: MemberRequest, pk: int) -> HttpResponseRedirect:
    member = access.get(Member, request, pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the roles."))
        return redirect("accounts:people", request.workspace.slug)
    try:
        membership.change_role(member, form.cleaned_data["role"], by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        said = {"name": member, "role": member.get_role_display()}
        messages.success(request, _("%(name)s is now %(role)s.") % said)
    return redirect("accounts:people", request.workspace.slug)


@door(write=Role.OWNER)
def remove(request: MemberRequest, pk: int) -> HttpResponseRedirect:
    member = access.get(Member, request, pk=pk)
    try:
        membership.remove(member, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("accounts:people", request.workspace.slug)
    messages.success(request, _("%(name)s no longer has access.") % {"name": member})
    if member.user == request.user:
        return redirect("front")
    return redirect("accounts:people", request.workspace.slug)


@door(write=Role.OWNER)
def make_password_link(request: MemberRequest, pk: int) -> HttpResponse:
    """Answered in place: the link stands on this page once and nowhere else."""
    member = access.get(Member, request, pk=pk)
    if not may_link(request.user, member.user):
        raise PermissionDenied(
            _("%(name)s also works where you are not an owner. Ask whoever runs the server.")
            % {"name": member}
        )
    log.record("password_link.create", workspace=request.workspace, user=request.user, subject=member.user)
    return _people(request, password_link=password_link(member.user), link_for=member)


@door(write=Role.OWNER)
def make_invitation(request: MemberRequest) -> HttpResponse:
    """Answered in place: the link stands on this page once and nowhere else."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _people(request, invite_form=form)
    said = form.cleaned_data
    invitation, link = invite.invite(
        request.workspace, said["role"], said["days"], request.user, said["email"]
    )
    sent = bool(invitation.email) and invite.send(invitation, link)
    return _people(request, invitation=invitation, invitation_link=link, sent=sent)


@door(write=Role.OWNER)
def revoke_invitation(request: MemberRequest, pk: int) -> HttpResponseRedirect:
    invite.revoke(access.get(Invitation, request, pk=pk), by=request.user)
    messages.success(request, _("The invitation no longer works."))
    return redirect("accounts:people", request.workspace.slug)


@door(read=Role.OWNER)
def events(request: MemberRequest) -> HttpResponse:
    """What was done here, newest first."""
    wanted = EventFilter.asked_by(request)
    page = Paginator(wanted.events(), 50).get_page(request.GET.get("page"))
    return render(request, "accounts/events.html", {"wanted": wanted, "page": page})


@door(read=Role.OWNER)
def events_csv(request: MemberRequest) -> StreamingHttpResponse:
    """The same, as a file for a spreadsheet; times in UTC."""
    lines = csv_lines(EventFilter.asked_by(request).events())
    name = f"samspill-{request.workspace.slug}-{timezone.now():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
