"""A post as few bytes: msgpack, then zstd with a dictionary that is learnt from the archive's own posts."""

from __future__ import annotations

import sqlite3
import threading
from collections import deque

import msgspec
import zstandard

from samspill.archive.posts import Post

LEVEL = 3
DICTIONARY = 112 * 1024  # bytes
FIRST = 1000  # posts of which the first dictionary is learnt; the next ones from as many, each EVERY apart
SAMPLE, EVERY = 2000, 10
SLIPPED = 1.2  # times as many bytes a post, in proportion, as when the dictionary was learnt
MOST = 255  # dictionaries
WINDOW = 20_000  # posts whose packing is watched
LONGEST = 1 << 20  # bytes of a post unpacked; more is not ours
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Post)


def _plainly(content: bytes = b"") -> zstandard.ZstdCompressor:
    """Without what a lone frame says of itself; the dictionary's number stands in the first byte instead."""
    parameters = zstandard.ZstdCompressionParameters.from_level(
        LEVEL, write_content_size=True, write_checksum=False, write_dict_id=False
    )
    learnt = zstandard.ZstdCompressionDict(content) if content else None
    return zstandard.ZstdCompressor(compression_params=parameters, dict_data=learnt)


class Packer:
    """For one writer. `number` is the dictionary in use, 0 before there is one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sample: deque[bytes] = deque(maxlen=SAMPLE)
        row = connection.execute("SELECT id, content FROM dictionary ORDER BY id DESC LIMIT 1").fetchone()
        self._use(*(row or (0, b"")))

    def _use(self, number: int, content: bytes) -> None:
        self.number, self._compressor, self._first = number, _plainly(content), bytes([number])
        self._posts = self._plain = self._packed = 0
        self._at_best = 0.0
        self._sample.clear()

    def pack(self, post: Post) -> bytes:
        plain = _encoder.encode(post)
        packed = self._compressor.compress(plain)
        self._posts += 1
        self._plain += len(plain)
        self._packed += len(packed)
        if not self.number or not self._posts % EVERY:
            self._sample.append(plain)
        return self._first + packed

    def _wants_to_learn(self) -> bool:
        """From the first thousand; once more from posts that lie wider apart; and when posts no longer are
        what the dictionary was learnt from."""
        if self.number < 2:
            return len(self._sample) >= (SAMPLE if self.number else FIRST)
        if self._posts < WINDOW:
            return False
        ratio = self._packed / self._plain
        self._posts = self._plain = self._packed = 0
        if not self._at_best:
            self._at_best = ratio
        return ratio > SLIPPED * self._at_best and self.number < MOST and len(self._sample) >= FIRST

    def learn(self, connection: sqlite3.Connection) -> None:
        """Once there is enough to learn from: make the next dictionary the one in use. Within the transaction
        of what was packed."""
        if not self._wants_to_learn():
            return
        content = zstandard.train_dictionary(DICTIONARY, list(self._sample)).as_bytes()
        connection.execute("INSERT INTO dictionary VALUES(?, ?)", (self.number + 1, content))
        self._use(self.number + 1, content)


class Unpacker:
    """For one thread; dictionaries are fetched as they are met, and never change."""

    def __init__(self) -> None:
        self._by_number: dict[int, zstandard.ZstdDecompressor] = {}

    def unpack(self, connection: sqlite3.Connection, body: bytes) -> Post:
        """Raises zstandard.ZstdError or msgspec.DecodeError where the bytes are damaged."""
        number = body[0]
        decompressor = self._by_number.get(number) or self._met(connection, number)
        return _decoder.decode(decompressor.decompress(body[1:], max_output_size=LONGEST))

    def _met(self, connection: sqlite3.Connection, number: int) -> zstandard.ZstdDecompressor:
        row = connection.execute("SELECT content FROM dictionary WHERE id = ?", (number,)).fetchone()
        learnt = zstandard.ZstdCompressionDict(row[0]) if row else None
        made = self._by_number[number] = zstandard.ZstdDecompressor(dict_data=learnt)
        return made


class Unpackers(threading.local):
    def __init__(self) -> None:
        self.mine = Unpacker()
