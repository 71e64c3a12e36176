"""Plain text from strangers: without controls that hide, reverse or overlay what stands beside it."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

import regex

# Joiners are part of the spelling in these scripts, and of composed emoji; anywhere else they only hide.
_SCRIPTS = "Arab Syrc Mong Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh"
_JOINING = "".join(rf"\p{{{script}}}" for script in _SCRIPTS.split())
_HIDDEN = regex.compile(
    rf"(?<=\p{{Extended_Pictographic}}[\uFE0F\p{{EMod}}]?)(\u200D)(?=\p{{Extended_Pictographic}})"
    rf"|(?<=[{_JOINING}])([\u200C\u200D])(?=[{_JOINING}\s]|$)"
    r"|[\p{Cf}\p{Cs}--[\u0600-\u0605\u06DD\u070F\u08E2]]|[\p{Cc}--[\t\n]]",
    regex.VERSION1,
)
_PILED = regex.compile(r"(\p{Mn}{4})\p{Mn}+")
_BREAKS = regex.compile(r"\r\n?|[\u2028\u2029\u0085\v\f]")


def plain(text: str, limit: int) -> str:
    """The text as it can be shown and kept: line breaks stay, hidden controls go, `limit` characters."""
    shown = _HIDDEN.sub(lambda hit: hit[1] or hit[2] or "", _BREAKS.sub("\n", text))
    return cut(_PILED.sub(r"\1", shown).strip(), limit)


def line(text: str, limit: int) -> str:
    """The same on one line, for names and titles."""
    return plain(" ".join(plain(text, 10 * limit).split()), limit)


def cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def web_address(address: str, limit: int) -> str:
    """The address if a page may link to it: http or https, no longer than `limit`; otherwise nothing."""
    try:
        parts = urlsplit(plain(address, limit + 1))
    except ValueError:
        return ""
    fits = parts.scheme in {"http", "https"} and parts.netloc and len(address) <= limit
    return parts.geturl() if fits else ""


def short_id(identity: str, limit: int = 500) -> str:
    """A network's identity as it fits a column; different long ones stay different."""
    clean = identity.replace("\x00", "").encode(errors="replace").decode()
    if len(clean) <= limit:
        return clean
    return clean[: limit - 65] + "#" + hashlib.sha256(identity.encode(errors="surrogatepass")).hexdigest()
