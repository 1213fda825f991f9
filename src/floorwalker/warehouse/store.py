"""The folder of parts and its manifest together: what is visible, and how a prepared change becomes visible."""

import fcntl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from floorwalker.warehouse.files import WarehouseFault, storage
from floorwalker.warehouse.manifest import Commit, Conflict, Manifest
from floorwalker.warehouse.snapshot import Snapshot

_ATTEMPTS = 20


class Store:
    """Parts below `root`, listed by `manifest`. May be shared by threads, and by processes through the same two."""

    def __init__(self, root: Path, manifest: Manifest) -> None:
        self.root = root
        self.manifest = manifest
        self._lock = threading.Lock()
        self._snapshot = Snapshot(-1, ())

    def snapshot(self) -> Snapshot:
        """What is visible now."""
        version = self.manifest.version()
        with self._lock:
            if self._snapshot.version != version:
                self._snapshot = Snapshot(version, self.manifest.parts())
            return self._snapshot

    def settle(self, prepare: Callable[[Snapshot], Commit]) -> Commit:
        """Commit what `prepare` makes of what is visible now.

        The processes of one machine do this one after the other; should another machine commit in between, it is prepared
        again on what that one left.

        Raises
        ------
        WarehouseFault
            whatever preparing raises, and `too_busy` when others commit all the time.
        """
        for _ in range(_ATTEMPTS):
            with self._alone():
                now = self.snapshot()
                commit = prepare(now)
                try:
                    self.manifest.commit(now.version, commit)
                except Conflict:
                    continue
                return commit
        raise WarehouseFault("too_busy", attempts=_ATTEMPTS)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock file; the system lets go of it when the process ends, however it ends."""
        with storage(self.root):
            self.root.mkdir(parents=True, exist_ok=True)
            file = (self.root / "commit.lock").open("a")
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
