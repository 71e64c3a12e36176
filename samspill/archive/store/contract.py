"""What every store must do, whatever engine stands behind it: inherited by the tests of each."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from samspill.archive.posts import Closed, Event, Gone, Post
from samspill.archive.query import And, Field, Near, Node, Not, Or, Phrase, Prefix, Since, Tag, Until, Word
from samspill.archive.store import Order, Store

AT = 1_790_000_000_000 // 3_600_000 * 3_600_000  # a whole hour in September 2026
HOUR, DAY = 3_600_000, 86_400_000


def post(number: int, text: str = "", **values: object) -> Post:
    """A post a minute; its tags are those of its text."""
    said = {
        "network": "bluesky",
        "key": f"did:plc:x/app.bsky.feed.post/{number:013d}",
        "at": AT + number * 60_000,
        "author": f"did:plc:{number % 7}",
        "text": text,
        "tags": tuple(word[1:] for word in text.split() if word.startswith("#")),
    }
    return Post(**(said | values))  # type: ignore[arg-type]


def numbers(store: Store, query: Node, order: Order = Order.NEWEST) -> list[int]:
    """The numbers of the posts that are found, in order."""
    return [int(hit.post.key.rpartition("/")[2]) for hit in store.find(query, order).hits]


class StoreContract:
    @pytest.fixture
    def store(self) -> Store:
        raise NotImplementedError

    def kept(self, store: Store, events: Sequence[Event]) -> Store:
        store.keep(events)
        return store

    def test_nothing_is_found_before_anything_is_kept(self, store: Store) -> None:
        assert store.find(Tag("strøm")).hits == ()
        assert (store.count(Word(("strøm",))), store.cursor("a"), store.post(1)) == (0, "", None)

    def test_finds_the_newest_first_a_page_at_a_time(self, store: Store) -> None:
        self.kept(store, [post(n, "Om #strøm") for n in (3, 1, 5, 2, 4)])
        first = store.find(Tag("strøm"), limit=2)
        assert ([hit.post.at for hit in first.hits], first.more) == ([post(5).at, post(4).at], True)
        rest = store.find(Tag("strøm"), before=first.hits[-1].id, limit=5)
        assert ([hit.post.at for hit in rest.hits], rest.more) == ([post(n).at for n in (3, 2, 1)], False)

    def test_gives_back_what_was_kept(self, store: Store) -> None:
        said = post(
            1,
            "Les https://www.nrk.no/strom #Strøm @kari",
            handle="ola.example",
            name="Ola",
            lang="nb",
            links=("https://www.nrk.no/strom",),
            mentions=("kari.example",),
            root="did:plc:x/app.bsky.feed.post/0000000000000",
            likes=3,
            shares=2,
        )
        self.kept(store, [said])
        (hit,) = store.find(Tag("strøm")).hits
        assert hit.post == said == store.post(hit.id)

    def test_other_spellings_of_a_tag_are_on_offer(self, store: Store) -> None:
        said = ["#BlåBær", "#blåbær", "#Blabaer", "#blabaer", "#blabær", "#blaabær", "#bær"]
        self.kept(store, [post(n, words) for n, words in enumerate(said)])
        assert [(row.says, row.posts) for row in store.variants("blåbær")] == [
            ("Blabaer", 2),
            ("blaabær", 1),
            ("blabær", 1),
        ]
        assert {row.says for row in store.variants("blaabær")} == {"BlåBær", "Blabaer", "blabær"}
        assert store.variants("strøm") == []

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            (Tag("strøm"), [4, 1]),
            (Tag("strom"), []),
            (Word(("pris",)), [3, 1]),
            (Word(("pris", "prisen")), [3, 2, 1]),
            (Prefix("pri"), [3, 2, 1]),
            (Phrase(("høy", "pris")), [1]),
            (Near(("pris", "høy"), 3), [3, 1]),
            (And((Tag("strøm"), Word(("pris",)))), [1]),
            (And((Word(("pris",)), Not(Tag("strøm")))), [3]),
            (Not(Word(("pris", "prisen"))), [4, 0]),
            (And((Not(Tag("strøm")), Not(Word(("pris",))))), [2, 0]),
            (Or((Tag("strøm"), Word(("prisen",)))), [4, 2, 1]),
            (Field("lang", "nn"), [2]),
            (And((Field("site", "nrk.no"), Field("network", "bluesky"))), [3]),
            (Field("from", "ola.example"), [4]),
            (Field("from", "did:plc:2"), [2]),
            (Field("to", "kari.example"), [1]),
            (Field("has", "link"), [3]),
            (And((Since(AT + 60_000), Until(AT + 180_000))), [2, 1]),
            (And((Tag("strøm"), Since(AT + 120_000))), [4]),
            (And(()), [4, 3, 2, 1, 0]),
            (Word(("https",)), []),
            (Word(("nrk",)), []),
            (Word(('"',)), []),
        ],
    )
    def test_answers_every_kind_of_question(self, store: Store, query: Node, found: list[int]) -> None:
        self.kept(
            store,
            [
                post(0, "Ingenting"),
                post(1, "En høy pris på #strøm", mentions=("kari.example",)),
                post(2, "Prisen går ned", lang="nn"),
                post(3, "pris, ikke så høy https://tv.nrk.no/a", links=("https://tv.nrk.no/a",)),
                post(4, "#Strøm", handle="Ola.example"),
            ],
        )
        assert numbers(store, query) == found
        assert store.count(query) == len(found)

    def test_the_same_events_again_change_nothing(self, store: Store) -> None:
        events = [post(n, "#strøm og pris") for n in range(5)]
        first, again = store.keep(events, stream="a", cursor="1"), store.keep(events, stream="a", cursor="2")
        assert (first.new, again.new, again.edited) == (5, 0, 0)
        assert (store.count(Tag("strøm")), store.cursor("a")) == (5, "2")

    def test_a_later_version_takes_the_place_and_an_older_one_does_not(self, store: Store) -> None:
        self.kept(store, [post(1, "#strøm før")])
        edited = post(1, "#vind etter", edited=AT + DAY)
        assert store.keep([edited]).edited == 1
        assert store.keep([post(1, "#strøm før")]).edited == 0
        assert (numbers(store, Tag("strøm")), numbers(store, Word(("før",)))) == ([], [])
        assert (numbers(store, Tag("vind")), store.count(Word(("etter",)))) == ([1], 1)

    def test_what_is_deleted_stays_deleted(self, store: Store) -> None:
        self.kept(store, [post(1, "#strøm pris"), post(2, "#strøm")])
        gone = Gone(network="bluesky", key=post(1).key, at=AT + DAY)
        assert store.keep([gone]).gone == 1
        store.keep([post(1, "#strøm pris"), gone])
        assert (numbers(store, Tag("strøm")), store.count(Word(("pris",)))) == ([2], 0)
        store.keep([Gone(network="bluesky", key=post(3).key, at=AT), post(3, "#strøm")])
        assert numbers(store, Tag("strøm")) == [2]

    def test_with_an_account_goes_all_it_said_until_then(self, store: Store) -> None:
        self.kept(store, [post(0, "#strøm"), post(1, "#strøm"), post(7, "#strøm")])
        store.keep([Closed(network="bluesky", author="did:plc:0", at=post(6).at)])
        assert numbers(store, Tag("strøm")) == [7, 1]
        store.keep([post(0, "#strøm"), post(14, "#strøm")])
        assert numbers(store, Tag("strøm")) == [14, 7, 1]

    def test_counts_by_hour_and_day(self, store: Store) -> None:
        self.kept(store, [post(n, "#strøm" if n % 2 else "pris") for n in range(150)])
        for query in (Tag("strøm"), Word(("pris",))):
            bars = store.histogram(query, AT - HOUR, AT + 4 * HOUR, HOUR)
            assert [(bar.at, bar.posts) for bar in bars] == [
                (AT - HOUR, 0),
                (AT, 30),
                (AT + HOUR, 30),
                (AT + 2 * HOUR, 15),
                (AT + 3 * HOUR, 0),
            ]
        inside = And((Tag("strøm"), Since(AT + 30 * 60_000)))
        assert [bar.posts for bar in store.histogram(inside, AT, AT + 3 * HOUR, HOUR)] == [15, 30, 15]
        assert store.count(inside) == 60

    def test_says_what_stands_beside(self, store: Store) -> None:
        link = "https://nve.example/a"
        self.kept(
            store,
            [
                post(1, "#strøm #Vind", links=(link,), handle="a.example"),
                post(2, "#strøm #Vind #sol", links=(link,)),
                post(8, "#strøm", links=(link, "https://vg.example/b"), lang="nb", handle="a.example"),
            ],
        )
        tags = store.beside(Tag("strøm"), "tags")
        assert [(row.says, row.posts) for row in tags.rows] == [("Vind", 2), ("sol", 1)]
        assert (tags.among, tags.whole) == (3, True)
        shared = store.beside(Tag("strøm"), "links").rows
        assert [(row.says, row.posts, row.people) for row in shared] == [
            (link, 3, 2),
            ("https://vg.example/b", 1, 1),
        ]
        voices = store.beside(Tag("strøm"), "voices").rows
        assert [(row.says, row.posts) for row in voices] == [("a.example", 2), ("did:plc:2", 1)]

    def test_orders_by_shares_and_by_how_well_it_matches(self, store: Store) -> None:
        self.kept(
            store,
            [
                post(1, "pris pris pris", shares=1),
                post(2, "en mye lengre tekst der ordet pris står en gang", shares=9),
                post(3, "ikke noe"),
            ],
        )
        assert numbers(store, Word(("pris",)), Order.SHARED) == [2, 1]
        assert numbers(store, Word(("pris",)), Order.RELEVANT) == [1, 2]
        first = store.find(Word(("pris",)), Order.RELEVANT, limit=1)
        (last,) = store.find(Word(("pris",)), Order.RELEVANT, before=first.hits[0].id, limit=1).hits
        assert (first.more, last.post.text[:2]) == (True, "en")

    def test_counts_what_is_new_since(self, store: Store) -> None:
        self.kept(store, [post(1, "#strøm")])
        (hit,) = store.find(Tag("strøm")).hits
        self.kept(store, [post(2, "#strøm"), post(3, "#sol"), post(4, "#strøm")])
        assert store.since(Tag("strøm"), hit.id) == 2

    def test_lays_out_a_thread(self, store: Store) -> None:
        root, other = post(1, "Hva koster det?"), post(9, "Noe annet")
        answers = [post(n, "Svar", root=root.key, reply_to=root.key) for n in (3, 2)]
        self.kept(store, [answers[0], other, root, answers[1]])
        for said in (root, answers[0]):
            (hit,) = [hit for hit in store.find(And(())).hits if hit.post.key == said.key]
            assert [each.post.at for each in store.thread(hit.id)] == [post(n).at for n in (1, 2, 3)]

    def test_sees_what_is_said_more_than_usual(self, store: Store) -> None:
        week, now = 7 * DAY, AT + 10 * HOUR
        usual = [post(n, "#vær", at=AT - week + n * 60_000) for n in range(20)]
        now_said = [post(100 + n, "#vær", at=AT + n * 60_000) for n in range(20)]
        spike = [post(200 + n, "#Storøya er mørk", at=AT + n * 60_000) for n in range(12)]
        alone = [post(300 + n, "#meg", at=AT + n * 60_000, author="did:plc:1") for n in range(12)]
        self.kept(store, [*usual, *now_said, *spike, *alone])
        (trend,) = store.trends(now, 10)
        assert (trend.tag, trend.posts, trend.usual, trend.people) == ("Storøya", 12, 0.0, 7)
        assert trend.alike, "all say the same"

    def test_moments_far_away_are_kept_in_their_order(self, store: Store) -> None:
        self.kept(
            store, [post(1, "#strøm", at=0), post(2, "#strøm", at=4_000_000_000_000), post(3, "#strøm")]
        )
        assert numbers(store, Tag("strøm")) == [2, 3, 1]

    def test_more_posts_in_a_millisecond_than_an_id_has_room_for(self, store: Store) -> None:
        self.kept(store, [post(n, "#strøm", at=AT) for n in range(700)])
        self.kept(store, [post(1000 + n, "#strøm", at=AT + n % 2) for n in range(700)])
        assert store.count(Tag("strøm")) == 1400

    def test_counts_what_saved_queries_have_met(self, store: Store) -> None:
        def labels(post: Post) -> list[int]:
            return [label for label, word in ((7, "strøm"), (8, "pris")) if word in post.text]

        store.keep([post(n, "strøm og pris" if n % 2 else "strøm") for n in range(100)], labels=labels)
        store.keep([post(n, "strøm og pris" if n % 2 else "strøm") for n in range(100)], labels=labels)
        assert store.tally([7, 8, 9], AT, AT + 3 * HOUR, HOUR) == {
            7: [60, 40, 0],
            8: [30, 20, 0],
            9: [0, 0, 0],
        }
        gone = Gone(network="bluesky", key=post(1).key, at=AT + DAY)
        store.keep([gone, post(3, "pris", edited=AT + DAY), post(5, "nei", edited=AT + DAY)], labels=labels)
        assert store.tally([7, 8], AT, AT + 4 * HOUR, 2 * HOUR) == {7: [97, 0], 8: [48, 0]}
        assert store.forget_label(7, most=50) is False
        assert store.forget_label(7, most=50) is True
        assert store.tally([7, 8], AT, AT + 2 * HOUR, HOUR) == {7: [0, 0], 8: [28, 20]}

    def test_a_new_label_is_given_to_what_is_kept_already(self, store: Store) -> None:
        self.kept(store, [post(n, "#strøm") for n in range(130)])
        store.keep([post(130, "#strøm")], labels=lambda post: [3])
        before, turns = None, 0
        while (before := store.label(3, Tag("strøm"), before=before, limit=50)) is not None:
            turns += 1
        assert turns == 2
        assert store.tally([3], AT, AT + 3 * HOUR, HOUR) == {3: [60, 60, 11]}
        store.label(3, Tag("strøm"))
        assert store.tally([3], AT, AT + 3 * HOUR, HOUR) == {3: [60, 60, 11]}

    def veiled(self, store: Store, before: int) -> None:
        while store.veil("bluesky", before, limit=3):
            pass

    def test_who_said_what_is_old_is_put_away_and_its_words_still_count(self, store: Store) -> None:
        old = [
            post(
                n, "Hei @kari.example, om #strøm", handle=f"h{n}.example", name="Ola", url="https://x.example"
            )
            for n in range(5)
        ]
        other = post(6, "#strøm", network="mastodon", key="110000000000000006", handle="per@m.example")
        self.kept(store, [*old, other, post(100, "#strøm", handle="ny.example")])
        self.veiled(store, AT + 10 * 60_000)
        assert store.count(Tag("strøm")) == 7
        assert store.count(And((Word(("hei",)), Tag("strøm")))) == 5
        found = [hit.post for hit in store.find(Word(("hei",))).hits]
        assert {(each.handle, each.name, each.url, each.mentions) for each in found} == {("", "", "", ())}
        assert not any("did:plc" in f"{each.author}{each.key}{each.text}" for each in found)
        assert not any("kari" in each.text for each in found)
        assert len({each.author for each in found}) == 5, "how many people there were can still be told"
        for handle in ("h1.example", "did:plc:1"):
            assert store.count(Field("from", handle)) == 0
        assert store.count(Field("from", "per@m.example")) == 1
        assert store.count(Field("from", "ny.example")) == 1
        assert store.veil("bluesky", AT + 10 * 60_000) == 0

    def test_what_is_put_away_is_not_doubled_and_its_deletion_is_followed(self, store: Store) -> None:
        old = [post(n, "#strøm") for n in range(4)]
        self.kept(store, old)
        self.veiled(store, AT + DAY)
        assert store.keep(old).new == 0
        edited = store.keep([post(1, "#vind av @kari.example", edited=AT + DAY)])
        assert (edited.edited, store.count(Tag("vind"))) == (1, 1)
        (hit,) = store.find(Tag("vind")).hits
        assert (hit.post.text, hit.post.author[:1]) == ("#vind av @…", "~")
        assert store.keep([Gone(network="bluesky", key=post(2).key, at=AT + DAY)]).gone == 1
        assert store.keep([Closed(network="bluesky", author=post(3).author, at=AT + DAY)]).gone == 1
        assert store.count(And(())) == 2

    def test_what_comes_late_is_put_away_too(self, store: Store) -> None:
        self.kept(store, [post(n, "#strøm", handle="a.example") for n in (5, 6)])
        self.veiled(store, AT + DAY)
        store.keep([post(1, "#strøm", handle="b.example")])
        self.veiled(store, AT + DAY)
        assert {hit.post.handle for hit in store.find(Tag("strøm")).hits} == {""}

    def test_a_person_gets_all_that_is_kept_of_them_and_can_have_it_erased(self, store: Store) -> None:
        self.kept(store, [post(n, f"#strøm {n}") for n in (0, 7, 14, 1)])
        self.veiled(store, post(10).at)
        author = post(0).author
        assert [each.at for each in store.said_by("bluesky", author)] == [post(14).at, post(0).at, post(7).at]
        assert store.erase("bluesky", author, AT + DAY) == 3
        assert store.keep([post(n, f"#strøm {n}") for n in (0, 7, 14)]).new == 0
        assert store.said_by("bluesky", author) == []
        assert store.count(Tag("strøm")) == 1

    def test_what_is_old_can_be_removed_altogether(self, store: Store) -> None:
        self.kept(store, [post(n, "#strøm") for n in range(6)])
        self.kept(
            store, [post(n, "#strøm", network="mastodon", key=f"11000000000000000{n}") for n in range(3)]
        )
        while store.drop("bluesky", post(4).at, limit=2):
            pass
        assert store.count(Tag("strøm")) == 2 + 3
        assert store.tally([1], AT, AT + HOUR, HOUR) == {1: [0]}
