"""One import in a process of its own, stopped for good at a given moment."""

import os
import signal
import sys
from pathlib import Path

from floorwalker.warehouse import FileManifest, Warehouse, files
from floorwalker.warehouse.manifest import Commit
from tests.warehouse.random_centre import random_centre


class Deadly(FileManifest):
    """Kills the process within the commit: before, or after the last statement took effect."""

    moment = ""

    def commit(self, base: int, commit: Commit) -> int:
        if self.moment == "before the commit":
            die()
        version = super().commit(base, commit)
        if self.moment == "after the commit":
            die()
        return version


def die() -> None:
    """What a power cut does to this process."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(folder: Path, moment: str, seed: int) -> None:
    """Import a random centre as import 2, and die at the moment: a count of written files, or around the commit."""
    manifest = Deadly(folder / "manifest.sqlite")
    manifest.moment = moment
    left = int(moment) if moment.isdigit() else -1
    write = files.os.fsync

    def counted(descriptor: int) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            die()
        write(descriptor)

    files.os.fsync = counted  # type: ignore[assignment]
    Warehouse(folder, manifest).take(2, [random_centre(seed, contacts=30)])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
