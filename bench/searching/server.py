"""A Jetstream server that sends what stands in a file, and what is added to it: it costs next to nothing.

    python -m bench.searching.server FILE

FILE holds frames as they go over the line; FILE.index a time and a place for each so many. Says its port.
"""

from __future__ import annotations

import asyncio
import base64
import bisect
import hashlib
import struct
import sys
from array import array
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
EVERY = 500  # frames between two entries of the index
LOOK = 0.002  # seconds between two looks whether something was added


def framed(payload: bytes) -> bytes:
    """As a text frame of a server (RFC 6455)."""
    size = len(payload)
    if size < 126:
        return struct.pack("!BB", 0x81, size) + payload
    return struct.pack("!BBH", 0x81, 126, size) + payload


async def serve(path: Path, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError, asyncio.IncompleteReadError):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        target = urlsplit(head.split(" ")[1])
        if target.path != "/subscribe":
            writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            return
        names = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        key = next(value for name, value in names.items() if name.lower() == "sec-websocket-key")
        accept = base64.b64encode(hashlib.sha1(key.encode() + GUID).digest()).decode()
        lines = ["HTTP/1.1 101 x", "Upgrade: websocket", "Connection: Upgrade"]
        writer.write("\r\n".join([*lines, f"Sec-WebSocket-Accept: {accept}", "", ""]).encode())
        await writer.drain()
        await _send(path, place_of(path, int(parse_qs(target.query).get("cursor", ["0"])[0])), writer)
    writer.close()


def place_of(path: Path, cursor: int) -> int:
    """Where to begin, at most so many frames before the cursor."""
    index = array("q", path.with_suffix(".index").read_bytes())
    return index[1::2][max(0, bisect.bisect_right(index[0::2], cursor) - 1)]


async def _send(path: Path, place: int, writer: asyncio.StreamWriter) -> None:
    loop = asyncio.get_running_loop()
    with path.open("rb") as file:
        while not writer.transport.is_closing():
            more = path.stat().st_size - place
            if more > 0:
                place += await loop.sendfile(writer.transport, file, place, more)
            else:
                await asyncio.sleep(LOOK)


async def main(path: Path) -> None:
    async with await asyncio.start_server(
        lambda reader, writer: serve(path, reader, writer), "127.0.0.1", 0
    ) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
