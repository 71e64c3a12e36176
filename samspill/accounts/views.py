"""People and workspaces: set-up, joining, settings."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


@login_required
def front(request: HttpRequest) -> HttpResponse:
    """Send the person to the workspace they were last in."""
    member = request.user.memberships.select_related("workspace").order_by("pk").first()
    if member is None:
        return render(request, "accounts/no_workspace.html", status=404)
    return redirect("today:today", member.workspace.slug)
