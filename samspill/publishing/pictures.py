"""Pictures of a draft: taken in as what a limited child process makes of them, fitted to each channel."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from samspill.networks.base import Image, Limits
from samspill.publishing.models import Draft, Picture

CHILD = Path(__file__).with_name("reencode.py")
LONGEST = 2400  # pixels of the longer side
UPLOAD = 20 * 2**20  # bytes
KEPT = 8 * 2**20
MOST = 20  # pictures of a draft; what a channel takes is less
WALL = 40  # seconds

TOO_HEAVY = _("This picture is larger than 20 MB. Make it smaller, then add it again.")
TOO_MANY_PIXELS = _("This picture has more than 50 million pixels. Make it smaller, then add it again.")
UNREADABLE = _("This is not a picture we can read. Use JPEG, PNG, WebP or GIF.")
TOO_MANY = _("A draft holds 20 pictures at most. Take one out first.")


@dataclass(frozen=True)
class Made:
    content: bytes = field(repr=False)
    media_type: str
    width: int
    height: int


def add(draft: Draft, upload: UploadedFile) -> Picture:
    """Keep what was uploaded, re-encoded and without metadata. Raises ValidationError with a sentence."""
    if (upload.size or 0) > UPLOAD:
        raise ValidationError(TOO_HEAVY)
    if draft.pictures.count() >= MOST:
        raise ValidationError(TOO_MANY)
    made = reencode(upload.read(), LONGEST, KEPT)
    last = draft.pictures.order_by("position").last()
    picture = Picture(
        draft=draft,
        sha256=hashlib.sha256(made.content).hexdigest(),
        media_type=made.media_type,
        width=made.width,
        height=made.height,
        position=last.position + 1 if last else 0,
    )
    name = f"{picture.sha256}.{made.media_type.removeprefix('image/')}"
    picture.file.save(name, ContentFile(made.content), save=False)
    picture.save()
    return picture


def fitted(picture: Picture, limits: Limits) -> Image:
    """The picture as a channel takes it: as it is, or smaller."""
    with picture.file.open("rb") as file:
        content = file.read()
    made = Made(content, picture.media_type, picture.width, picture.height)
    if len(content) > limits.image_bytes:
        made = reencode(content, LONGEST, limits.image_bytes)
    return Image(made.content, made.media_type, picture.alt, made.width, made.height)


def reencode(content: bytes, longest: int, room: int) -> Made:
    """Let the child look at it: it has little memory, little time, and nothing of ours."""
    command = [sys.executable, "-I", str(CHILD), str(longest), str(room)]
    try:
        child = subprocess.run(  # noqa: S603 - our own script
            command, input=content, capture_output=True, timeout=WALL, env={}, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ValidationError(UNREADABLE) from error
    said, _line, made = child.stdout.partition(b"\n")
    answer: dict[str, Any] = json.loads(said) if child.returncode == 0 and said else {"error": "died"}
    if "error" in answer:
        raise ValidationError(TOO_MANY_PIXELS if answer["error"] == "pixels" else UNREADABLE)
    return Made(made, **answer)
