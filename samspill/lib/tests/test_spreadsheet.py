"""A file for a spreadsheet: nothing in it is ever run, and everything comes back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.lib.spreadsheet import BOM, DANGEROUS, csv_lines, safe_cell


def read(lines):
    text = "".join(lines)
    assert text.startswith(BOM)
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline="")))


@pytest.mark.parametrize("sign", [*"=+-@\t\r\n", "＝", "＋", "－", "＠"])
def test_what_begins_a_formula_is_text(sign):
    assert safe_cell(f"{sign}1+1") == f"'{sign}1+1"
    assert safe_cell(f" {sign}1+1") == f"' {sign}1+1"


@pytest.mark.parametrize("value", [-5, -0.5, 7, 1e20])
def test_numbers_stay_numbers(value):
    assert safe_cell(value) == str(value)


def test_nothing_is_an_empty_cell():
    assert safe_cell(None) == ""


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_no_cell_is_ever_a_formula_and_none_is_lost(rows):
    back = read(csv_lines(["head", "=head"], rows))
    assert back[0] == ["head", "'=head"]
    assert len(back) == len(rows) + 1
    for row, kept in zip(rows, back[1:], strict=True):
        for cell, text in zip(row, kept, strict=True):
            assert not text.lstrip(" \u00a0").startswith(DANGEROUS)
            assert text in {cell.replace("\0", ""), "'" + cell.replace("\0", "")}
