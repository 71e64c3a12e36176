"""Other engines, asked in SQL: PostgreSQL in a server of its own, ClickHouse and DuckDB in this process."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.searching.peers import FRAME, Asked, Peer, Question
from bench.searching.posts import DAY, Said

COLUMNS = "id, ts, author, lang, text, plain, tags, domains"


class Sql(Peer):
    """What PostgreSQL, chdb and DuckDB are asked alike. `has` and `says` are the engine's own conditions."""

    has, says, phrase = "", "", ""

    def ask(self, question: str, values: Mapping[str, Any]) -> Any:
        raise NotImplementedError

    def values(self, asked: Asked) -> dict[str, Any]:
        return {
            **{f"t{at}": tag for at, tag in enumerate(asked["tags"])},
            "c0": asked["common"][0],
            "c1": asked["common"][1],
            "w": asked["words"][0],
            "p": " ".join(asked["words"]),
        }

    def newest(self, where: str) -> Question:
        asked = f"SELECT ts, author, text FROM post WHERE {where} ORDER BY ts DESC LIMIT {FRAME}"
        return lambda q: self.ask(asked, self.values(q))

    def grouped(self, what: str, where: str, source: str = "post", many: str = "count(*)") -> Question:
        top = (
            f"SELECT {what} AS k, {many} AS n FROM {source} WHERE {where} GROUP BY 1 ORDER BY 2 DESC LIMIT 40"
        )
        return lambda q: self.ask(top, self.values(q))

    def unnested(self, column: str) -> str:
        """A source with a row, `each`, for every value of a list."""
        raise NotImplementedError

    def day(self) -> str:
        return f"ts / {DAY}"

    def questions(self) -> dict[str, Question]:
        has = self.has.format
        either = " OR ".join(has(f"t{at}") for at in range(20))
        tagged, domained = self.unnested("tags"), self.unnested("domains")
        hours = {"trend_now": 1, "trend_days": 240}
        return {
            "tag_newest": self.newest(has("t0")),
            "tag_two": self.newest(f"{has('t0')} AND {has('t1')}"),
            "tag_two_common": self.newest(f"{has('c0')} AND {has('c1')}"),
            "boolean": self.newest(f"({either}) AND lang = 'en' AND NOT {self.says}"),
            "word_newest": self.newest(self.says),
            "phrase_newest": self.newest(self.phrase),
            "tag_histogram": self.grouped(self.day(), has("t0")),
            "tag_beside": self.grouped("each", has("t0"), tagged),
            "domains": self.grouped("each", has("t0"), domained, "count(DISTINCT author)"),
            "voices": self.grouped("author", has("t0")),
            "word_histogram": self.grouped(self.day(), self.says),
            **{
                name: self.grouped("each", f"ts > (SELECT max(ts) FROM post) - {each * 3_600_000}", tagged)
                for name, each in hours.items()
            },
        }


class Postgres(Sql):
    """GIN over hashtags and words ('simple', so that words are words), in a server of its own."""

    name = "postgresql"
    has = "tags @> ARRAY[%({0})s]"
    says = "words @@ plainto_tsquery('simple', %(w)s)"
    phrase = "words @@ phraseto_tsquery('simple', %(p)s)"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        import psycopg

        programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        self.folder.chmod(0o755)
        for parent in self.folder.parents[:1]:
            parent.chmod(0o755)
        user = (
            ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else []
        )
        if user:
            shutil.chown(self.folder, "postgres")
        data = self.folder / "data"
        made = [*user, programs / "initdb", "-D", data, "-U", "pg", "--auth=trust", "-E", "UTF8", "--no-sync"]
        subprocess.run([*map(str, made), "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL)
        port = _free_port()
        options = {
            "port": port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "shared_buffers": "512MB",
            "synchronous_commit": "off",
            "max_wal_size": "4GB",
        }
        command = [*user, programs / "postgres", "-D", data]
        command += [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        self.server = subprocess.Popen(
            [*map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        where: dict[str, Any] = {"host": "127.0.0.1", "port": port, "user": "pg", "dbname": "postgres"}
        self.connection = _connected(lambda: psycopg.connect(**where, autocommit=True))
        for table in (
            "CREATE TABLE post(id bigint, ts bigint, author text, lang text, text text, tags text[],"
            " domains text[], words tsvector GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED)",
            "CREATE INDEX ON post(ts)",
            "CREATE INDEX ON post USING gin(tags)",
            "CREATE INDEX ON post USING gin(words)",
        ):
            self.connection.execute(table)

    def keep(self, posts: Sequence[Said]) -> None:
        with (
            self.connection.cursor() as cursor,
            cursor.copy("COPY post(id, ts, author, lang, text, tags, domains) FROM STDIN") as copy,
        ):
            for p in posts:
                text = p.text.replace("\0", "")
                copy.write_row((p.id, p.at, p.author, p.lang, text, list(p.tags), list(p.domains)))

    def settle(self) -> None:
        self.connection.execute("VACUUM ANALYZE post")

    def bytes(self) -> int:
        """Of the table and its indexes, without the log that is written ahead."""
        row = self.connection.execute("SELECT pg_total_relation_size('post')").fetchone()
        return int(row[0])

    def ask(self, question: str, values: Mapping[str, Any]) -> Any:
        return self.connection.execute(question, values).fetchall()

    def unnested(self, column: str) -> str:
        return f"post CROSS JOIN LATERAL unnest({column}) AS each"

    def questions(self) -> dict[str, Question]:
        ranked = (
            f"SELECT id FROM post WHERE {self.says}"
            f" ORDER BY ts_rank(words, plainto_tsquery('simple', %(w)s)) DESC LIMIT {FRAME}"
        )
        return {**super().questions(), "relevance": lambda q: self.ask(ranked, self.values(q))}

    def close(self) -> None:
        self.connection.close()
        self.server.send_signal(signal.SIGINT)
        self.server.wait(60)


class Duck(Sql):
    """Columns, scanned: made for counting, not for finding."""

    name = "duckdb"
    has = "list_contains(tags, ${0})"
    says = "contains(plain, ' ' || $w || ' ')"
    phrase = "contains(plain, ' ' || $p || ' ')"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        import duckdb

        self.connection = duckdb.connect(str(self.folder / "posts.duckdb"), config={"threads": 2})
        self.connection.execute(
            "CREATE TABLE post(id BIGINT, ts BIGINT, author TEXT, lang TEXT, text TEXT, plain TEXT,"
            " tags TEXT[], domains TEXT[])"
        )

    def keep(self, posts: Sequence[Said]) -> None:
        import pyarrow as pa

        self.connection.register("coming", pa.table(_columns(posts)))
        self.connection.execute(f"INSERT INTO post SELECT {COLUMNS} FROM coming")
        self.connection.unregister("coming")

    def settle(self) -> None:
        self.connection.execute("CHECKPOINT")

    def ask(self, question: str, values: Mapping[str, Any]) -> Any:
        used = {name: value for name, value in values.items() if _uses(question, f"${name}")}
        return self.connection.execute(question, used).fetchall()

    def unnested(self, column: str) -> str:
        return f"(SELECT *, unnest({column}) AS each FROM post)"

    def day(self) -> str:
        return f"ts // {DAY}"

    def close(self) -> None:
        self.connection.close()


class Chdb(Sql):
    """ClickHouse in this process, its table ordered by time."""

    name = "chdb"
    has = "has(tags, {{{0}:String}})"
    says = "hasToken(plain, {w:String})"
    phrase = "position(plain, concat(' ', {p:String}, ' ')) > 0"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        from chdb import session

        self.session = session.Session(str(self.folder))
        self.session.query("CREATE DATABASE IF NOT EXISTS said ENGINE = Atomic")
        self.session.query(
            "CREATE TABLE said.post(id Int64, ts Int64, author String, lang LowCardinality(String),"
            " text String, plain String, tags Array(String), domains Array(String),"
            " INDEX by_tag tags TYPE bloom_filter(0.01) GRANULARITY 1,"
            " INDEX by_word plain TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 1) ENGINE = MergeTree ORDER BY ts"
        )
        self.waiting: list[Said] = []

    def keep(self, posts: Sequence[Said]) -> None:
        self.waiting += posts
        if len(self.waiting) >= 20_000:
            self._write()

    def _write(self) -> None:
        if not self.waiting:
            return
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = self.folder.parent / "coming.parquet"
        pq.write_table(pa.table(_columns(self.waiting)), path)
        self.session.query(f"INSERT INTO said.post SELECT {COLUMNS} FROM file('{path}', Parquet)")
        path.unlink()
        self.waiting = []

    def settle(self) -> None:
        self._write()

    def ask(self, question: str, values: Mapping[str, Any]) -> Any:
        used = {name: value for name, value in values.items() if _uses(question, f"{{{name}:")}
        return self.session.query(question.replace("post", "said.post"), "CSV", params=used)

    def unnested(self, column: str) -> str:
        return f"post ARRAY JOIN {column} AS each"

    def day(self) -> str:
        return f"intDiv(ts, {DAY})"

    def close(self) -> None:
        self.session.close()


def _columns(posts: Sequence[Said]) -> dict[str, list[Any]]:
    columns = {name: [getattr(post, name) for post in posts] for name in ("id", "author", "lang", "text")}
    columns["ts"] = [post.at for post in posts]
    plain = [" ".join(["", *_words(post.text), ""]) for post in posts]
    lists = {name: [list(getattr(post, name)) for post in posts] for name in ("tags", "domains")}
    return {**columns, "plain": plain, **lists}


def _words(text: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in text.lower()).split()


def _uses(question: str, name: str) -> bool:
    at = question.find(name)
    while at >= 0:
        after = question[at + len(name) : at + len(name) + 1]
        if not after.isalnum() or name.endswith(":"):
            return True
        at = question.find(name, at + 1)
    return False


def _connected(connect: Callable[[], Any], seconds: float = 30) -> Any:
    until = time.monotonic() + seconds
    while True:
        try:
            return connect()
        except Exception:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
