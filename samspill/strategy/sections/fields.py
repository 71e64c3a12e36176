"""How a strategy is described as data: sections hold kinds of rows, and kinds have fields that guide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst

from samspill.strategy.models import Record

LINE, PARAGRAPH, PAGE = 200, 2000, 20_000  # characters: a line, a paragraph, a whole text


class Type(StrEnum):
    LINE = "line"  # str
    TEXT = "text"  # str with line breaks
    LINK = "link"  # str: an http(s) address
    COUNT = "count"  # int ≥ 0
    FIGURE = "figure"  # float
    DAY = "day"  # date; in a record's data as ISO text
    CHOICE = "choice"  # str or int, a key of `choices`
    YES = "yes"  # bool
    KEYS = "keys"  # list of str, keys of `choices`
    CHECKS = "checks"  # {key of `choices`: bool}
    PERSON = "person"  # a User
    CHANNEL = "channel"  # a connected Channel
    PASSAGE = "passage"  # a Passage
    ROW = "row"  # a row of the kind `of`
    ROWS = "rows"  # many of them


@dataclass(frozen=True)
class Field:
    """One thing a row says. `help` is one sentence, `example` a good answer; kinds with a form of their own
    keep both there, and take the label from the model."""

    name: str
    type: Type = Type.LINE
    label: Promise | str = ""
    help: Promise | str = ""
    example: Promise | str = ""
    choices: Sequence[tuple[str | int, Promise | str]] = ()
    of: str = ""  # the key of the kind that ROW and ROWS point to
    needed: bool = False
    most: int = 0  # characters, or the largest number; 0: as the type has it
    offers: str = ""  # the key of a kind whose rows' names are offered while one writes a line
    heading: Promise | str = ""  # of the part of the form that begins here

    @property
    def longest(self) -> int:
        return self.most or {Type.LINE: LINE, Type.LINK: 500, Type.TEXT: PARAGRAPH}.get(self.type, 0)

    @property
    def is_words(self) -> bool:
        return self.type in (Type.LINE, Type.TEXT)


@dataclass(frozen=True)
class Kind:
    """A kind of row. `single`: a strategy has at most one of it, such as the rules of the voice.

    With `model` its rows have a table of their own, else they are Records and `fields` is all they have.
    The first field names a row of many.
    """

    key: str
    name: Promise  # one of it
    title: Promise  # all of it, as a heading
    purpose: Promise  # one sentence: what it is for
    fields: Sequence[Field]
    single: bool = False
    model: type[models.Model] | None = None
    add: Promise | str = ""  # the button
    across: bool = False  # its fields are short enough to be read as a table

    @property
    def table(self) -> type[models.Model]:
        """Where its rows are kept."""
        return self.model or Record

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    def label(self, field: Field) -> str:
        if field.label or self.model is None:
            return str(field.label)
        return str(capfirst(str(self.model._meta.get_field(field.name).verbose_name)))  # type: ignore[union-attr]

    def value(self, row: Any, field: Field) -> Any:
        """What the row says, as Python has it; rows of ROWS as a list. Nothing said is None or empty."""
        if self.model is None:
            return row.data.get(field.name)
        value = getattr(row, field.name)
        return list(value.all()) if field.type is Type.ROWS else value


@dataclass(frozen=True)
class Section:
    """A part of the strategy on a page of its own. `question`: the one of the six that it answers, if any.

    `page`: a URL name of this app, where the part is shown and changed in a way of its own.
    """

    key: str
    title: Promise
    purpose: Promise
    kinds: Sequence[Kind]
    question: str = ""  # a key of questions.QUESTIONS
    inherits: bool = True  # a strategy below another shows the other's rows, too
    page: str = ""
