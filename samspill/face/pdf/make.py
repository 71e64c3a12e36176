"""The strategy as PDF: its blocks laid out as data for the template, and set in a limited process."""

from __future__ import annotations

import json
import sys
import tempfile
from math import sqrt
from pathlib import Path
from typing import Any

import regex
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.face.blocks import Content, Document, Figures, Group, Line, Part, Reason, Row
from samspill.face.charts import drawn
from samspill.face.words import stand
from samspill.lib.plain import cut
from samspill.strategy.read.limited import run

CHARTS = 24  # of the first goals; the others say in words where they stand
LARGEST = 40 * 2**20  # bytes of PDF
WALL = 90.0  # seconds
COLUMNS = 5  # a table with more is told row by row
CELL = 240  # characters; and so is one with a longer cell
SHORT = 700  # characters of a row that is kept together on a page
RUNNING = 56  # characters of the title on top of each page
OPENING = 400  # characters of an ambition on the title page
SMALL = 20  # points of a title that has little room
TONES = {"good_example": "good", "bad_example": "bad"}
_FACE = "Libertinus Serif"
_ROOT = Path(__file__).resolve().parents[3]
_CHILD = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1));"
    " runpy.run_module('samspill.face.pdf.child', None, '__main__')"
)
_UNBROKEN = regex.compile(r"[^\s\u200b]{25,}")
_LETTERS = regex.compile(r"[\p{L}\p{M}]{1,40}[.,:;!?»”]*")


class TooLarge(ValidationError):
    """The document could not be set; says what to do."""

    def __init__(self) -> None:
        words = gettext_lazy(
            "The strategy is too large to be set as one PDF. Leave out some parts, or take the Markdown."
        )
        super().__init__(words, code="too_large")


def pdf(content: Content, *, system_fonts: bool = True) -> bytes:
    with translation.override(content.language):
        said = json.dumps(_document(content), ensure_ascii=False)
    fonts = "system" if system_fonts else "own"
    with tempfile.TemporaryDirectory() as nothing:
        command = [sys.executable, "-I", "-B", "-c", _CHILD, str(_ROOT), fonts, nothing]
        made, status = run(command, said.encode(), wall=WALL, most=LARGEST)
    if status or not made.startswith(b"%PDF") or len(made) > LARGEST:
        raise TooLarge
    return made


def soft(words: str) -> str:
    """With places to break in what has none, such as an address; long words are left to hyphenation."""
    return _UNBROKEN.sub(_with_breaks, words)


def _with_breaks(hit: regex.Match[str]) -> str:
    if _LETTERS.fullmatch(hit[0]):
        return hit[0]
    return "\u200b".join("".join(part) for part in _chunks(regex.findall(r"\X", hit[0]), 8))


def _chunks(signs: list[str], size: int) -> list[list[str]]:
    return [signs[at : at + size] for at in range(0, len(signs), size)]


def _document(content: Content) -> dict[str, Any]:
    goals = [row for row in content.rows("goal") if row.figures and row.figures.spec]
    charts = drawn([row.figures.spec for row in goals if row.figures], _FACE)
    pictures = {row.part: chart for row, chart in zip(goals, charts, strict=True)}
    day = content.changed_on
    return {
        "language": content.language,
        "title": soft(content.title),
        "title-size": _title_size(content.title),
        "running": soft(cut(content.title, RUNNING)),
        "organisation": soft(content.organisation),
        "ambition": soft(content.ambition),
        "opens": _fits_cover(content),
        "summary": soft(content.summary),
        "stand": [soft(each) for each in stand(content)],
        "day": {"year": day.year, "month": day.month, "day": day.day},
        "about": [_line(each) for each in content.about],
        "labels": _labels(),
        "parts": [_part(part, pictures) for part in content.parts],
        "documents": [_derived(each) for each in content.documents],
    }


def _labels() -> dict[str, str]:
    return {
        "contents": _("Contents"),
        "about": _("In short"),
        "documents": _("What it is derived from"),
        "baseline": _("Baseline"),
        "now": _("Now"),
        "target": _("Target"),
        "empty": _("Nothing is written in this strategy yet."),
    }


def _title_size(title: str) -> int:
    """In points: long titles, and long words, are set smaller."""
    longest = max((len(word) for word in title.split()), default=0)
    if len(title) > 110 or longest > 24:
        return SMALL
    return 26 if len(title) > 55 or longest > 17 else 34


def _fits_cover(content: Content) -> bool:
    """Whether the ambition stands on the title page; a long one opens the first section."""
    return len(content.ambition) <= OPENING and _title_size(content.title) > SMALL


def _part(part: Part, pictures: dict[str, str]) -> dict[str, Any]:
    groups = [_group(group, pictures) for group in part.groups]
    return {"title": part.title, "short": soft(part.short), "groups": groups}


def _group(group: Group, pictures: dict[str, str]) -> dict[str, Any]:
    return {
        "key": group.key,
        "title": group.title,
        "table": _table(group) if _is_table(group) else None,
        "rows": [_row(row, pictures) for row in group.rows],
    }


def _is_table(group: Group) -> bool:
    cells = [cell for _row, cells in group.cells for cell in cells]
    fits = all(len(cell) <= CELL for cell in cells) and 0 < len(group.columns) < COLUMNS
    return group.across and fits and not any(row.under for row in group.rows)


def _table(group: Group) -> dict[str, Any]:
    rows = [[soft(row.name), *map(soft, cells)] for row, cells in group.cells]
    heads = [group.naming, *(label for _key, label in group.columns)]
    columns = list(zip(heads, *rows, strict=True))
    widths = [round(sqrt(max(8, min(90, max(map(len, column))))), 2) for column in columns]
    return {"heads": heads, "rows": rows, "widths": widths}


def _row(row: Row, pictures: dict[str, str]) -> dict[str, Any]:
    notes = [_("From “%(title)s”") % {"title": row.above}] if row.above else []
    notes += [_("done")] if row.is_done else []
    return {
        "name": soft(row.name),
        "under": row.under,
        "note": soft(" · ".join(notes)),
        "brief": [_line(each) for each in row.brief],
        "long": [_line(each) for each in row.long],
        "short": sum(len(each.words) for each in row.lines) < SHORT,
        "goal": _figures(row.figures, pictures.get(row.part, "")) if row.figures else None,
        "reason": _reason(row.reason) if row.reason else None,
    }


def _line(said: Line) -> dict[str, Any]:
    return {
        "label": said.label,
        "words": soft(said.words),
        "items": [soft(each) for each in said.items],
        "link": said.words if said.is_link else "",
        "tone": TONES.get(said.key, ""),
    }


def _figures(now: Figures, chart: str) -> dict[str, Any]:
    sentences = (now.sentence, now.trend, *now.reservations)
    is_said = now.tag or now.standing.casefold() not in now.sentence.casefold()
    return {
        "measure": " · ".join(filter(None, (now.measure, now.channel, now.basis))),
        "baseline": now.baseline or "–",
        "now": now.now,
        "target": now.target or "–",
        "standing": now.standing[:1].upper() + now.standing[1:] if is_said else "",
        "tag": now.tag,
        "sentence": " ".join(dict.fromkeys(filter(None, sentences))),
        "share": now.share,
        "calendar": now.calendar,
        "shows": now.shows,
        "chart": chart,
    }


def _reason(why: Reason) -> dict[str, str]:
    return {
        "place": soft(", ".join(filter(None, (why.document, why.place)))),
        "text": soft(why.text),
        "why": soft(". ".join(filter(None, (why.strength, why.why)))),
    }


def _derived(document: Document) -> dict[str, Any]:
    passages = [
        {
            "text": soft(each.text),
            "place": soft(", ".join(filter(None, (each.chapter, each.place)))),
            "goals": [soft(goal) for goal in each.goals],
        }
        for each in document.passages
    ]
    return {
        "title": soft(document.title),
        "note": soft(", ".join(filter(None, (document.sort, document.adopted)))),
        "link": document.link,
        "shown": soft(document.link),
        "passages": passages,
    }
