"""A person at the screens, in a browser of their own: reads, fills in, presses, waits, and keeps pictures.

Fields are met by their names and links by where they lead, so that the same story is told in either language.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from playwright.sync_api import Browser, Locator, Page, expect

from live.product import Product
from live.words import said

PICTURES = os.environ.get("SAMSPILL_PICTURES")
PATIENCE = 15_000  # ms for a page
Value = str | bool | Path | list[str]


class Person:
    """`name` signs what they do; `story` and a running number name their pictures."""

    def __init__(self, browser: Browser, product: Product, name: str, *, story: str, language: str) -> None:
        self.name, self.story, self.product, self.language = name, story, product, language
        self.context = browser.new_context(
            viewport={"width": 1360, "height": 980}, locale=language, color_scheme="light"
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.noise: list[str] = []
        self.page.on("console", lambda said: self._hear(said.type, said.text))
        self.page.on("pageerror", lambda error: self._hear("error", str(error)))
        self.page.on("dialog", lambda dialog: dialog.accept())  # “Publish it now?”
        self.seen = 0

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    @property
    def home(self) -> str:
        """Where the workspace begins: /w/<workspace>."""
        found = re.search(r"/w/[^/]+", self.page.url)
        assert found, f"{self.name} is in no workspace but at {self.page.url}"
        return found.group()

    def go(self, path: str) -> None:
        """To an address of the product, or below the workspace when it begins without a slash."""
        where = path if path.startswith("/") else f"{self.home}/{path}"
        answer = self.page.goto(where if where.startswith("http") else f"{self.product.address}{where}")
        assert answer is not None
        assert answer.ok, f"{where}: {answer.status}"

    def follow(self, pattern: str) -> None:
        """Press the first link in the page whose address ends so; `*` stands for anything but a slash."""
        ends = re.compile(pattern.replace("*", "[^/]+") + r"(\?[^#]*)?(#.*)?$")
        before = self.page.url
        for link in self.main.locator("a[href]").all():
            if ends.search(link.get_attribute("href") or "") and link.is_visible():
                link.click()
                # The page that is left still counts as loaded, so first the address must change.
                self.page.wait_for_url(lambda url: url != before, wait_until="load")
                return
        raise AssertionError(f"no link to {pattern} at {before}:\n{self.main.inner_text()}")

    def fill(self, **fields: Value) -> Locator:
        """Fill in fields by name, the form's last one is returned. True and False tick a box."""
        field = self.main
        for name, value in fields.items():
            field = self.main.locator(f":is(input, select, textarea)[name='{name}']:not([type=hidden])")
            expect(field.first, f"{self.name} looks for the field {name} at {self.page.url}").to_be_attached()
            self._put(field, value)
        return field.first

    def _put(self, field: Locator, value: Value) -> None:
        kind = field.first.evaluate("field => field.type")
        if isinstance(value, Path):
            field.first.set_input_files(value)
        elif isinstance(value, bool):
            field.first.set_checked(value)
        elif kind in ("radio", "checkbox"):
            for one in [value] if isinstance(value, str) else value:
                field.locator(f"xpath=self::*[@value='{one}']").check()
        elif kind.startswith("select"):
            field.first.select_option(value)
        else:
            field.first.fill(str(value))

    def send(self, **fields: Value) -> None:
        """Fill in, then press the main button of that form."""
        self.press(self.fill(**fields).locator("xpath=ancestor::form").locator("button.main").first)

    def press(self, button: str | Locator) -> None:
        """A button, or the first that a CSS selector finds; afterwards the page has come to rest."""
        found = self.main.locator(button).first if isinstance(button, str) else button
        found.click()
        self.page.wait_for_load_state("networkidle")
        wrong = self.main.locator(".error, .wrongs")
        assert not wrong.count(), f"{self.page.url}: {wrong.all_inner_texts()}"

    def says(self, words: str, **values: object) -> str:
        """A sentence of the product in this person's language."""
        return said(self.language, words, **values)

    def sees(self, text: str | re.Pattern[str]) -> None:
        expect(self.main).to_contain_text(text)

    def until(self, holds: Callable[[], bool], what: str, seconds: float = 90) -> None:
        """Look again and again, as a person does who waits, until it holds."""
        deadline = monotonic() + seconds
        while not holds():
            assert monotonic() < deadline, f"after {seconds:.0f} s: {what}\n{self.main.inner_text()}"
            self.page.wait_for_timeout(1000)
            self.page.reload()

    def until_sees(self, text: str, seconds: float = 90) -> None:
        self.until(lambda: text in self.main.inner_text(), f"{self.name} never sees {text!r}", seconds)

    def picture(self, title: str) -> None:
        self.seen += 1
        if PICTURES:
            path = Path(PICTURES) / f"{self.story}-{self.name}-{self.seen:02}-{title}.png"
            self.page.screenshot(path=path, full_page=True)

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error":
            self.noise.append(f"{self.name} at {self.page.url}: {text}")
