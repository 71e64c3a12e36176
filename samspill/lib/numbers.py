"""Numbers that people, and those who mean ill, write into addresses."""

LARGEST = 2**63 - 1  # what a database keeps as a whole number


def row_number(text: str) -> int | None:
    """The number of a row as an address names it, or None when no row can have it."""
    if not (text.isascii() and text.isdecimal() and len(text) < 20):
        return None
    number = int(text)
    return number if number <= LARGEST else None
