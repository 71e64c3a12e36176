"""The judge: knows only what was asked, what was said of it, and what the networks hold."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Verdict:
    asked: int
    lost: list[str]  # asked for, and not out
    doubled: list[str]  # out more than once
    invented: list[str]  # out, and nobody asked
    claimed: list[str]  # said to be out, and not
    counts: dict[str, int]

    @property
    def holds(self) -> bool:
        return not (self.lost or self.doubled or self.invented or self.claimed)

    def __str__(self) -> str:
        faults = f"{self.counts.get('faults', 0)} faults of {self.counts.get('requests', 0)} requests"
        return (
            f"{self.asked} asked, {len(self.lost)} lost, {len(self.doubled)} doubled,"
            f" {len(self.invented)} invented, {len(self.claimed)} falsely claimed; {faults}"
        )


def judge(folder: Path) -> Verdict:
    history = [json.loads(line) for line in (folder / "history.jsonl").read_text().splitlines()]
    state = json.loads((folder / "state.json").read_text())
    out = Counter((name, text) for name in ("bluesky", "mastodon") for text in state[name])
    asked = {(line["network"], line["asked"]) for line in history if "asked" in line}
    said = {(line["network"], line["said"]): line["state"] for line in history if "said" in line}
    return Verdict(
        asked=len(asked),
        lost=[text for network, text in sorted(asked) if not out[network, text]],
        doubled=[text for (_network, text), times in sorted(out.items()) if times > 1],
        invented=[text for network, text in sorted(out) if (network, text) not in asked],
        claimed=[
            text
            for (network, text), how in sorted(said.items())
            if how == "published" and not out[network, text]
        ],
        counts=state["counts"],
    )
