"""The worked example of docs/advice.md: recomputed from the numbers that the page prints."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from samspill.strategy.advice.break_even import break_even
from samspill.strategy.advice.coverage import (
    ENUMERATED,
    GREEDY_BOUND,
    Option,
    Problem,
    bounds,
    choose,
    coverage,
)
from samspill.strategy.advice.fits import fit
from samspill.strategy.advice.gates import AGE
from samspill.strategy.advice.hours import LOOK, hours
from samspill.strategy.advice.reach import BROADER, YEARLY, discount

GUIDE = (settings.BASE_DIR / "docs" / "advice.md").read_text(encoding="utf-8")
EXAMPLE = GUIDE[GUIDE.index("## An example") :]
CAPACITY = 12.5


def table(heading: str) -> list[dict[str, str]]:
    """The example's table that begins with these columns."""
    lines = EXAMPLE[EXAMPLE.index(heading) :].splitlines()
    names = [cell.strip() for cell in lines[0].strip("|").split("|")]
    rows = []
    for line in lines[2:]:
        if not line.startswith("|"):
            break
        rows.append(dict(zip(names, (cell.strip() for cell in line.strip("|").split("|")), strict=True)))
    return rows


GIVEN = table("| channel | h |")
WORKED = {row["channel"]: row for row in table("| channel | F |")}
RESULT = {row["result"]: row["value"] for row in table("| result |")}


def option(row: dict[str, str]) -> Option:
    whole = (float(row["f customers"]) + float(row["f crisis"])) / 2
    pairs = ((row["young"], row["young ×"]), (row["owners"], row["owners ×"]))
    return Option(
        row["channel"],
        float(row["h"]),
        tuple(float(share or 0) * float(off or 0) * whole for share, off in pairs),
    )


OPTIONS = {row["channel"]: option(row) for row in GIVEN}
PROBLEM = Problem((0.5, 0.5), tuple(each for each in OPTIONS.values() if any(each.reach)), CAPACITY)


@pytest.mark.parametrize("channel", WORKED)
def test_each_line_follows_from_the_numbers_above_it(channel):
    found, said = OPTIONS[channel], WORKED[channel]
    score = coverage(PROBLEM.weights, [found])
    assert [f"{share:.4f}" for share in found.reach] == [said["a young"], said["a owners"]]
    assert (f"{score:.4f}", f"{score / found.hours:.4f}") == (said["score"], said["an hour"])


def test_the_result_is_what_the_page_prints():
    found = choose(PROBLEM)
    low, high = bounds(PROBLEM.weights, found.options)
    turns = break_even(PROBLEM)
    assert {
        "chosen": ", ".join(each.key for each in found.options),
        "coverage": f"{found.value:.4f}",
        "at least, however they overlap": f"{low:.4f}",
        "at most, however they overlap": f"{high:.4f}",
        "hours": f"{found.hours:g}",
        "instagram: hours at most": f"{turns['instagram'].hours:g}",
        "instagram: times its reach at least": f"{turns['instagram'].reach:.4f}",
        "linkedin: hours at most": f"{turns['linkedin'].hours:g}",
        "linkedin: times its reach at least": f"{turns['linkedin'].reach:.4f}",
    } == RESULT


def test_the_example_begins_with_what_samspill_proposes():
    """So that whoever looks at the page on screen meets the same numbers."""
    for row in GIVEN:
        assert hours(row["channel"], 24).least == float(row["h"]), row
        for goal in ("customers", "crisis"):
            proposed = fit(row["channel"], goal, {})
            assert proposed is not None
            assert proposed.value == float(row[f"f {goal}"]), row
    assert hours("website", 24).least + hours("feed", 24).least == 14 - CAPACITY
    assert discount(2022, 2026) == pytest.approx(0.729)
    assert f"{discount(2020, 2026) * BROADER:.5f}" in EXAMPLE


def test_the_guide_names_the_constants_that_the_code_has():
    assert f"× {BROADER}" in GUIDE
    assert f"{YEARLY}^max(0, years − 1)" in GUIDE
    assert f"Up to {ENUMERATED} channels" in GUIDE
    assert GREEDY_BOUND == 0.5
    assert "½ of the best" in GUIDE
    assert f"under {AGE}" in GUIDE
    assert f"looks × {LOOK}" in GUIDE
    assert len(re.findall(r"\d{4}", GUIDE)) > 10, "sources have years"
