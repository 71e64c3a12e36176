"""Read what a person typed as a query. What cannot be read is pointed at, with what was expected there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from samspill.archive.query import And, Field, Near, Node, Not, Or, Phrase, Prefix, Since, Tag, Until, Word
from samspill.archive.words import forms
from samspill.lib.tags import tag_key

LANGUAGE = 1  # the version of this language; a saved query says which it was written in
LONGEST = 2000  # characters
TERMS = 100
DEPTH = 20
SHORTEST_PREFIX = 2  # letters
NEAR_AT_MOST = 50  # words between

FIELDS = {
    "from": "from",
    "fra": "from",
    "to": "to",
    "til": "to",
    "site": "site",
    "nettsted": "site",
    "lang": "lang",
    "språk": "lang",
    "network": "network",
    "nettverk": "network",
    "since": "since",
    "siden": "since",
    "until": "until",
    "før": "until",
    "has": "has",
    "har": "has",
}
HAS = {"link": "link", "lenke": "link", "repost": "repost", "deling": "repost"}
# What people call a language. Norwegian is written in two forms, and often marked as neither.
LANGUAGES = {
    "no": ("no", "nb", "nn"),
    "norsk": ("no", "nb", "nn"),
    "norwegian": ("no", "nb", "nn"),
    "bokmål": ("nb",),
    "nynorsk": ("nn",),
    "engelsk": ("en",),
    "english": ("en",),
    "samisk": ("se", "smj", "sma"),
}
OR, AND, NEAR = ("OR", "ELLER"), ("AND", "OG"), ("NEAR", "NÆR")
AFTER_A_TAG = ".,;:!?…)'’"
_TOKEN = re.compile(r'\s+|[()]|-?"[^"]*"?|[^\s()"]+')
_AGO = re.compile(r"(\d{1,4})(h|t|timer|d|days|dager|w|u|uker|m|måneder|y|år)")
_HOURS = {"h": 1, "t": 1, "timer": 1, "d": 24, "days": 24, "dager": 24, "w": 168, "u": 168, "uker": 168}
_HOURS |= {"m": 30 * 24, "måneder": 30 * 24, "y": 365 * 24, "år": 365 * 24}
_NUMBERED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4})")
_QUOTES = str.maketrans("“”«»„＂", '""""""')
_PRIVATE = re.compile("[\ue000-\uf8ff\x00-\x08\x0b-\x1f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class Wrong(ValueError):
    """The query cannot be read. `at` and `length`: where in what was typed; str(): what to write instead."""

    def __init__(self, at: int, length: int, message: str) -> None:
        super().__init__(message)
        self.at, self.length = at, length


@dataclass(frozen=True)
class _Token:
    at: int
    text: str

    def wrong(self, message: str) -> Wrong:
        return Wrong(self.at, len(self.text), message)


def tidy(typed: str) -> str:
    """What is read: characters composed (å as one), quotation marks straight, nothing that cannot be seen."""
    return unicodedata.normalize("NFC", _PRIVATE.sub(" ", typed).translate(_QUOTES)).strip()


def parse(typed: str, now: datetime, zone: ZoneInfo) -> Node:
    """The tree of a query. `now` is for 7d and the like; days are those of `zone`. Raises Wrong."""
    text = tidy(typed)
    if len(text) > LONGEST:
        message = _("This is too long. A query has room for %(n)d characters.") % {"n": LONGEST}
        raise Wrong(LONGEST, len(text) - LONGEST, message)
    tokens = _tokens(text)
    if not tokens:
        raise Wrong(0, 0, _("Write # and a word, or any word."))
    if len(tokens) > 3 * TERMS:
        raise tokens[3 * TERMS].wrong(_many())
    return _Parser(tokens, now.astimezone(zone), zone).whole()


def _tokens(text: str) -> list[_Token]:
    return [_Token(hit.start(), hit[0]) for hit in _TOKEN.finditer(text) if not hit[0].isspace()]


def tokens(typed: str) -> list[str]:
    """The signs, words and quotations of what was typed, in order, without a meaning yet."""
    return [token.text for token in _tokens(tidy(typed))]


@dataclass(frozen=True)
class Piece:
    """A part that stands alone and is wanted, such as a hashtag: where, as typed, and what it means."""

    at: int
    text: str
    node: Node


def pieces(text: str) -> list[Piece]:
    """The parts of a tidied query that can be read; not what is barred, nor what stands in NEAR."""
    return [Piece(token.at, token.text, node) for token, node in _read_alone(_tokens(text))]


def _read_alone(tokens: list[_Token]) -> Iterator[tuple[_Token, Node]]:
    before, skipped = "", 0  # parentheses that are open and of no concern
    for token in tokens:
        if token.text == "(":
            skipped += bool(skipped) or before in ("-", *NEAR)
        elif token.text == ")":
            skipped = max(0, skipped - 1)
        elif not skipped and token.text not in (*OR, *AND, *NEAR) and token.text[0] != "-" and before != "-":
            with suppress(Wrong):
                yield token, _Parser([token], datetime.now(UTC), ZoneInfo("UTC")).whole()
        before = token.text


def _many() -> str:
    return _("There are too many parts. A query has room for %(n)d.") % {"n": TERMS}


class _Parser:
    """Recursive descent: any of (all of (not) ...)."""

    def __init__(self, tokens: list[_Token], now: datetime, zone: ZoneInfo) -> None:
        self.tokens, self.now, self.zone = tokens, now, zone
        self.at = self.terms = 0
        self.moments: list[_Token] = []  # since: and until: met so far

    def whole(self) -> Node:
        node = self.any_of(0)
        if self.at < len(self.tokens):
            raise self.tokens[self.at].wrong(_("This closes nothing. Take it away, or write ( before."))
        return node

    def peek(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def any_of(self, depth: int) -> Node:
        if depth > DEPTH:
            raise self.tokens[self.at - 1].wrong(_("There are too many parentheses inside each other."))
        moments = len(self.moments)
        found = [self.all_of(depth)]
        while (token := self.peek()) and token.text in OR:
            self.at += 1
            found.append(self.all_of(depth))
        if len(found) == 1:
            return found[0]
        self.no_moment_since(moments)
        return Or(tuple(found))

    def no_moment_since(self, count: int) -> None:
        if len(self.moments) > count:
            raise self.moments[count].wrong(
                _("A time holds for the whole query. Put the rest in parentheses, and write it after them.")
            )

    def all_of(self, depth: int) -> Node:
        found: list[Node] = []
        while (token := self.peek()) and token.text not in OR and token.text != ")":
            if token.text in AND and found:
                self.at += 1
                if (after := self.peek()) is None or after.text in (")", *OR, *AND):
                    raise token.wrong(_("Something must come after this."))
                continue
            found.append(self.one(token, depth))
        if not found:
            raise self.nothing(token)
        return found[0] if len(found) == 1 else And(tuple(found))

    def nothing(self, token: _Token | None) -> Wrong:
        """Where a part was expected and none stands."""
        if token is not None and token.text in OR:
            return token.wrong(_("Something must come before this."))
        if token is not None:
            return token.wrong(_("Something must stand inside the parentheses."))
        return self.tokens[-1].wrong(_("Something must come after this."))

    def one(self, token: _Token, depth: int) -> Node:
        self.at += 1
        if token.text == "(":
            return self.inside(token, depth)
        if token.text == "-" or (token.text[0] == "-" and len(token.text) > 1):
            return self.barred(token, depth)
        return self.term(token)

    def inside(self, token: _Token, depth: int) -> Node:
        node = self.any_of(depth + 1)
        if (end := self.peek()) is None or end.text != ")":
            raise token.wrong(_("These parentheses are not closed. Write ) where they end."))
        self.at += 1
        return node

    def barred(self, token: _Token, depth: int) -> Node:
        moments = len(self.moments)
        if token.text == "-":
            follows = self.peek()
            if follows is None or follows.at != token.at + 1 or follows.text == ")":
                raise token.wrong(_("Write what must not be there right after the minus."))
            node = self.one(follows, depth + 1)
        else:
            node = self.term(_Token(token.at + 1, token.text[1:]))
        self.no_moment_since(moments)
        return Not(node)

    def term(self, token: _Token) -> Node:
        self.terms += 1
        if self.terms > TERMS:
            raise token.wrong(_many())
        text = token.text
        if text[0] == '"':
            return self.phrase(token)
        if text in NEAR and (follows := self.peek()) and follows.text == "(":
            return self.near(token)
        if text[0] in "#＃":
            return self.tag(token)
        if text[0] == "$" and text[1:2].isalpha():
            return Tag(tag_key(text.rstrip(AFTER_A_TAG)))
        if text[0] == "@" and len(text) > 1:
            return Field("to", text[1:].casefold())
        if text.lower().startswith(("http://", "https://")):
            return Field("site", self.host(text))
        name, colon, value = text.partition(":")
        if colon and name.lower() in FIELDS:
            return self.field(token, FIELDS[name.lower()], value, len(name) + 1)
        return self.word(token)

    def phrase(self, token: _Token) -> Node:
        if len(token.text) < 2 or token.text[-1] != '"':
            raise token.wrong(_("These quotation marks are not closed."))
        words = tuple(re.findall(r"\w+", token.text))
        if not words:
            raise token.wrong(_("Write the words between the quotation marks."))
        return Word((words[0].casefold(),)) if len(words) == 1 else Phrase(tuple(map(str.casefold, words)))

    def near(self, token: _Token) -> Node:
        """NEAR(word word 5)"""
        self.at += 1
        found: list[str] = []
        while (each := self.peek()) and each.text != ")":
            found += re.findall(r"\w+", each.text)
            self.at += 1
        if each is None:
            raise token.wrong(_("These parentheses are not closed. Write ) where they end."))
        self.at += 1
        within = 10
        if len(found) > 2 and found[-1].isascii() and found[-1].isdecimal():
            within = int(found.pop()[:9])
        if len(found) < 2 or len(found) > 10 or not 1 <= within <= NEAR_AT_MOST:
            words = _("Write two words or more and at most %(n)d between them, such as NEAR(power price, 5).")
            raise token.wrong(words % {"n": NEAR_AT_MOST})
        self.terms += len(found) - 1
        return Near(tuple(map(str.casefold, found)), within)

    def tag(self, token: _Token) -> Node:
        key = tag_key(token.text[1:].rstrip(AFTER_A_TAG))
        if not key:
            raise token.wrong(_("Write a word right after #."))
        if key.endswith("*"):
            raise token.wrong(_("A hashtag is searched for as a whole. Take away *, or #."))
        return Tag(key)

    def word(self, token: _Token) -> Node:
        text = token.text
        bare = re.sub(r"^\W+|\W+$", "", text)
        if not bare:
            raise token.wrong(_("There is no letter or number here to search for."))
        if text.endswith("*"):
            if len(bare) < SHORTEST_PREFIX:
                words = _("Write %(n)d letters or more before *.") % {"n": SHORTEST_PREFIX}
                raise token.wrong(words)
            return Prefix(bare.casefold())
        return Word(forms(bare))

    def host(self, text: str) -> str:
        return text.split("/", 3)[2].partition(":")[0].removeprefix("www.").casefold() or text.casefold()

    def field(self, token: _Token, name: str, value: str, before: int) -> Node:
        """`before`: characters up to the value, which may be a phrase of its own token."""
        if not value:
            follows = self.peek()
            if follows is not None and follows.at == token.at + before and follows.text[0] == '"':
                self.at += 1
                value = follows.text.strip('"')
        if not value:
            raise token.wrong(_EXPECTED[name]())
        if name in ("since", "until"):
            self.moments.append(token)
            return self.moment(token, name, value)
        return self.of_kind(token, name, value.casefold())

    def of_kind(self, token: _Token, name: str, value: str) -> Node:
        if name == "has":
            if value not in HAS:
                raise token.wrong(_EXPECTED[name]())
            return Field("has", HAS[value])
        if name == "lang":
            codes = LANGUAGES.get(value, (value,))
            if not all(code.isalpha() and 2 <= len(code) <= 3 for code in codes):
                raise token.wrong(_EXPECTED[name]())
            fields = tuple(Field("lang", code) for code in codes)
            return fields[0] if len(fields) == 1 else Or(fields)
        if name == "site":
            return Field(
                "site", self.host(value) if "//" in value else value.removeprefix("www.").rstrip("/")
            )
        return Field(name, value.removeprefix("@"))

    def moment(self, token: _Token, name: str, value: str) -> Node:
        """since: from the day's beginning; until: to the end of the day, the day itself included."""
        if ago := _AGO.fullmatch(value.casefold()):
            at = self.now - timedelta(hours=int(ago[1]) * _HOURS[ago[2]])
            return (Since if name == "since" else Until)(int(at.timestamp() * 1000))
        try:
            day = self.day(value.casefold())
            first = day if name == "since" else day + timedelta(days=1)
            at = datetime.combine(first, time(), self.zone)
            stamp = int(at.timestamp() * 1000)
        except (ValueError, OverflowError) as error:
            raise token.wrong(_EXPECTED[name]()) from error
        return Since(stamp) if name == "since" else Until(stamp)

    def day(self, value: str) -> date:
        today = self.now.date()
        if value in ("today", "idag", "i dag"):
            return today
        if value in ("yesterday", "igår", "i går"):
            return today - timedelta(days=1)
        hit = _NUMBERED.fullmatch(value)
        if hit is None:
            raise ValueError(value)
        if hit[1]:
            return date(int(hit[1]), int(hit[2]), int(hit[3]))
        return date(int(hit[6]), int(hit[5]), int(hit[4]))


def _when() -> str:
    return _("Write a day, such as 2026-11-25 or 25.11.2026, or how long ago, such as 7d or 24h.")


_EXPECTED: dict[str, Callable[[], str]] = {
    "from": lambda: _("Write whose posts, such as from:kari.bsky.social."),
    "to": lambda: _("Write who is mentioned, such as to:kari.bsky.social."),
    "site": lambda: _("Write the site that is linked to, such as site:nrk.no."),
    "lang": lambda: _("Write a language, such as lang:no, lang:nb or lang:en."),
    "network": lambda: _("Write a network, such as network:bluesky."),
    "since": _when,
    "until": _when,
    "has": lambda: _("Only has:link and has:repost are known."),
}
