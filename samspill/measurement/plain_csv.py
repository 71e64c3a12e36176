"""Words from outside in a file that a spreadsheet opens."""

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(words: str) -> str:
    """The same words, which no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return "'" + words if words.lstrip().startswith(STARTS) or words.startswith(STARTS) else words
