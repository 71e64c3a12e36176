"""Other engines, each with the plainest design that answers the same questions with the same twenty posts:
those that live in this process."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.searching.posts import DAY, Said

Asked = Mapping[str, Any]  # tags, common, words: see posts.question
Question = Callable[[Asked], Any]
FRAME = 20  # results of a page


class Peer:
    """One engine. `questions`: a class of questions, and how it is asked; those it cannot are left out."""

    name = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / self.name
        self.folder.mkdir(parents=True)

    def keep(self, posts: Sequence[Said]) -> None:
        raise NotImplementedError

    def settle(self) -> None:
        """Make all that was kept searchable, as one would in use."""

    def questions(self) -> dict[str, Question]:
        raise NotImplementedError

    def bytes(self) -> int:
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())

    def close(self) -> None:
        """Stop what was started."""


class PlainSqlite(Peer):
    """FTS5 with its texts, and a table of hashtags with an index: what one would write in an afternoon."""

    name = "plain_sqlite"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.connection = sqlite3.connect(self.folder / "plain.sqlite3", isolation_level=None)
        self.connection.executescript("""
            PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;
            CREATE TABLE post(id INTEGER PRIMARY KEY, at INTEGER, author TEXT, lang TEXT, text TEXT);
            CREATE INDEX post_at ON post(at);
            CREATE TABLE tag(tag TEXT, at INTEGER, post INTEGER);
            CREATE INDEX tag_at ON tag(tag, at);
            CREATE INDEX tag_when ON tag(at);
            CREATE TABLE domain(post INTEGER, domain TEXT, author TEXT);
            CREATE INDEX domain_post ON domain(post);
            CREATE VIRTUAL TABLE word USING fts5(text, content='post', content_rowid='id',
              tokenize='unicode61 remove_diacritics 0');
        """)

    def keep(self, posts: Sequence[Said]) -> None:
        many = self.connection.executemany
        self.connection.execute("BEGIN")
        many("INSERT INTO post VALUES(?,?,?,?,?)", [(p.id, p.at, p.author, p.lang, p.text) for p in posts])
        many("INSERT INTO word(rowid, text) VALUES(?, ?)", [(p.id, p.text) for p in posts])
        many("INSERT INTO tag VALUES(?,?,?)", [(tag, p.at, p.id) for p in posts for tag in p.tags])
        many("INSERT INTO domain VALUES(?,?,?)", [(p.id, d, p.author) for p in posts for d in p.domains])
        self.connection.execute("COMMIT")

    def ask(self, question: str, *values: Any) -> list[Any]:
        return self.connection.execute(question, values).fetchall()

    def questions(self) -> dict[str, Question]:
        page = "SELECT at, author, text FROM post WHERE id IN"
        tagged = f"{page} (SELECT post FROM tag WHERE tag = ? ORDER BY at DESC LIMIT {FRAME})"
        worded = f"{page} (SELECT rowid FROM word WHERE word MATCH ? ORDER BY rowid DESC LIMIT {FRAME})"
        two = (
            f"{page} (SELECT post FROM tag a WHERE tag = ? AND EXISTS (SELECT 1 FROM tag b WHERE b.tag = ?"
            f" AND b.at = a.at AND b.post = a.post) ORDER BY at DESC LIMIT {FRAME})"
        )
        either = ",".join("?" * 20)
        boolean = (
            f"{page} (SELECT DISTINCT post FROM tag JOIN post ON post.id = tag.post WHERE tag IN ({either})"
            " AND lang = 'en' AND post NOT IN (SELECT rowid FROM word WHERE word MATCH ?)"
            f" ORDER BY tag.at DESC LIMIT {FRAME})"
        )
        newest = "SELECT post FROM tag WHERE tag = ? ORDER BY at DESC LIMIT 2000"
        return {
            "tag_newest": lambda q: self.ask(tagged, q["tags"][0]),
            "tag_two": lambda q: self.ask(two, *q["tags"][:2]),
            "tag_two_common": lambda q: self.ask(two, *q["common"]),
            "boolean": lambda q: self.ask(boolean, *q["tags"], f'"{q["words"][0]}"'),
            "word_newest": lambda q: self.ask(worded, f'"{q["words"][0]}"'),
            "phrase_newest": lambda q: self.ask(worded, f'"{" ".join(q["words"])}"'),
            "tag_histogram": lambda q: self.ask(
                f"SELECT at / {DAY}, count(*) FROM tag WHERE tag = ? GROUP BY 1", q["tags"][0]
            ),
            "tag_beside": lambda q: self.ask(
                "SELECT b.tag, count(*) FROM tag a JOIN tag b ON b.post = a.post AND b.at = a.at"
                " WHERE a.tag = ? GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
                q["tags"][0],
            ),
            "domains": lambda q: self.ask(
                f"SELECT domain, count(DISTINCT author) FROM domain WHERE post IN ({newest})"
                " GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
                q["tags"][0],
            ),
            "voices": lambda q: self.ask(
                f"SELECT author, count(*) FROM post WHERE id IN ({newest}) GROUP BY 1 ORDER BY 2 DESC"
                " LIMIT 10",
                q["tags"][0],
            ),
            "relevance": lambda q: self.ask(
                f"SELECT rowid FROM word WHERE word MATCH ? ORDER BY bm25(word) LIMIT {FRAME}",
                f'"{q["words"][0]}"',
            ),
            "word_histogram": lambda q: self.ask(
                f"SELECT at / {DAY}, count(*) FROM post"
                " WHERE id IN (SELECT rowid FROM word WHERE word MATCH ?) GROUP BY 1",
                f'"{q["words"][0]}"',
            ),
            **{name: self._trend(hours) for name, hours in (("trend_now", 1), ("trend_days", 240))},
        }

    def _trend(self, hours: int) -> Question:
        asked = "SELECT tag, count(*) FROM tag WHERE at > ? GROUP BY 1 ORDER BY 2 DESC LIMIT 20"
        return lambda _q: self.ask(asked, self._newest() - hours * 3_600_000)

    def _newest(self) -> int:
        return int(self.ask("SELECT max(at) FROM post")[0][0])


class Tantivy(Peer):
    """The Rust engine in the manner of Lucene, through its Python package."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        import tantivy

        self.module = tantivy
        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("at", stored=True, indexed=True, fast=True)
        schema.add_text_field("text", stored=True, tokenizer_name="default")
        schema.add_text_field("tag", stored=False, tokenizer_name="raw", fast=True)
        schema.add_text_field("lang", stored=False, tokenizer_name="raw")
        schema.add_text_field("domain", stored=False, tokenizer_name="raw", fast=True)
        schema.add_text_field("author", stored=True, tokenizer_name="raw", fast=True)
        self.schema = schema.build()
        self.index = tantivy.Index(self.schema, path=str(self.folder))
        self.writer = self.index.writer(256_000_000, 1)
        self.kept = 0

    def keep(self, posts: Sequence[Said]) -> None:
        for post in posts:
            said = {"at": post.at, "text": post.text, "lang": post.lang, "author": post.author}
            document = self.module.Document(**said)
            for tag in post.tags:
                document.add_text("tag", tag)
            for domain in post.domains:
                document.add_text("domain", domain)
            self.writer.add_document(document)
        self.kept += len(posts)
        if self.kept % 20_000 < len(posts):
            self.writer.commit()

    def settle(self) -> None:
        self.writer.commit()
        self.index.reload()
        self.searcher = self.index.searcher()

    def term(self, field: str, value: str) -> Any:
        return self.module.Query.term_query(self.schema, field, value)

    def every(self, *queries: Any) -> Any:
        return self.module.Query.boolean_query([(self.module.Occur.Must, query) for query in queries])

    def newest(self, query: Any) -> Any:
        found = self.searcher.search(query, FRAME, order_by_field="at", count=False)
        return [self.searcher.doc(address) for _order, address in found.hits]

    def by_day(self, query: Any) -> Any:
        days = {"histogram": {"field": "at", "interval": DAY}}
        return self.searcher.aggregate(query, {"days": days})

    def top(self, query: Any, field: str) -> Any:
        return self.searcher.aggregate(query, {"top": {"terms": {"field": field, "size": 10}}})

    def boolean(self, asked: Asked) -> Any:
        occur, make = self.module.Occur, self.module.Query.boolean_query
        either = make([(occur.Should, self.term("tag", tag)) for tag in asked["tags"]])
        parts = [(occur.Must, either), (occur.Must, self.term("lang", "en"))]
        return self.newest(make([*parts, (occur.MustNot, self.term("text", asked["words"][0]))]))

    def questions(self) -> dict[str, Question]:
        phrase = self.module.Query.phrase_query
        return {
            "tag_newest": lambda q: self.newest(self.term("tag", q["tags"][0])),
            "tag_two": lambda q: self.newest(self.every(*(self.term("tag", tag) for tag in q["tags"][:2]))),
            "tag_two_common": lambda q: self.newest(self.every(*(self.term("tag", t) for t in q["common"]))),
            "boolean": self.boolean,
            "word_newest": lambda q: self.newest(self.term("text", q["words"][0])),
            "phrase_newest": lambda q: self.newest(phrase(self.schema, "text", list(q["words"]))),
            "tag_histogram": lambda q: self.by_day(self.term("tag", q["tags"][0])),
            "tag_beside": lambda q: self.top(self.term("tag", q["tags"][0]), "tag"),
            "domains": lambda q: self.top(self.term("tag", q["tags"][0]), "domain"),
            "voices": lambda q: self.top(self.term("tag", q["tags"][0]), "author"),
            "relevance": lambda q: self.searcher.search(self.term("text", q["words"][0]), FRAME, count=False),
            "word_histogram": lambda q: self.by_day(self.term("text", q["words"][0])),
        }
