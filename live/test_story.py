"""The main job, from a governing document to a goal that moves, through the screens and on a real network.

The product is started as a user starts it; two people work in it, each in a browser, and others live on a
Bluesky network that runs here. Set SAMSPILL_PICTURES to a folder to keep a picture of every step.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser

from live.person import Person
from live.product import ROOT, chromium, running_product
from live.servers.bluesky import Bluesky
from live.servers.bluesky import Person as Other
from live.servers.mastodon import Mastodon
from live.servers.mastodon import Person as Neighbour

SHARED = Path(os.environ.get("SAMSPILL_SHARED") or ROOT.parent / "shared")
NOTE = SHARED / "inputs" / "notat-sosiale-medier-2016.txt"
OWN_NOTE = """Er det behov for en strategi i sosiale medier?

Hva skal bedriften oppnå, og hvem skal den nå? Svaret må bygge på det bedriften er til for.

Vi legger en plan for en vellykket start, med mål om å oppnå den første kritiske massen av følgere.

Alle som skriver til oss får svar daglig.
"""
TODAY = datetime.now(ZoneInfo("Europe/Oslo")).date()
PASSAGE = "kritiske massen"  # what the goal is derived from
GOAL = "En første kritisk masse følger oss"
POST = "Nå er vi her! Spør oss om strøm, så svarer vi innen et døgn. #strøm"
QUESTION = "Gjelder det hytter også?"
TACTICS = "We do %(n)d thing to bring people along, on %(steps)d of the four steps."
ANSWER = "Ja, hytter også. Bare spør!"
PASSWORD = "lang nok setning 42"
# to the five other questions, by the names of their fields
ANSWERS: dict[str, dict[str, str]] = {
    "audiences": {
        "name": "Nye huseiere",
        "description": "Folk som nettopp har kjøpt sitt første hus.",
        "needs": "Å vite hva regningen blir før den kommer.",
    },
    "tactics": {
        "step": "answers",
        "what": "Spør om én ting hver fredag, og oppsummer på mandag",
        "why_follow": "De ser at det de sier blir brukt.",
    },
    "voice": {
        "name": "Rett fram",
        "we_are": "Vi sier det som det er.",
        "we_are_not": "Vi er ikke brå.",
        "good_example": "Strømmen gikk fordi vi gravde over en kabel.",
        "bad_example": "Grunnet en hendelse kan uregelmessigheter oppstå.",
    },
    "channel-choices": {
        "name": "Bluesky",
        "choice": "use",
        "purpose": "Å svare i det åpne, så andre finner svarene.",
        "evidence": "18 % av kundene er der (egen undersøkelse 2026).",
    },
    "launch": {
        "phase": "soft",
        "what": "Be de tjue som kjenner oss best, ved navn",
        "on": (TODAY + timedelta(days=7)).isoformat(),
        "expected_followers": "20",
    },
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def note(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    if NOTE.exists():
        return NOTE
    with capsys.disabled():
        print(f"\nlive: {NOTE} is not here; the story begins with a short note of its own.")
    own = tmp_path / "note.txt"
    own.write_text(OWN_NOTE, encoding="utf-8")
    return own


def allowing(*urls: str) -> Mapping[str, str]:
    """What an operator sets whose servers are on a private network, and who does not like to wait."""
    return {
        "SAMSPILL_PRIVATE_HOSTS": ",".join(urlsplit(url).netloc for url in urls),
        "SAMSPILL_INBOX_SECONDS": "5",
        "SAMSPILL_FIGURES_MINUTES": "1",
    }


@pytest.mark.parametrize("language", ["nb-NO", "en-GB"])
def test_from_a_governing_document_to_a_goal_that_moves(
    tmp_path: Path, browser: Browser, bluesky: Bluesky, note: Path, language: str
) -> None:
    us, ola, kari = (bluesky.create_account(name) for name in ("fjord", "ola", "kari"))
    env = {**allowing(bluesky.url, bluesky.plc_url), "SAMSPILL_PLC": bluesky.plc_url}
    with running_product(tmp_path / "data", env=env) as product:
        story = f"story-{language}"
        ingrid = Person(browser, product, "ingrid", story=story, language=language)
        bjorn = Person(browser, product, "bjorn", story=story, language=language)

        moves_in(ingrid)
        reads_the_document(ingrid, note)
        sets_the_goal(ingrid)
        answers_the_other_questions(ingrid)
        invites(ingrid, bjorn)
        connects(ingrid, us, bluesky.url)
        writes(ingrid, POST, approver="Bjørn Dal")
        approves_and_publishes(bjorn)
        assert [record["text"] for record in us.records()] == [POST]

        post = us.post_uris()[0]
        question = ola.reply(post, QUESTION)
        ola.follow(us.did)
        kari.follow(us.did)
        waits_in_the_inbox(ingrid)
        answers(ingrid)
        stands_on_the_network(us, post, question)
        has_moved(ingrid)

        assert not ingrid.noise + bjorn.noise
        for person in (ingrid, bjorn):
            person.context.close()


def test_a_post_and_its_answer_on_a_server_with_mastodons_api(
    tmp_path: Path, browser: Browser, mastodon: Mastodon
) -> None:
    us, ola = mastodon.create_account("fjord"), mastodon.create_account("ola")
    with running_product(tmp_path / "data", env=allowing(mastodon.url)) as product:
        ingrid = Person(browser, product, "ingrid", story="mastodon", language="nb-NO")
        moves_in(ingrid)
        connects_by_code(ingrid, us, mastodon.url)
        writes_and_publishes(ingrid)
        (post,) = us.posts()
        assert us.source(post) == POST

        question = ola.reply(post, QUESTION)
        waits_in_the_inbox(ingrid)
        answers(ingrid)
        answer, first = us.posts()
        assert first == post
        assert us.source(answer) == f"@{ola.username} {ANSWER}", "who is answered is named, and hears of it"
        assert us.call("GET", f"/api/v1/statuses/{answer}")["in_reply_to_id"] == question
        assert not ingrid.noise
        ingrid.context.close()


def moves_in(ingrid: Person) -> None:
    """With the one-time code from the terminal; afterwards that door is gone."""
    ingrid.go("/setup/")
    ingrid.fill(code=ingrid.product.code, organisation="Fjordkraftlaget", name="Ingrid Solberg")
    ingrid.fill(email="ingrid@example.org", password=PASSWORD, language=ingrid.language[:2])
    ingrid.picture("set-up")
    ingrid.send(time_zone="Europe/Oslo")
    ingrid.sees("Ingrid")
    ingrid.picture("empty-today")
    gone = ingrid.context.request.get(f"{ingrid.product.address}/setup/")
    assert gone.status == 404


def reads_the_document(ingrid: Person, note: Path) -> None:
    ingrid.go("strategy/documents/")
    ingrid.follow("/upload/")
    ingrid.send(file=note, title="Notat om sosiale medier", adopted="av ledergruppen 8. desember 2016")
    ingrid.sees(PASSAGE)
    ingrid.picture("passages")


def sets_the_goal(ingrid: Person) -> None:
    """From the passage it serves: a measure, from where, to where, by when."""
    passage = ingrid.main.locator("li", has_text=PASSAGE).first
    passage.locator("a[href*='/passages/']").click()
    ingrid.sees(PASSAGE)
    ingrid.follow(r"/goals/add/\?passage=\d+")
    ingrid.follow(r"sub_goal=")
    ingrid.fill(statement=GOAL, why="Nok folk til at samtalen bærer seg selv.", measure="followers")
    ingrid.fill(baseline="0", baseline_at=TODAY.isoformat(), target="3")
    ingrid.fill(deadline=(TODAY + timedelta(days=90)).isoformat(), owner="Ingrid Solberg")
    assert ingrid.main.locator("input[name=passage]:checked").get_attribute("value"), "the passage is chosen"
    ingrid.picture("goal-form")
    ingrid.send(statement=GOAL)
    ingrid.sees(GOAL)
    ingrid.sees(PASSAGE)
    ingrid.picture("goal")


def answers_the_other_questions(ingrid: Person) -> None:
    for question, fields in ANSWERS.items():
        ingrid.go(f"strategy/{question}/")
        ingrid.follow(f"/{question}/add/")
        ingrid.send(**fields)
        ingrid.sees(fields.get("what") or fields["name"])
        ingrid.picture(question)
    ingrid.go("strategy/")
    for question, fields in ANSWERS.items():
        if question == "tactics":  # counted by their steps, not named
            ingrid.sees(ingrid.says(TACTICS, n=1, steps=1))
        else:
            ingrid.sees(re.compile(re.escape(fields.get("what") or fields["name"]), re.IGNORECASE))
    ingrid.picture("strategy")


def invites(ingrid: Person, bjorn: Person) -> None:
    """By a link that is handed over; the second person opens it in a browser of their own."""
    ingrid.go("settings/people/")
    ingrid.send(role="3", days="7", email="bjorn@example.org")
    link = ingrid.main.locator("#link").input_value()
    ingrid.picture("invitation")
    bjorn.go(urlsplit(link).path)
    bjorn.picture("joins")
    bjorn.send(name="Bjørn Dal", email="bjorn@example.org", password=PASSWORD)
    bjorn.sees("Bjørn")


def connects(ingrid: Person, us: Other, server: str) -> None:
    ingrid.go("channels/")
    ingrid.follow("/connect/bluesky/")
    ingrid.fill(handle=us.handle, password=us.app_password())
    ingrid.picture("connect")
    ingrid.send(server=server)
    ingrid.sees(us.handle)
    ingrid.picture("channel")


def connects_by_code(ingrid: Person, us: Neighbour, server: str) -> None:
    """Say yes on the server's own page, and carry over the code it shows."""
    ingrid.go("channels/")
    ingrid.follow("/connect/mastodon/")
    ingrid.send(server=server)
    ingrid.picture("to-the-server")
    with ingrid.context.expect_page() as opened:
        ingrid.main.locator("a[target=_blank]").click()
    there = opened.value
    there.locator(f"button[value='{us.username}']").click()
    found = re.search(r"code: (\S+)", there.locator("body").inner_text())
    assert found
    there.close()
    ingrid.send(code=found.group(1))
    ingrid.sees(us.username)
    ingrid.picture("channel")


def writes_and_publishes(ingrid: Person) -> None:
    ingrid.go("publishing/new/")
    ingrid.fill(title="Vi er her", text=POST)
    ingrid.main.locator("input[name=channels]").first.check()
    ingrid.press("button[name=do][value=now]")
    is_out(ingrid)


def is_out(person: Person) -> None:
    published = person.main.locator("#out .tag", has_text=person.says("published"))
    person.until(lambda: published.count() == 1, "it is out", 30)
    person.picture("published")


def writes(ingrid: Person, text: str, *, approver: str) -> None:
    """A draft for the goal; somebody else shall approve it."""
    ingrid.go("strategy/goals/")
    ingrid.follow(r"/goals/\d+/")
    ingrid.follow(r"/publishing/new/\?goal=\d+")
    ingrid.fill(title="Vi er her", text=text)
    ingrid.main.locator("input[name=channels]").first.check()
    ingrid.main.locator("details:has([name=approver]) > summary").click()
    ingrid.fill(approver=approver)
    ingrid.picture("draft")
    ingrid.press("button[name=do][value=ask]")
    ingrid.sees(approver)
    ingrid.picture("asked")


def approves_and_publishes(bjorn: Person) -> None:
    """What waits for a yes stands on the first page. The yes is not the publishing."""
    bjorn.go("")
    bjorn.sees(GOAL)
    assert moved(bjorn) not in bjorn.main.inner_text()
    bjorn.picture("today-asks")
    bjorn.follow(r"/publishing/\d+/")
    bjorn.follow(r"/publishing/\d+/approve/")
    bjorn.sees(POST)
    bjorn.picture("approve")
    bjorn.press("button[name=do][value=approve]")
    bjorn.press("button[formaction$='/publish-now/']")
    is_out(bjorn)


def waits_in_the_inbox(ingrid: Person) -> None:
    """With the hours that are left of the day, on the first page and in the inbox."""
    ingrid.go("")
    ingrid.until_sees(QUESTION)
    left = ingrid.main.locator(".left b").first.inner_text()
    assert any(hours in left for hours in ("23", "24")), left
    ingrid.picture("today-waits")
    ingrid.go("conversations/")
    ingrid.sees(QUESTION)
    assert ingrid.main.locator("li[data-row] .left b").count() == 1, "one reply is one conversation"
    ingrid.picture("inbox")


def answers(ingrid: Person) -> None:
    """The answer counts as sent only when the network has it."""
    ingrid.follow(r"/conversations/\d+/#answer")
    ingrid.picture("conversation")
    ingrid.send(text=ANSWER)
    ours = ingrid.main.locator("li.ours", has_text=ANSWER)
    ingrid.until(lambda: ours.locator(".tag.good").count() == 1, "the answer is shown as sent", 30)
    ingrid.picture("answered")
    ingrid.go("conversations/")
    assert QUESTION not in ingrid.main.inner_text(), "nobody waits any more"


def stands_on_the_network(us: Other, post: str, question: str) -> None:
    """Once, as a reply to that very question, in the thread of our post."""
    answer, first = us.records()
    assert [answer["text"], first["text"]] == [ANSWER, POST]
    assert answer["reply"]["parent"]["uri"] == question
    assert answer["reply"]["root"]["uri"] == post


def has_moved(ingrid: Person) -> None:
    """The first page says so; the goal's page shows the whole thread, from the passage to the figure."""
    ingrid.go("")
    ingrid.until_sees(moved(ingrid), 150)
    ingrid.picture("today-moved")
    ingrid.go("strategy/goals/")
    ingrid.follow(r"/goals/\d+/")
    ingrid.until(lambda: thread(ingrid) == ["1", "1", "2"], "one draft, one reply, two followers", 60)
    ingrid.picture("goal-moved")


def moved(person: Person) -> str:
    return person.says("The goal “%(goal)s” has moved.", goal=GOAL)


def thread(person: Person) -> list[str]:
    """How many drafts, what was said, and the figure, as the red thread counts them."""
    person.page.wait_for_load_state("networkidle")
    knots = [person.main.locator(f"#thread-{knot} a").first for knot in ("work", "said", "figure")]
    return [(re.findall(r"\d+", knot.inner_text()) or [""])[0] for knot in knots]
