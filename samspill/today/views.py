"""The first page, and the search over everything."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.today import words
from samspill.today.needs import needs
from samspill.today.search import search as find
from samspill.today.search import words_of

FEW = 5  # of each kind, until one kind is asked for
MANY = 20
LONGEST = 200


@door(read=Role.VIEWER)
def today(request: MemberRequest) -> HttpResponse:
    """What needs me now."""
    found = needs(request.member, timezone.now())
    said = {
        "greeting": words.greeting(found, request.user.name),
        "first": words.first(found),
        "then": words.then(found),
    }
    return render(request, "today/today.html", {"needs": found, **said})


@door(read=Role.VIEWER)
def search(request: MemberRequest) -> HttpResponse:
    """Goals, passages, documents, drafts and conversations that hold every word."""
    asked = request.GET.get("q", "")[:LONGEST].strip()
    wanted = words_of(asked)
    groups = find(request.workspace, wanted) if wanted else []
    counted = [(group, count) for group in groups if (count := group.rows.count())]
    only = next((group for group, _count in counted if group.key == request.GET.get("in")), None)
    page = Paginator(only.rows, MANY).get_page(request.GET.get("page")) if only else None
    found = [
        {"group": group, "count": count, "hits": group.hits(page if page else group.rows[:FEW])}
        for group, count in counted
        if only in (None, group)
    ]
    context = {"q": asked, "counted": counted, "total": sum(count for _group, count in counted)}
    return render(request, "today/search.html", {**context, "found": found, "only": only, "page": page})
