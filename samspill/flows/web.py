"""The web server as a child process: gunicorn with threads, on a socket that is open already."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from django.conf import settings
from gunicorn.app.base import BaseApplication

from samspill.flows.supervise import die_with_parent

THREADS = 8


class Web(BaseApplication):  # type: ignore[misc]
    """Serves on the socket with this file descriptor until SIGTERM."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        super().__init__()

    def load_config(self) -> None:
        wanted: dict[str, Any] = {
            "bind": f"fd://{self.descriptor}",
            "worker_class": "gthread",
            "workers": settings.WEB_WORKERS,
            "threads": THREADS,
            "timeout": 120,
            "graceful_timeout": 10,
            "keepalive": 5,
            "loglevel": "warning",
            "worker_tmp_dir": str(Path(settings.DATA_DIR) / "tmp"),
            # It would lie outside the data folder, and nobody asks for it.
            "control_socket_disable": True,
            "post_fork": _with_its_parent,
        }
        for name, value in wanted.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from samspill.wsgi import application

        return application


def _with_its_parent(server: Any, worker: Any) -> None:
    die_with_parent(worker.ppid, signal.SIGKILL)


def serve(descriptor: int) -> None:
    os.environ.pop("GUNICORN_CMD_ARGS", None)
    Web(descriptor).run()
