"""A ceiling over everything that is uploaded, so that nobody fills the disk before it is looked at."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

LARGEST = 26 * 2**20  # bytes of one file; each form has its own, lower limit and its own sentence


class Ceiling(FileUploadHandler):
    """Let go of a file that grows past the ceiling, while it comes in. `was_cut` then says so to the form."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.taken += len(raw_data)
        if self.taken > LARGEST:
            if self.request is not None:
                self.request.META["samspill.upload_was_cut"] = "yes"
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one keep the file."""


def was_cut(request: HttpRequest) -> bool:
    return "samspill.upload_was_cut" in request.META
