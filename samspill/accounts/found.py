"""Found a workspace: a name, an address, a first owner."""

from django.db import transaction
from django.utils.text import slugify

from samspill.accounts import log
from samspill.accounts.models import Member, Role, User, Workspace

NORDIC = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})


@transaction.atomic
def found_workspace(name: str, owner: User, time_zone: str) -> Member:
    workspace = Workspace.objects.create(name=name, slug=free_slug(name), time_zone=time_zone)
    member = Member.objects.create(workspace=workspace, user=owner, role=Role.OWNER)
    log.record("workspace.create", workspace=workspace, user=owner, subject=name)
    return member


def free_slug(name: str) -> str:
    """The name as part of an address, "ås-kommune" as as-kommune; a number after it when it is taken."""
    stem = slugify(name.translate(NORDIC))[:50].strip("-") or "samspill"
    taken = set(Workspace.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def may_found(user: User) -> bool:
    """Who owns a workspace may make another."""
    return Member.objects.filter(user=user, role=Role.OWNER).exists()
