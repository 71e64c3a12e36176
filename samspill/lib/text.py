"""What a text holds, as the networks read it: its length, its links, hashtags and mentions.

Offsets are positions in the Python string, end exclusive; a network's own counting is the caller's to make.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import regex

GRAPHEME = regex.compile(r"\X")


@dataclass(frozen=True)
class Span:
    """A stretch of a text and what it says: a tag without #, a handle without @, a link as a full address."""

    start: int
    end: int
    says: str


def graphemes(text: str) -> int:
    """How many characters a person sees (UAX #29, extended grapheme clusters)."""
    return sum(1 for _each in GRAPHEME.finditer(text))


# --- Bluesky: packages/api/src/rich-text/{util,detection}.ts, app.bsky.feed.post, app.bsky.richtext.facet

GAPS = r"\s\u00AD\u2060\u200A\u200B\u200C\u200D\u20E2"
BLUESKY_TAG = regex.compile(rf"(?<=^|\s)[#＃]((?!\uFE0F)[^{GAPS}]*[^\d\s\p{{P}}{GAPS[2:]}]+[^{GAPS}]*)")
BLUESKY_MENTION = regex.compile(r"(?<=^|\s|\()@([a-zA-Z0-9.-]+)\b")
BLUESKY_LINK = regex.compile(
    r"(?<=^|\s|\()(?:https?://\S+|(?P<domain>[a-z][a-z0-9]*(?:\.[a-z0-9]+)+)\S*)", regex.IGNORECASE
)
BLUESKY_CASHTAG = regex.compile(
    r"(?<=^|\s|\()\$([a-z][a-z0-9]{0,4})(?=$|\s|[)\].,;:!?'\"…])", regex.IGNORECASE
)
TRAILING = regex.compile(r"\p{P}+$")
HANDLE = regex.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
BLUESKY_BYTES = 3000  # beside 300 graphemes
# Words with a full stop and no space between are far more often a slip than a link, so a link without https://
# must end as people here write them.
ENDINGS = regex.compile(
    "com|org|net|info|biz|edu|gov|int|eu|no|se|dk|fi|is|fo|gl|ax|sj|de|nl|be|fr|uk|ie|es|pt|it|at|ch|pl|ee|lv"
    "|lt|us|ca|au|nz|jp|io|ai|dev|app|me|tv|fm|social|blog|news|cloud|online|site|shop|art|oslo|museum"
)


def bluesky_length(text: str) -> int:
    """Graphemes; more where the text fills its bytes before its graphemes, so that 300 is the one limit."""
    return max(graphemes(text), math.ceil(len(text.encode("utf-8", "replace")) * 300 / BLUESKY_BYTES))


def bluesky_tags(text: str) -> list[Span]:
    found = []
    for hit in BLUESKY_TAG.finditer(text):
        tag = TRAILING.sub("", hit[1])
        if tag and graphemes(tag) <= 64 and len(tag.encode()) <= 640:
            found.append(Span(hit.start(), hit.start() + 1 + len(tag), tag))
    return found


def bluesky_cashtags(text: str) -> list[Span]:
    """Ticker symbols with their sign, in capitals, as Bluesky keeps them among a post's tags."""
    return [Span(hit.start(), hit.end(), hit[0].upper()) for hit in BLUESKY_CASHTAG.finditer(text)]


def bluesky_mentions(text: str) -> list[Span]:
    """What may be handles; whether somebody has them is the network's to say."""
    found = []
    for hit in BLUESKY_MENTION.finditer(text):
        name = hit[1].rstrip(".-").lower()
        if is_handle(name):
            found.append(Span(hit.start(), hit.start() + 1 + len(name), name))
    return found


def bluesky_links(text: str) -> list[Span]:
    found = []
    for hit in BLUESKY_LINK.finditer(text):
        domain = hit["domain"]
        if domain and not ENDINGS.fullmatch(domain.lower().rpartition(".")[2]):
            continue
        shown = regex.sub(r"[.,;:!?]+$", "", hit[0])
        if shown.endswith(")") and "(" not in shown:
            shown = shown[:-1]
        found.append(Span(hit.start(), hit.start() + len(shown), f"https://{shown}" if domain else shown))
    return found


def is_handle(name: str) -> bool:
    """Whether this can be a handle of the AT Protocol, such as kari.bsky.social."""
    return len(name) <= 253 and HANDLE.fullmatch(name.lower()) is not None


# --- Mastodon: app/models/concerns/tag/naming.rb, app/validators/status_length_validator.rb; links as
# twitter-text takes them

MASTODON_TAG = regex.compile(r"(?<=^|\s)[#＃](?!\d+(?![\w·・\u200C]))(\w(?:[\w·・\u200C]*\w)?)")
IN_LABEL = r"\p{L}\p{N}\p{So}"
LABEL = rf"[{IN_LABEL}](?:[{IN_LABEL}\p{{M}}-]{{0,61}}[{IN_LABEL}])?"
SUBDOMAIN = rf"[{IN_LABEL}](?:[{IN_LABEL}\p{{M}}_-]{{0,61}}[{IN_LABEL}])?"
MASTODON_LINK = regex.compile(
    rf"(?<![\w@#$＠＃./-])https?://(?:{SUBDOMAIN}\.)*{LABEL}\."
    r"(?:xn--[a-z0-9-]+|[a-z]{2,63})(?![a-z0-9@_-]|\.[a-z0-9])(?::\d{1,5})?(?:[/?#]\S*)?",
    regex.IGNORECASE,
)
MASTODON_MENTION = regex.compile(
    r"(?<![\w/=])@(?P<name>[a-z0-9_]+(?:[a-z0-9_.-]+[a-z0-9_]+)?)@[\w.-]+\w", regex.IGNORECASE
)


def mastodon_tags(text: str) -> list[Span]:
    """Letters, digits, _ and joiners between them, not digits alone; after a space or at the beginning."""
    return [Span(hit.start(), hit.end(), hit[1]) for hit in MASTODON_TAG.finditer(text)]


def mastodon_length(text: str, link: int | None = 23) -> int:
    """Graphemes, with every link counting `link` (None: as it stands) and @name@server as @name."""
    if link is not None:
        text = _links_as(text, "x" * link)
    return graphemes(MASTODON_MENTION.sub(r"@\g<name>", text))


def mastodon_links(text: str) -> list[Span]:
    found = []
    for hit in MASTODON_LINK.finditer(text):
        shown = _without_tail(hit[0])
        found.append(Span(hit.start(), hit.start() + len(shown), shown))
    return found


def _links_as(text: str, word: str) -> str:
    for span in reversed(mastodon_links(text)):
        text = text[: span.start] + word + text[span.end :]
    return text


def _without_tail(link: str) -> str:
    """Leave to the sentence the punctuation that ends it, and a bracket that opened before the link."""
    while True:
        shorter = regex.sub(r"[.,;:!?'\"»”’…]+$", "", link)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == link:
            return link
        link = shorter
