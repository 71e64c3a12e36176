"""The product's own words in the reader's language, so that a story can be followed in either."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

LOCALES = Path(__file__).resolve().parent.parent / "locale"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("django", LOCALES, [language], fallback=language == "en")


def said(browser_language: str, words: str, **values: object) -> str:
    """A sentence as the product says it to a browser of this language, such as nb-NO."""
    language = browser_language.partition("-")[0]
    text = words if language == "en" else _catalogue(language).gettext(words)
    assert language == "en" or text != words, f"not translated: {words}"
    return text % values if values else text
