"""Keys of hashtags: what makes two spellings the same tag."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters that are not a base letter with a mark, as Norwegians write them without their own keyboard.
_FOLDED = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "œ": "oe", "ı": "i"})

# The letters of Latin that Mastodon writes without what sits on them or goes through them, beside those that
# Unicode takes apart (app/lib/ascii_folding.rb). æ is none of them.
_MASTODON = str.maketrans("ðđħıĸŀłŉŋøſŧ", "ddhikllnnost")
_LATIN = range(0xC0, 0x180)


@lru_cache(maxsize=100_000)  # the same ones come again and again
def tag_key(written: str) -> str:
    """The exact key: NFKC and full case folding (Unicode 3.13). æ, ø and å stay: #hår is not #har."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", written).casefold())


def tag_folded(key: str) -> str:
    """The key without marks, for variants on offer: å→a, ø→o, æ→ae, é→e."""
    bare = unicodedata.normalize("NFKD", key.translate(_FOLDED))
    return "".join(sign for sign in bare if not unicodedata.combining(sign)).translate(_FOLDED)


def tag_folds(key: str) -> frozenset[str]:
    """What other ways of writing the tag fold to, its own among them: blåbær, blaabær and blabaer are one."""
    longer = (key, key.replace("å", "aa"), key.replace("ø", "oe"), key.replace("å", "aa").replace("ø", "oe"))
    bare = tag_folded(key)
    shorter = (bare.replace("aa", "a"), bare.replace("oe", "o"), bare.replace("aa", "a").replace("oe", "o"))
    return frozenset([*map(tag_folded, longer), *shorter])


def mastodon_key(written: str) -> str:
    """The tag as servers with Mastodon's API know it: NFKC, lower case, Latin letters without marks (å→a,
    ø→o), æ as it is, and no sign that no tag has (app/lib/hashtag_normalizer.rb)."""
    lower = unicodedata.normalize("NFKC", written).lower()
    bare = "".join(_bare(sign) for sign in lower).translate(_MASTODON)
    return "".join(sign for sign in bare if sign.isalnum() or sign in "·・\u200c" or _joins(sign))


def _bare(sign: str) -> str:
    return unicodedata.normalize("NFD", sign)[0] if ord(sign) in _LATIN else sign


def _joins(sign: str) -> bool:
    """A mark, or _ and its kin."""
    return unicodedata.category(sign) in ("Mn", "Mc", "Me", "Pc")
