"""With five hundred goals and five thousand passages a page of the strategy asks the database few times."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspill.strategy.tests.large import fill, pages

MOST = 30


def test_every_page_of_a_large_strategy_asks_at_most_thirty_times(cast, as_person):
    fill(cast.fjord, cast.olga)
    olga = as_person(cast.olga)
    olga.get("/w/fjord/settings/")
    many = {}
    for page in pages(cast.fjord, cast.olga):
        with CaptureQueriesContext(connection) as asked:
            assert olga.get(page).status_code == 200, page
        if len(asked) > MOST:
            many[page] = len(asked)
    assert not many
