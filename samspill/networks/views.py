"""Channels: which we have, how they are, and how to connect one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.accounts import access
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.networks import away, connect
from samspill.networks.base import Can, Network, Numbers
from samspill.networks.errors import NetworkError
from samspill.networks.forms import AskForm
from samspill.networks.models import Channel, ChannelQuerySet
from samspill.networks.registry import ALL, NETWORKS


@door(read=Role.VIEWER)
def channels(request: MemberRequest) -> HttpResponse:
    rows = _ours(request).order_by("network", "name", "pk")
    troubled = [row for row in rows if not row.closed_at and row.state != Channel.State.WORKING]
    working = [row for row in rows if not row.closed_at and row not in troubled]
    context = {
        "channels": troubled + working,
        "troubled": troubled,
        "closed": [row for row in rows if row.closed_at],
        "networks": ALL,
    }
    return render(request, "networks/channels.html", context)


@door(read=Role.VIEWER)
def channel(request: MemberRequest, pk: int) -> HttpResponse:
    row = access.get(_ours(request).select_related("connected_by"), request, pk=pk)
    can_publish = Can.PUBLISH in row.adapter().can
    return render(
        request, "networks/channel.html", {"channel": row, "limits": can_publish and row.known_limits()}
    )


@door(read=Role.EDITOR, write=Role.EDITOR)
def new(request: MemberRequest, key: str) -> HttpResponse:
    """Connect an account on the network."""
    return _answer(request, _network(key), None)


@door(read=Role.EDITOR, write=Role.EDITOR)
def again(request: MemberRequest, pk: int) -> HttpResponse:
    """Connect a channel again, with the same account."""
    row = access.get(Channel, request, pk=pk)
    return _answer(request, row.adapter(), row)


@door(read=Role.EDITOR, write=Role.EDITOR)
def step(request: MemberRequest, key: str) -> HttpResponse:
    """The second step: what the person brings back from the network's own page."""
    network = _network(key)
    left = away.back(request, network)
    if left is None:
        return redirect("networks:connect", request.workspace.slug, key)
    row = access.get(Channel, request, pk=left.channel) if left.channel else None
    form = AskForm(network.step_asks, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _connected(request, network, row, {**left.carry, **form.cleaned_data})
        except NetworkError as error:
            form.blame(error)
    return render(
        request, "networks/step.html", {"network": network, "channel": row, "form": form, "url": left.url}
    )


@door(read=Role.EDITOR, write=Role.EDITOR)
def close(request: MemberRequest, pk: int) -> HttpResponse:
    row = access.get(_ours(request).open(), request, pk=pk)
    if request.method != "POST":
        return render(request, "networks/close.html", {"channel": row})
    connect.close(row, request.user)
    messages.success(
        request, _("%(channel)s is closed. All that was said there is kept.") % {"channel": row.name}
    )
    return redirect("networks:channels", request.workspace.slug)


@door(write=Role.EDITOR)
def check(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask the network now, and say what it answers."""
    row = access.get(_ours(request).open(), request, pk=pk)
    try:
        messages.success(request, _answered(connect.check(row)))
    except NetworkError as error:
        messages.error(request, _("It does not work: %(why)s") % {"why": error})
    return redirect("networks:channel", request.workspace.slug, row.pk)


def _answer(request: MemberRequest, network: Network, row: Channel | None) -> HttpResponse:
    """The form of what the network asks; its answers lead to the network's own page, or sign in at once."""
    form = AskForm(
        network.asks, request.POST if request.method == "POST" else None, initial=_known(network, row)
    )
    if form.is_valid():
        try:
            there = network.begin(form.cleaned_data)
            if there is None:
                return _connected(request, network, row, form.cleaned_data)
        except NetworkError as error:
            form.blame(error)
        else:
            away.leave(request, network, there, row.pk if row else 0)
            return redirect("networks:step", request.workspace.slug, network.key)
    return render(request, "networks/connect.html", {"network": network, "channel": row, "form": form})


def _connected(
    request: MemberRequest, network: Network, row: Channel | None, answers: dict[str, str]
) -> HttpResponse:
    signed_in, limits = connect.ask(network, answers)
    if row:
        connect.reconnect(row, signed_in, limits, request.user)
    else:
        row = connect.connect(request.workspace, network, signed_in, limits, request.user)
    away.forget(request, network)
    said = _("%(channel)s on %(network)s is connected.") % {"channel": row.name, "network": network.name}
    messages.success(request, said)
    return redirect("networks:channel", request.workspace.slug, row.pk)


def _ours(request: MemberRequest) -> ChannelQuerySet:
    return Channel.objects.in_workspace(request.workspace)


def _network(key: str) -> Network:
    if key not in NETWORKS:
        raise Http404
    return NETWORKS[key]


def _known(network: Network, row: Channel | None) -> dict[str, str]:
    """What need not be typed again. An answer that is only asked for where it is needed is left empty."""
    if row is None:
        return {}
    known = {"handle": row.handle, "server": row.server, "url": row.remote_id, "name": row.name}
    return {ask.name: known[ask.name] for ask in network.asks if ask.required and ask.name in known}


def _answered(numbers: Numbers) -> str:
    said = [_("It works.")]
    if numbers.followers is not None:
        text = ngettext("%(n)s follower.", "%(n)s followers.", numbers.followers)
        said.append(text % {"n": number_format(numbers.followers)})
    if numbers.posts is not None:
        text = ngettext("%(n)s post.", "%(n)s posts.", numbers.posts)
        said.append(text % {"n": number_format(numbers.posts)})
    if numbers.last_post_at is not None:
        said.append(
            _("The newest is of %(day)s.") % {"day": date_format(numbers.last_post_at, "SHORT_DATE_FORMAT")}
        )
    return " ".join(said)
