"""How long the server works on each page of a strategy with 500 goals, 5,000 passages and 200 editions.

In a database of its own, through the whole of Django (middleware, view, template) without a network between.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time

from bench import results

GOAL = 150.0  # milliseconds for a page, in the median
SHOWN = 15  # of the slowest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory(prefix="samspill-strategy-") as folder:
        os.environ["SAMSPILL_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "samspill.settings"
        measured = measure(runs)
    slowest = sorted(measured.items(), key=lambda each: -statistics.median(each[1]))
    print(
        f"{len(measured)} pages, {runs} runs each after one to warm up, python {sys.version.split()[0]},"
        f" {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; milliseconds, the {SHOWN} slowest"
    )
    shown = dict(slowest[:SHOWN])
    results.show(shown, dict.fromkeys(shown, GOAL))
    medians = {page: round(statistics.median(values), 1) for page, values in slowest}
    kept = sum(value <= GOAL for value in medians.values())
    print(f"{kept} of {len(medians)} pages within {GOAL:.0f} ms")
    results.keep(
        "strategy",
        {
            "runs": runs,
            "load": os.getloadavg()[0],
            "goal_ms": GOAL,
            "within_goal": kept,
            "median_ms": medians,
        },
    )


def measure(runs: int) -> dict[str, list[float]]:
    """Milliseconds for each page, by its address."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", "--noinput", verbosity=0)
    from samspill.accounts.models import Member, Role, User, Workspace
    from samspill.flows.start import settle_memory
    from samspill.strategy.tests.large import fill, pages

    workspace = Workspace.objects.create(name="Stort lag", slug="stort")
    olga = User.objects.create_user("olga@example.org", "correct horse", name="Olga")
    Member.objects.create(workspace=workspace, user=olga, role=Role.OWNER)
    fill(workspace, olga)
    client = Client()
    client.force_login(olga)
    settle_memory()  # as in the process that serves the pages
    measured: dict[str, list[float]] = {}
    for page in pages(workspace, olga):
        assert client.get(page).status_code == 200, page
        measured[page] = []
        for _run in range(runs):
            before = time.perf_counter()
            client.get(page).content  # noqa: B018
            measured[page].append((time.perf_counter() - before) * 1000)
    return measured


if __name__ == "__main__":
    main()
