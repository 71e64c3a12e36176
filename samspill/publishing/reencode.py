"""Make a stranger's image ours: decoded and written anew in a process of its own, with hard limits.

Run as `python -I reencode.py LONGEST BYTES` with the image on standard input. Standard output: a line of JSON
{"media_type", "width", "height"} and the new image, or {"error"}. Imports nothing of Samspill.
"""

import io
import json
import resource
import sys
import warnings
from collections.abc import Iterator

from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
PIXELS = 50_000_000
MEMORY = 2**30
SECONDS = 20
QUALITIES = (88, 80, 70, 60)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
    Image.MAX_IMAGE_PIXELS = PIXELS
    warnings.simplefilter("error")
    longest, room = int(sys.argv[1]), int(sys.argv[2])
    try:
        said, content = reencoded(sys.stdin.buffer.read(), longest, room)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        said, content = {"error": "pixels"}, b""
    except (OSError, ValueError, SyntaxError, MemoryError, Warning):
        said, content = {"error": "unreadable"}, b""
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + content)


def reencoded(content: bytes, longest: int, room: int) -> tuple[dict[str, object], bytes]:
    """The first frame, upright, without metadata, no side over `longest`, in at most `room` bytes."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as found:
        if found.width * found.height > PIXELS:
            raise Image.DecompressionBombError
        if found.format == "JPEG":
            found.draft("RGB", (longest, longest))
        found.seek(0)
        upright = in_srgb(ImageOps.exif_transpose(found))
        see_through = found.mode in ("RGBA", "LA", "PA") or "transparency" in found.info
        keep_lines = found.format in ("PNG", "GIF")
        image = upright.convert("RGBA" if see_through else "RGB")
    image.info.clear()  # comments, places, colour profiles: what is left would be written again
    image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    for _round in range(12):
        for media_type, written in _written(image, lossless=see_through or keep_lines):
            if len(written) <= room:
                return {"media_type": media_type, "width": image.width, "height": image.height}, written
        image = ImageOps.scale(image, 0.8)
    raise ValueError("does not fit")


def in_srgb(image: Image.Image) -> Image.Image:
    """The colours as the picture's own profile means them, for the profile itself is not kept."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA"):
        return image
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"))
    except (OSError, ImageCms.PyCMSError):
        return image
    return turned or image


def _written(image: Image.Image, lossless: bool) -> Iterator[tuple[str, bytes]]:
    """The image as PNG where that suits it, then as JPEG of falling quality."""
    if lossless:
        out = io.BytesIO()
        image.save(out, "PNG", optimize=True)
        yield "image/png", out.getvalue()
    flat = image
    if image.mode == "RGBA":
        flat = Image.new("RGB", image.size, "white")
        flat.paste(image, mask=image.getchannel("A"))
    for quality in QUALITIES:
        out = io.BytesIO()
        flat.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        yield "image/jpeg", out.getvalue()


if __name__ == "__main__":
    main()
