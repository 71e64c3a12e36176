"""How long things are kept, and what is kept of one person: to be shown to them, and erased if they wish."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.accounts import log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.archive.forms import ErasureForm, KeepingForm
from samspill.archive.keeping import keepings
from samspill.archive.models import Erasure
from samspill.archive.open import store
from samspill.archive.posts import Post
from samspill.archive.query import Field
from samspill.archive.store import Unavailable
from samspill.networks.registry import NETWORKS, network_name

REFUSED = 422
LONGEST = 255  # characters of a handle or an address
ERASURES = 20


@dataclass(frozen=True)
class Account:
    """One account, and what is kept of it."""

    network: str
    author: str
    posts: list[Post]

    @property
    def name(self) -> str:
        return network_name(self.network)

    @property
    def handles(self) -> list[str]:
        return list(dict.fromkeys(post.handle for post in self.posts if post.handle))

    @property
    def first(self) -> datetime:
        return datetime.fromtimestamp(min(post.at for post in self.posts) / 1000, UTC)

    @property
    def last(self) -> datetime:
        return datetime.fromtimestamp(max(post.at for post in self.posts) / 1000, UTC)


@door(read=Role.OWNER, write=Role.OWNER)
def keeping(request: MemberRequest) -> HttpResponse:
    """How long what people say is kept, and how long with who said it; network by network."""
    try:
        here = [key for key in NETWORKS if store().count(Field("network", key), most=1)]
    except Unavailable as error:
        return render(request, "archive/keeping.html", {"trouble": _(str(error))}, status=503)
    rows = keepings(here)
    said = request.POST if request.method == "POST" else None
    forms = [KeepingForm(said, instance=row, prefix=row.network) for row in rows]
    wrong = [form for form in forms if not form.is_valid()]  # each says what is wrong with it
    if wrong or not forms:
        status = REFUSED if said is not None else 200
        return render(request, "archive/keeping.html", {"forms": forms}, status=status)
    with transaction.atomic():
        for form in forms:
            form.instance.changed_by, form.instance.changed_at = request.user, timezone.now()
            row = form.save()
            log.record(
                "keeping.change",
                workspace=request.workspace,
                user=request.user,
                subject=row,
                names_months=row.names_months,
                posts_months=row.posts_months,
            )
    messages.success(request, _("Saved. What is older is put away within hours."))
    return redirect("archive:keeping", request.workspace.slug)


@door(read=Role.OWNER, write=Role.OWNER)
def person(request: MemberRequest) -> HttpResponse:
    """What is kept of a person, by handle or lasting id; and their wish to have it erased."""
    who = request.GET.get("who", "")[:LONGEST].strip().removeprefix("@")
    context = {"who": who, "erasures": Erasure.objects.filter(workspace=request.workspace)[:ERASURES]}
    try:
        accounts = _accounts(who) if who else []
    except Unavailable as error:
        return render(request, "archive/person.html", {**context, "trouble": _(str(error))}, status=503)
    form = ErasureForm(request.POST if request.method == "POST" else None, accounts=_choices(accounts))
    if form.is_valid():
        _ask(request, form)
        messages.success(request, _("It is erased within seconds. The list below says when it is done."))
        return redirect("archive:person", request.workspace.slug)
    context |= {"accounts": accounts, "form": form}
    return render(request, "archive/person.html", context, status=REFUSED if form.errors else 200)


@door(read=Role.OWNER)
def person_file(request: MemberRequest) -> HttpResponseBase:
    """All that is kept of a person, as a file to give to them."""
    who = request.GET.get("who", "")[:LONGEST].strip().removeprefix("@")
    accounts = _accounts(who) if who else []
    if not accounts:
        return redirect("archive:person", request.workspace.slug)
    log.record("person.export", workspace=request.workspace, user=request.user, subject=who)
    answer = StreamingHttpResponse(_lines(accounts), content_type="application/x-ndjson")
    answer["Content-Disposition"] = 'attachment; filename="person.ndjson"'
    return answer


def _lines(accounts: list[Account]) -> Iterator[bytes]:
    for account in accounts:
        for post in account.posts:
            yield msgspec.json.encode(msgspec.structs.asdict(post)) + b"\n"


def _accounts(who: str) -> list[Account]:
    """Those a handle is or was of, and those whose lasting id it is."""
    names = {*store().accounts(who), *((network, who) for network in NETWORKS)}
    found = [Account(network, author, store().said_by(network, author)) for network, author in sorted(names)]
    return [account for account in found if account.posts]


def _choices(accounts: list[Account]) -> list[tuple[str, str]]:
    return [(f"{each.network} {each.author}", " · ".join([*each.handles, each.author])) for each in accounts]


def _ask(request: MemberRequest, form: ErasureForm) -> None:
    now = timezone.now()
    with transaction.atomic():
        for each in form.cleaned_data["accounts"]:
            network, _space, author = each.partition(" ")
            wish = Erasure.objects.create(
                workspace=request.workspace,
                network=network,
                author=author,
                until=None if form.cleaned_data["ever"] else now,
                asked_by=request.user,
            )
            log.record("erasure.create", workspace=request.workspace, user=request.user, subject=wish)
