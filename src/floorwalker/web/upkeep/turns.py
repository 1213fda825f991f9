"""One file that a running worker holds, so that others on this machine can tell whether one is at work."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.conf import settings


@contextmanager
def working() -> Iterator[None]:
    """Held by a worker as long as it lives; the system lets go of it even after kill -9. Several workers may hold it."""
    with _opened() as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def is_worker_running() -> bool:
    """Whether a worker of this installation runs on this machine."""
    with _opened() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def _opened() -> IO[str]:
    settings.DATA.mkdir(parents=True, exist_ok=True)
    return (settings.DATA / "worker.lock").open("a")
