"""The Bokmål catalogue: complete, true to the English form by form, and set as one sets Bokmål."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation import template

ROOT = Path(__file__).resolve().parents[3]
BOKMAL = ROOT / "locale/nb/LC_MESSAGES/django.po"
DJANGO = Path(django.__file__).parent
TRANSLATION = "django.utils.translation"

# The names that mark a sentence; what is marked by another name is never found.
MARKS = {
    **dict.fromkeys(("_", "gettext", "gettext_noop", "gettext_lazy")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACE = re.compile(r"%\((?P<name>\w[\w.]*)\)[sd]|%[sd%]")
TAG = re.compile(r"<[^>]+>")

Key = tuple[str | None, str]


def catalogue(path: Path = BOKMAL) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def said(message: Message) -> list[tuple[str, str]]:
    """The English beside the Bokmål, form by form."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return list(zip(message.id, message.string or (), strict=True))


def key(message: Message) -> Key:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def python_of(path: Path) -> str:
    """A page's sentences as the calls that Django makes of them, each on a line."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    return "\n".join(line.strip() for line in template.templatize(text, origin=str(path)).splitlines())


def sources() -> Iterator[Path]:
    for folder in ("samspill", "templates"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".txt") and "tests" not in path.parts:
                yield path


def marks(path: Path) -> Iterator[Key]:
    """The sentences that a file marks."""
    for _line, words, _comments, context in extract(
        "python", BytesIO(python_of(path).encode()), keywords=MARKS
    ):
        yield context, words if isinstance(words, str) else words[0]


@cache
def marked() -> dict[Key, Path]:
    """Every sentence that the code and the pages mark, and a place where it stands."""
    return {key: path for path in sources() for key in marks(path)}


MESSAGES = [message for message in catalogue() if message.id]
FORMS = [form for message in MESSAGES for form in said(message)]
WORDS = [TAG.sub("", bokmal) for _, bokmal in FORMS]  # what is read, without tags and what stands in them


def test_every_sentence_of_the_pages_is_in_the_catalogue():
    known = {key(message) for message in MESSAGES}
    missing = {words: str(path) for words, path in marked().items() if words not in known}
    assert missing == {}, "run `make messages` and write the Bokmål"


def test_every_sentence_of_the_catalogue_is_said_somewhere():
    assert [key(message) for message in MESSAGES if key(message) not in marked()] == []


def test_nothing_is_left_from_before():
    assert list(catalogue().obsolete) == []


def test_nothing_is_guessed():
    assert [message.id for message in MESSAGES if message.fuzzy] == []


def test_the_file_does_not_change_with_the_day():
    assert "POT-Creation-Date" not in BOKMAL.read_text(encoding="utf-8")


def test_a_sentence_is_marked_by_a_name_that_is_looked_for():
    other = [
        (str(path), name.asname)
        for path in sources()
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == TRANSLATION
        for name in node.names
        if name.asname not in (None, "_")
    ]
    assert other == []


def test_what_we_say_for_django_is_what_django_says():
    theirs = {
        key(message)[1] for app in ("conf", "contrib/auth", "contrib/humanize") for message in english(app)
    }
    assert len(theirs) > 100
    ours = [words for _, words in marks(ROOT / "samspill/lib/borrowed.py")]
    assert ours
    assert [words for words in ours if words not in theirs] == []


def english(app: str) -> Catalog:
    return catalogue(DJANGO / app / "locale/en/LC_MESSAGES/django.po")


def test_every_form_is_written():
    assert [english for english, bokmal in FORMS if not bokmal.strip()] == []


def test_the_places_to_fill_in_are_the_same():
    assert [message.id for message in MESSAGES if not fills_the_same(message)] == []


def fills_the_same(message: Message) -> bool:
    """In the singular a word may stand for the number: «Ett innlegg», never where there are several."""
    pairs = [(places(english), places(bokmal)) for english, bokmal in said(message)]
    added = any(bokmal - english for english, bokmal in pairs)
    left_out = [(english - bokmal).total() for english, bokmal in pairs]
    return not added and left_out[-1] == 0 and (len(left_out) == 1 or left_out[0] <= 1)


def places(words: str) -> Counter[str]:
    return Counter(found[0] for found in PLACE.finditer(words))


def test_a_place_to_fill_in_has_a_name_that_is_filled():
    """A page fills in {{ author }}; from {{ draft.author }} it makes nothing."""
    assert [words for _, words in marked() if any("." in place for place in places(words))] == []


def test_the_tags_are_the_same():
    assert [
        bokmal for english, bokmal in FORMS if sorted(TAG.findall(english)) != sorted(TAG.findall(bokmal))
    ] == []


def test_a_sentence_ends_as_the_english_does():
    assert [
        (english, bokmal) for english, bokmal in FORMS if english[-1] in ".?:…" and bokmal[-1:] != english[-1]
    ] == []


def test_quotes_are_guillemets():
    assert [words for words in WORDS if re.search("[\"“”„]|\\B'|'\\B", words)] == []
    assert [words for words in WORDS if words.count("«") != words.count("»")] == []


def test_a_per_cent_sign_stands_after_a_space_that_holds():
    assert [words for words in WORDS if re.search("[^\u00a0%]%", PLACE.sub(filled, words))] == []


def filled(place: re.Match[str]) -> str:
    return "%" if place[0] == "%%" else "x"


def test_the_time_of_day_has_a_full_stop():
    """Except where a form asks for the moment as the computer writes it."""
    assert [words for words in WORDS if re.search(r"(?<!\d\d-\d\d )\b\d\d:\d\d\b", words)] == []


def test_no_space_is_too_many():
    assert [words for words in WORDS if words != words.strip() or "  " in words] == []
