"""What was found is marked where it stands."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from samspill.archive.marks import spans
from samspill.archive.query_parse import parse


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("#strøm", "Om #Strøm og strøm.", ["#Strøm"]),
        ("pris", "Prisen på #strøm", ["Prisen"]),
        ("kommun*", "Kommunestyret, #kommunen", ["Kommunestyret", "#kommunen"]),
        ('"åpen dialog"', "En åpen, dialog og åpen", ["åpen, dialog"]),
        ("#a -pris", "#a pris", ["#a"]),
        ('pris OR "pris på"', "Pris på strøm", ["Pris på"]),
        ("NEAR(strøm pris)", "pris for strøm", ["pris", "strøm"]),
        ("lang:nb", "ingenting", []),
    ],
)
def test_marks_what_was_asked_for(query, text, marked):
    node = parse(query, datetime(2026, 1, 1, tzinfo=UTC), ZoneInfo("UTC"))
    assert [text[start:end] for start, end in spans(node, text)] == marked
