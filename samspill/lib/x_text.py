"""What a text holds as X reads it: links, hashtags, mentions with lists, replies, cashtags.

The rules are those of twitter-text 3 (github.com/twitter/twitter-text, conformance/extract.yml). Offsets are
positions in the Python string, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import publicsuffixlist
import regex

from samspill.lib.text import Span

FLAGS = regex.IGNORECASE
AT, HASH = "[@＠]", "[#＃]"
TURNS = r"\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069"  # marks that turn the direction of writing
NEVER = r"\uFFFE\uFEFF\uFFFF"
SPACES = r"\t-\r\x20\x85\xA0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"
PUNCTUATION = r"""\-_!"#$%&'()*+,./:;<=>?@\[\]^`{|}~\\"""
ACCENTED = r"\xC0-\xD6\xD8-\xF6\xF8-\xFF\u0100-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268\u026F"
ACCENTED += r"\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF"
CYRILLIC = r"\u0400-\u04FF"

# --- hashtags: letters, marks, digits and some joiners, at least one letter or mark

JOINERS = r"_\u200C\u200D\uA67E\u05BE\u05F3\u05F4\uFF5E\u301C\u309B\u309C\u30A0\u30FB\u3003\u0F0B\u0F0C\xB7"
IN_TAG = rf"[\p{{L}}\p{{M}}\p{{Nd}}{JOINERS}]"
TAG = regex.compile(
    rf"(?:(?<=[\uFE0E\uFE0F])|(?<!{IN_TAG}|&)){HASH}(?![\uFE0F\u20E3])(?P<says>(?>{IN_TAG}*[\p{{L}}\p{{M}}]{IN_TAG}*))"
    rf"(?!{HASH}|://)",
    FLAGS,
)

# --- mentions, lists, replies, cashtags

NO_MENTION = rf"(?:{AT}|[{ACCENTED}]|://)"
MENTION = regex.compile(
    rf"(?:(?<![a-z0-9_!#$%&*@＠])|(?<=(?<![a-z0-9_+~.-])rt:?)){AT}(?P<says>[a-z0-9_]{{1,20}}+)"
    rf"(?P<list>/[a-z][a-z0-9_-]{{0,24}}+)?+(?!{NO_MENTION})",
    FLAGS,
)
REPLY = regex.compile(rf"[{SPACES}{TURNS}]*{AT}(?P<says>[a-z0-9_]{{1,20}}+)(?!{NO_MENTION})", FLAGS)
CASHTAG = regex.compile(
    rf"(?<=^|[{SPACES}{TURNS}])\$(?P<says>[a-z]{{1,6}}(?:[._][a-z]{{1,2}})?)(?=$|[{SPACES}{PUNCTUATION}])",
    FLAGS,
)

# --- links

IN_LABEL = rf"[^{PUNCTUATION}{SPACES}{NEVER}{TURNS}]"
LABEL = rf"(?:{IN_LABEL}(?:-|{IN_LABEL})*)?{IN_LABEL}\."
SUBDOMAIN = rf"(?:{IN_LABEL}(?:[_\-]|{IN_LABEL})*)?{IN_LABEL}\."
IN_PATH = rf"[a-z0-9{CYRILLIC}{ACCENTED}!*';:=+,.$/%#\[\]\-\u2013_~|&@]"
BRACKETS = rf"\((?:{IN_PATH}+|{IN_PATH}*\({IN_PATH}+\){IN_PATH}*)\)"
PATH_ENDS = rf"(?:[a-z0-9{CYRILLIC}{ACCENTED}=_#/+\-]|{BRACKETS})"
PATH = rf"(?:{IN_PATH}*(?:{BRACKETS}{IN_PATH}*)*{PATH_ENDS}|@{IN_PATH}+/)"
QUERY = r"[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/]"
MOST_LABELS = 12  # before the domain itself; more than any address has
LONGEST_LABEL = 63  # letters, as it travels (RFC 1035, RFC 3492)
LONGEST_SHORT = 40  # letters of a link that X has shortened
SHORT = regex.compile(rf"https?://t\.co/(?P<slug>[a-z0-9]+)(?:\?{QUERY})?", FLAGS)


@cache
def top_levels() -> frozenset[str]:
    """The endings of addresses that there are: what the rules of the Public Suffix List end in."""
    with open(publicsuffixlist.PSLFILE, encoding="utf-8") as file:
        rules = [line.strip() for line in file if not line.startswith("//")]
    return frozenset(rule.rpartition(".")[2] for rule in rules if rule)


ENDING = r"(?:\L<top_levels>|xn--[\-0-9a-z]+)(?=[^0-9a-z@+\-]|$)"


@cache
def _link() -> regex.Pattern[str]:
    domain = rf"(?:{SUBDOMAIN}){{0,{MOST_LABELS}}}{LABEL}{ENDING}"
    return regex.compile(
        rf"(?<![a-z0-9@＠$#＃{NEVER}])(?P<scheme>https?://)?(?P<domain>{domain})"
        rf"(?P<rest>(?::[0-9]+)?(?:/{PATH}*)?(?:\?{QUERY})?)",
        FLAGS,
        top_levels=top_levels(),
    )


@cache
def _plain_domain() -> regex.Pattern[str]:
    """A domain of Latin letters within a run of others, as in texts that have no spaces."""
    latin = rf"(?:[\-a-z0-9{ACCENTED}]+\.)+{ENDING}"
    return regex.compile(latin, FLAGS, top_levels=top_levels())


def links(text: str) -> list[Span]:
    """As written, with and without a scheme. Of a shortened link what X takes for it."""
    if "." not in text:
        return []
    return list(_links(text))


def _links(text: str) -> Iterator[Span]:
    end = 0  # of the link before: what follows it directly needs no space
    for hit in _link().finditer(text):
        start, shown, before, end = hit.start("domain"), hit[0], end, hit.end()
        if not _can_be(hit["domain"]):
            continue
        if hit["scheme"]:
            short = SHORT.match(shown)
            if short and len(short["slug"]) > LONGEST_SHORT:
                continue
            shown = short[0] if short else shown
            yield Span(hit.start(), hit.start() + len(shown), shown)
        elif start == before or text[start - 1] not in "-_./":
            yield from _without_scheme(hit)


def _without_scheme(hit: regex.Match[str]) -> Iterator[Span]:
    """Each domain of Latin letters in it; to the last belongs what follows."""
    start, domain = hit.start("domain"), hit["domain"]
    found = list(_plain_domain().finditer(domain))
    for each in found:
        end = start + each.end()
        if each.end() == len(domain):
            end += len(hit["rest"])
        yield Span(start + each.start(), end, hit.string[start + each.start() : end])


def _can_be(domain: str) -> bool:
    return all(_label_can_be(label) for label in domain.split("."))


def _label_can_be(label: str) -> bool:
    """Whether it is short enough as it travels; what claims to travel already must be able to."""
    if label.isascii():
        return len(label) <= LONGEST_LABEL
    return not label.lower().startswith("xn--") and len(label.encode("punycode")) + 4 <= LONGEST_LABEL


def hashtags(text: str) -> list[Span]:
    """Without their sign; what stands in a link is none."""
    found = [Span(hit.start(), hit.end(), hit["says"]) for hit in TAG.finditer(text)]
    taken = links(text) if found else []
    return [each for each in found if not any(_meet(each, link) for link in taken)]


def mentions(text: str) -> list[Span]:
    """Names without @; a list that follows is in `says` with its slash, as in `ola/venner`."""
    return [Span(hit.start(), hit.end(), hit["says"] + (hit["list"] or "")) for hit in MENTION.finditer(text)]


def reply_to(text: str) -> str:
    """The name that the text begins with, or ''."""
    hit = REPLY.match(text)
    return str(hit["says"]) if hit else ""


def cashtags(text: str) -> list[Span]:
    """Ticker symbols without $."""
    return [Span(hit.start(), hit.end(), hit["says"]) for hit in CASHTAG.finditer(text)]


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
