"""Take the README's pictures from the demonstration: `make screenshots`. Needs Chromium."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from live.product import chromium, running_product, sign_in

IMG = Path(__file__).resolve().parent / "img"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        with running_product(data, command="demo") as demo, chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-GB")
            sign_in(page, demo, "alex")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=IMG / "today.png")
            page.click(".goal a")
            page.wait_for_load_state("networkidle")
            page.wait_for_selector(".chart svg")
            page.screenshot(path=IMG / "goal.png")


if __name__ == "__main__":
    main()
