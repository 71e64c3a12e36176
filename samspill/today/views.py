"""The first page: what needs me now."""

from django.http import HttpResponse
from django.shortcuts import render

from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role


@door(read=Role.VIEWER)
def today(request: MemberRequest) -> HttpResponse:
    return render(request, "today/today.html")
