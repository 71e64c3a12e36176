"""The kinds of sources that fill the archive."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """All that servers bring, a hashtag that one is asked for, or a feed of articles or of comments."""

    FIREHOSE = "firehose"
    HASHTAG = "hashtag"
    FEED = "feed"
    COMMENTS = "comments"
