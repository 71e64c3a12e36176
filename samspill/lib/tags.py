"""Keys of hashtags: what makes two spellings the same tag."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters that are not a base letter with a mark, as Norwegians write them without their own keyboard.
_FOLDED = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "œ": "oe", "ı": "i"})


@lru_cache(maxsize=100_000)  # the same ones come again and again
def tag_key(written: str) -> str:
    """The exact key: NFKC and full case folding (Unicode 3.13). æ, ø and å stay: #hår is not #har."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", written).casefold())


def tag_folded(key: str) -> str:
    """The key without marks, for variants on offer: å→a, ø→o, æ→ae, é→e."""
    bare = unicodedata.normalize("NFKD", key.translate(_FOLDED))
    return "".join(sign for sign in bare if not unicodedata.combining(sign)).translate(_FOLDED)
