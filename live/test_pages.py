"""Every page of the demonstration in a real browser: accessible, quiet in the console, no wider than it.

Set SAMSPILL_PICTURES to a folder to keep a picture of each page for looking at.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from live.product import Product, chromium, running_product, sign_in

PICTURES = os.environ.get("SAMSPILL_PICTURES")
NO_PAGE = re.compile(r"\.(csv|ndjson|json|yaml|md|pdf|pptx|docx)(\?|$)|/files/|logout")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}


@dataclass(frozen=True)
class Look:
    name: str
    width: int
    height: int
    scheme: str
    language: str


LOOKS = [Look("wide-light-nb", 1360, 980, "light", "nb-NO"), Look("phone-dark-en", 390, 844, "dark", "en-GB")]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with running_product(tmp_path_factory.mktemp("demo") / "data", command="demo") as product:
        yield product


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_every_page_is_accessible_and_fits(demo: Product, browser: Browser, look: Look) -> None:
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height},
        color_scheme=look.scheme,  # type: ignore[arg-type]
        locale=look.language,
    )
    page = context.new_page()
    noise: list[str] = []
    page.on(
        "console", lambda said: noise.append(f"{page.url}: {said.text}") if said.type == "error" else None
    )
    page.on("pageerror", lambda error: noise.append(f"{page.url}: {error}"))
    faults: list[str] = []
    faults += _look_at(page, f"{demo.address}/account/login/", look)
    sign_in(page, demo, "ingrid")
    seen = 0
    for address in _walk(page, demo.address, backwards=look is LOOKS[-1]):
        seen += 1
        faults += _look_at(page, address, look)
    context.close()
    assert seen > 30, "the walk found too few pages to mean anything"
    assert not faults, "\n".join(faults)
    assert not noise, "\n".join(noise)


def _walk(page: Page, address: str, *, backwards: bool) -> Iterator[str]:
    """One page of each kind that links lead to; backwards: another one of each, where there are several."""
    waiting, kinds = [page.url], {_kind(page.url)}
    while waiting:
        yield waiting.pop(0)
        hrefs = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        for href in sorted({href.split("#")[0] for href in hrefs}, reverse=backwards):
            if href.startswith(address) and not NO_PAGE.search(href) and _kind(href) not in kinds:
                kinds.add(_kind(href))
                waiting.append(href)


def _kind(address: str) -> str:
    """The address without what tells one page of a kind from another; whether it asks for something stays."""
    parts = urlsplit(address)
    path = re.sub(r"/(w|measures)/[^/]+", r"/\1/-", re.sub(r"\d+", "#", parts.path))
    return path + ("?" if parts.query else "")


def _look_at(page: Page, address: str, look: Look) -> list[str]:
    answer = page.goto(address)
    page.wait_for_load_state("networkidle")
    faults = [] if answer and answer.ok else [f"{address}: {answer and answer.status}"]
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wider > 0:
        faults.append(f"{address} ({look.name}): {wider} px wider than the screen")
    for fault in Axe().run(page, options=RULES).response["violations"]:
        nodes = "; ".join(node["html"][:120] for node in fault["nodes"][:3])
        faults.append(f"{address} ({look.name}): {fault['id']}: {fault['help']}: {nodes}")
    if PICTURES:
        name = re.sub(r"[^a-z0-9]+", "-", urlsplit(address).path.lower()).strip("-") or "front"
        page.screenshot(path=Path(PICTURES) / f"{look.name}-{name}.png", full_page=True)
    return faults
