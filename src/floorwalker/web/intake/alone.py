"""Whether an import is being brought in at this moment: told by the system's own lock, which ends with its process."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from floorwalker.web.intake.uploads import folder_of


@contextmanager
def alone(import_id: int) -> Iterator[bool]:
    """Be the only one at work on an import; false when somebody else is. However this process ends, the lock ends with it."""
    place = folder_of(import_id) / "running.lock"
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with place.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def is_at_work(import_id: int) -> bool:
    """Whether a living process holds the import."""
    with alone(import_id) as free:
        return not free
