"""What is uploaded is let go of once it is larger than anything we take."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import RequestFactory

from samspill.lib.uploads import LARGEST, was_cut


@pytest.mark.parametrize(("size", "cut"), [(LARGEST, False), (LARGEST + 1, True)])
def test_a_file_is_kept_up_to_the_ceiling(size, cut):
    file = io.BytesIO(bytes(size))
    file.name = "plan.txt"
    request = RequestFactory().post("/", {"file": file, "title": "Plan"})
    assert request.POST["title"] == "Plan"
    assert was_cut(request) is cut
    assert ("file" in request.FILES) is not cut
    kept: Any
    for kept in request.FILES.values():
        assert kept.size == size
        kept.close()
