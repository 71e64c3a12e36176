"""The strategy as Markdown (CommonMark with tables). What people wrote is words in it, never marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from samspill.face.blocks import Content, Document, Figures, Group, Line, Reason, Row
from samspill.face.words import stand

_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~&$]")
_AT_END = re.compile(r"(?<= )#(?=#*$)")
_AT_START = re.compile(r"^([#+=:-]|\d{1,9}(?=[.)]))", re.MULTILINE)


def markdown(content: Content) -> str:
    with translation.override(content.language):
        lines = list(_document(content))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def text(words: str) -> str:
    """Words that no reader of Markdown takes for marks. Line breaks stay."""
    words = "\n".join(line.strip() for line in words.replace("\t", " ").split("\n"))
    return _AT_START.sub(_escaped_start, _ANYWHERE.sub(r"\\\g<0>", words))


def _escaped_start(hit: re.Match[str]) -> str:
    """1. is a list, and so is -; a figure keeps its digits and loses only the point."""
    return hit[0] + "\\" if hit[0].isdigit() else "\\" + hit[0]


def line(words: str) -> str:
    """The same on one line, which may be a heading: # at its end would close that."""
    return _AT_END.sub(r"\\\g<0>", text(re.sub(r"[ \t\n]+", " ", words).strip()))


def _document(content: Content) -> Iterator[str]:
    yield f"# {line(content.title)}\n"
    yield f"{line(content.organisation)}  "
    yield f"{line(' · '.join(stand(content)))}\n"
    if content.ambition:
        yield from _quote(content.ambition)
    if content.summary:
        yield f"{_paragraphs(content.summary)}\n"
    yield from (_item(each) for each in content.about)
    yield ""
    for part in content.parts:
        yield f"## {line(part.title)}\n"
        if part.short:
            yield f"{line(part.short)}\n"
        for group in part.groups:
            yield from _group(group)
    if content.documents:
        yield f"## {_('What it is derived from')}\n"
        for document in content.documents:
            yield from _derived(document)


def _group(group: Group) -> Iterator[str]:
    yield f"### {line(group.title)}\n"
    if group.across and not any(row.under for row in group.rows):
        yield from _table(group)
        return
    under = ""
    for row in group.rows:
        if row.under != under:
            under = row.under
            yield f"**{line(under)}**\n"
        yield from _row(row)


def _table(group: Group) -> Iterator[str]:
    heads = [group.naming, *(label for _key, label in group.columns)]
    yield "| " + " | ".join(line(head) for head in heads) + " |"
    yield "|" + " --- |" * len(heads)
    for row, cells in group.cells:
        yield "| " + " | ".join(_cell(cell) for cell in (row.name, *cells)) + " |"
    yield ""


def _cell(words: str) -> str:
    return "<br>".join(line(each) for each in words.split("\n") if each.strip())


def _row(row: Row) -> Iterator[str]:
    if row.name:
        yield f"#### {line(row.name)}\n"
    if row.above:
        yield f"*{line(_('From “%(title)s”') % {'title': row.above})}*\n"
    if row.is_done:
        yield f"- {_('done')}"
    yield from (_item(each) for each in row.lines)
    if row.figures:
        yield from _figures(row.figures)
    if row.reason:
        yield from _reason(row.reason)
    yield ""


def _item(said: Line) -> str:
    if said.is_link:
        return f"- **{line(said.label)}:** {_link(said.words)}"
    if len(said.items) > 1:
        return f"- **{line(said.label)}:**\n" + "\n".join(f"  - {line(each)}" for each in said.items)
    return f"- **{line(said.label)}:** {_paragraphs(said.words, '  ')}"


def _link(address: str) -> str:
    """An autolink where the address can be one, else its words."""
    return f"<{address}>" if re.fullmatch(r"https?://[^\s<>\\]+", address) else line(address)


def _paragraphs(words: str, indent: str = "") -> str:
    """With its line breaks, and set in so far that it stays in its list."""
    said = text(re.sub(r"\n\s*\n+", "\n\n", words.strip()))
    broken = re.sub(r"(?<!\n)\n(?!\n)", "\\\\\n", said)
    return broken.replace("\n", f"\n{indent}")


def _quote(words: str) -> Iterator[str]:
    yield "> " + _paragraphs(words).replace("\n", "\n> ") + "\n"


def _figures(now: Figures) -> Iterator[str]:
    measure = f"{now.measure} · {now.channel}" if now.channel else now.measure
    yield f"- **{_('Measure')}:** {line(measure)}"
    for label, words in (
        (_("Baseline"), now.baseline),
        (_("Target"), now.target),
        (_("Now"), f"{now.now} ({now.basis})" if now.basis else now.now),
        (_("Where the goal stands"), " ".join(filter(None, (now.sentence, now.trend, *now.reservations)))),
    ):
        if words:
            yield f"- **{label}:** {line(words)}"


def _reason(why: Reason) -> Iterator[str]:
    place = ", ".join(filter(None, (why.document, why.place)))
    yield f"- **{_('Why')}:** {line(place)}\n"
    yield "  > " + _paragraphs(why.text).replace("\n", "\n  > ") + "\n"
    said = ". ".join(filter(None, (why.strength, why.why)))
    if said:
        yield f"  {_paragraphs(said, '  ')}\n"


def _derived(document: Document) -> Iterator[str]:
    yield f"### {line(document.title)}\n"
    said = ", ".join(filter(None, (document.sort, document.adopted)))
    if said:
        yield f"{line(said)}\n"
    if document.link:
        yield f"{_link(document.link)}\n"
    for passage in document.passages:
        yield from _quote(passage.text)
        yield f"{line(passage.place)}\n"
        yield from (f"- {line(goal)}" for goal in passage.goals)
        yield ""
