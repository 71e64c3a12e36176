"""What every page's frame shows: where I am, who I am, where else I could be."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest

from samspill.accounts.models import Member, Workspace


def frame(request: HttpRequest) -> dict[str, Any]:
    match = request.resolver_match
    member: Member | None = getattr(request, "member", None)

    def other_workspaces() -> QuerySet[Workspace]:
        """A function, so that fragments, which have no frame, do not ask."""
        if member is None:
            return Workspace.objects.none()
        return (
            Workspace.objects.filter(members__user=member.user)
            .exclude(pk=member.workspace_id)
            .order_by("name")
        )

    return {
        "current_app": match.app_name if match else "",
        "workspace": getattr(request, "workspace", None),
        "member": member,
        "other_workspaces": other_workspaces,
        "version": settings.VERSION,
    }
