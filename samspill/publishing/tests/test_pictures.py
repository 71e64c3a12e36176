"""Pictures come in as what a limited child process makes of them, and go out as each channel takes them."""

from __future__ import annotations

import io
import struct
import uuid
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

from conftest import Cast
from samspill.networks.base import Limits
from samspill.networks.models import Channel
from samspill.publishing import pictures
from samspill.publishing.deliver import deliver_due
from samspill.publishing.models import Delivery, Draft, Picture
from samspill.publishing.schedule import schedule
from samspill.publishing.tests.clock import Clock
from samspill.publishing.tests.outside import Outside

Drafted = Callable[..., Draft]
LIMITS = Limits(text=300, unit="graphemes", image_bytes=1_000_000)


def file(image: Image.Image, form: str, **more: Any) -> SimpleUploadedFile:
    out = io.BytesIO()
    image.save(out, form, **more)
    return SimpleUploadedFile(f"bilde.{form.lower()}", out.getvalue())


def noise(width: int, height: int) -> Image.Image:
    """What no format makes small."""
    return Image.effect_noise((width, height), 90).convert("RGB")


def png_saying(width: int, height: int) -> bytes:
    """A little file that says it is large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((width // 8 + 1) * height), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def bytes_of(picture: Picture) -> bytes:
    with picture.file.open("rb") as kept:
        return bytes(kept.read())


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(bytes_of(picture)))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_four_formats_are_taken(db: None, drafted: Drafted, form: str) -> None:
    picture = pictures.add(drafted("Hei"), file(noise(40, 30), form))
    assert (picture.width, picture.height) == (40, 30)
    assert picture.media_type in ("image/jpeg", "image/png")
    assert opened(picture).format in ("JPEG", "PNG")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.4",
        b"\xff\xd8\xff\xe0" + b"\0" * 100,
        png_saying(100, 100)[:60],
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(db: None, drafted: Drafted, content: bytes) -> None:
    with pytest.raises(ValidationError, match=str(pictures.UNREADABLE)):
        pictures.add(drafted("Hei"), SimpleUploadedFile("bilde.png", content))
    assert not Picture.objects.exists()


def test_tiff_and_bmp_are_not_opened(db: None, drafted: Drafted) -> None:
    for form in ("TIFF", "BMP"):
        with pytest.raises(ValidationError):
            pictures.add(drafted("Hei"), file(noise(4, 4), form))


def test_metadata_is_taken_out_and_the_picture_stands_upright(db: None, drafted: Drafted) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "hemmelig sted"
    picture = pictures.add(drafted("Hei"), file(noise(40, 20), "JPEG", exif=exif, comment=b"hemmelig"))
    assert (picture.width, picture.height) == (20, 40)
    assert b"hemmelig" not in bytes_of(picture)
    assert not opened(picture).getexif()


def test_colours_are_kept_though_the_profile_is_not(db: None, drafted: Drafted) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for icc in (profile, b"broken"):
        upload = file(Image.new("RGB", (8, 8), (200, 30, 40)), "PNG", icc_profile=icc)
        kept = opened(pictures.add(drafted("Hei"), upload))
        assert kept.getpixel((0, 0)) == (200, 30, 40)
        assert "icc_profile" not in kept.info


def test_only_the_first_frame_stays(db: None, drafted: Drafted) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    upload = file(frames[0], "GIF", save_all=True, append_images=frames[1:])
    picture = pictures.add(drafted("Hei"), upload)
    kept = opened(picture)
    assert getattr(kept, "n_frames", 1) == 1
    assert kept.convert("RGB").getpixel((0, 0)) == (255, 0, 0)


def test_50_million_pixels_are_taken_and_more_refused(db: None, drafted: Drafted) -> None:
    taken = SimpleUploadedFile("stor.png", png_saying(10_000, 5_000))
    assert pictures.add(drafted("Hei"), taken).width == pictures.LONGEST
    with pytest.raises(ValidationError, match=str(pictures.TOO_MANY_PIXELS)):
        pictures.add(drafted("Hei"), SimpleUploadedFile("stor.png", png_saying(10_000, 5_001)))


def test_a_little_file_that_says_it_is_enormous_is_refused(db: None, drafted: Drafted) -> None:
    with pytest.raises(ValidationError, match=str(pictures.TOO_MANY_PIXELS)):
        pictures.add(drafted("Hei"), SimpleUploadedFile("bombe.png", png_saying(60_000, 60_000)[:2000]))


def test_20_megabytes_are_read_and_more_is_refused_unread(db: None, drafted: Drafted) -> None:
    with pytest.raises(ValidationError, match=str(pictures.TOO_HEAVY)):
        pictures.add(drafted("Hei"), SimpleUploadedFile("tung.jpg", b"x" * (pictures.UPLOAD + 1)))
    with pytest.raises(ValidationError, match=str(pictures.UNREADABLE)):
        pictures.add(drafted("Hei"), SimpleUploadedFile("tung.jpg", b"x" * pictures.UPLOAD))


def test_twenty_pictures_are_enough(db: None, drafted: Drafted) -> None:
    draft = drafted("Hei")
    for _number in range(19):
        draft.pictures.create(sha256="x", media_type="image/png", width=1, height=1)
    pictures.add(draft, file(noise(4, 4), "PNG"))
    with pytest.raises(ValidationError, match=str(pictures.TOO_MANY)):
        pictures.add(draft, file(noise(4, 4), "PNG"))


def test_fits_what_the_channel_takes(db: None, drafted: Drafted) -> None:
    picture = pictures.add(drafted("Hei"), file(noise(500, 400), "PNG"))
    whole = len(bytes_of(picture))
    as_it_is = pictures.fitted(picture, Limits(text=1, unit="characters", image_bytes=whole))
    assert (len(as_it_is.content), as_it_is.width) == (whole, 500)
    smaller = pictures.fitted(picture, Limits(text=1, unit="characters", image_bytes=whole - 1))
    assert len(smaller.content) < whole
    least = pictures.fitted(picture, Limits(text=1, unit="characters", image_bytes=4_000))
    assert len(least.content) <= 4_000
    assert Image.open(io.BytesIO(least.content)).size == (least.width, least.height)


def test_a_child_that_dies_refuses_the_picture(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    child = tmp_path / "child.py"
    monkeypatch.setattr(pictures, "CHILD", child)
    for program in ("raise SystemExit(1)", "import os; os.abort()", 'print(\'{"error": "x"}\')'):
        child.write_text(program)
        with pytest.raises(ValidationError):
            pictures.reencode(b"x", 10, 10)


def test_a_child_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    child = tmp_path / "child.py"
    child.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(pictures, "CHILD", child)
    monkeypatch.setattr(pictures, "WALL", 0.3)
    with pytest.raises(ValidationError):
        pictures.reencode(b"x", 10, 10)


# ---------- on the page ----------


def posted(draft: Draft, **more: Any) -> dict[str, Any]:
    said = {
        "uuid": str(draft.uuid),
        "page": str(uuid.uuid4()),
        "version": draft.version,
        "title": draft.title,
    }
    return {**said, "text": draft.text, **more}


def test_added_described_seen_and_taken_out(cast: Cast, drafted: Drafted, as_person: Any) -> None:
    draft, alice = drafted("Hei"), as_person(cast.alice)
    page = f"/w/fjord/publishing/{draft.pk}/"
    answer = alice.post(
        page, posted(draft, do="pictures", pictures=[file(noise(4, 4), "PNG"), file(noise(5, 5), "JPEG")]),
        headers={"HX-Request": "true"},
    )  # fmt: skip
    assert answer.content.decode().count("<textarea") == 2
    first, second = Picture.objects.all()
    draft.refresh_from_db()
    alice.post(page, posted(draft, **{f"alt_{first.pk}": "En mast", f"alt_{second.pk}": ""}))
    first.refresh_from_db()
    assert first.alt == "En mast"
    assert "Picture 2 has no alt text" in alice.get(page).content.decode()
    seen = as_person(cast.vera).get(f"/w/fjord/publishing/pictures/{first.pk}/")
    assert seen.headers["Content-Type"] == "image/png"
    assert b"".join(seen.streaming_content) == bytes_of(first)
    seen.close()
    assert as_person(cast.charlie).get(f"/w/utland/publishing/pictures/{first.pk}/").status_code == 404
    draft.refresh_from_db()
    alice.post(page, posted(draft, do=f"remove-{first.pk}"))
    assert list(Picture.objects.all()) == [second]


def test_a_refused_picture_is_said_and_the_text_stays(cast: Cast, drafted: Drafted, as_person: Any) -> None:
    draft, alice = drafted("Hei"), as_person(cast.alice)
    said = posted(draft, do="pictures", pictures=[SimpleUploadedFile("virus.png", b"nope")])
    answer = alice.post(f"/w/fjord/publishing/{draft.pk}/", said | {"text": "Hei igjen"}, follow=True)
    page = answer.content.decode()
    assert f"virus.png: {pictures.UNREADABLE}" in page
    assert "Hei igjen" in page


def test_a_foreign_picture_is_not_taken_out(cast: Cast, drafted: Drafted, as_person: Any) -> None:
    draft, other = drafted("Hei"), drafted("Annet")
    foreign = other.pictures.create(sha256="x", media_type="image/png", width=1, height=1)
    answer = as_person(cast.alice).post(
        f"/w/fjord/publishing/{draft.pk}/", posted(draft, do=f"remove-{foreign.pk}")
    )
    assert answer.status_code == 404
    assert Picture.objects.exists()


def test_alt_text_of_1500_is_taken_and_of_1501_refused(cast: Cast, drafted: Drafted, as_person: Any) -> None:
    draft, alice = drafted("Hei"), as_person(cast.alice)
    picture = draft.pictures.create(sha256="x", media_type="image/png", width=1, height=1)
    page = f"/w/fjord/publishing/{draft.pk}/"
    assert alice.post(page, posted(draft, **{f"alt_{picture.pk}": "a" * 1501})).status_code == 422
    assert alice.post(page, posted(draft, **{f"alt_{picture.pk}": "a" * 1500})).status_code == 302


def test_goes_out_with_its_alt_text(
    clock: Clock, outside: Outside, cast: Cast, drafted: Drafted, bluesky: Channel
) -> None:
    draft = drafted("Hei", bluesky)
    picture = pictures.add(draft, file(noise(40, 30), "PNG"))
    picture.alt = "En mast i storm"
    picture.save()
    schedule(draft, by=cast.bob, when=None, request_id=uuid.uuid4())
    deliver_due()
    record = next(iter(outside.pds.records.values()))
    shown = record["embed"]["images"][0]
    assert shown["alt"] == "En mast i storm"
    assert shown["aspectRatio"] == {"width": 40, "height": 30}


def test_a_lost_file_asks_a_person_and_sends_nothing(
    clock: Clock, outside: Outside, cast: Cast, drafted: Drafted, bluesky: Channel
) -> None:
    draft = drafted("Hei", bluesky)
    picture = pictures.add(draft, file(noise(4, 4), "PNG"))
    schedule(draft, by=cast.bob, when=None, request_id=uuid.uuid4())
    picture.file.storage.delete(picture.file.name)
    deliver_due()
    assert Delivery.objects.get().state == Delivery.State.NEEDS_HUMAN
    assert outside.texts() == []
