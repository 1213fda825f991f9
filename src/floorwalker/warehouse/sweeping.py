"""Deleting what nothing refers to any more: leftovers of killed imports, and parts that were replaced."""

import os
from collections.abc import Set
from datetime import datetime
from pathlib import Path

from floorwalker.warehouse.files import storage


def sweep(root: Path, referenced: Set[str], before: datetime) -> int:
    """Delete files in folders below `root` that are not `referenced` and were last written before `before`; bytes freed."""
    freed = 0
    with storage(root):
        for folder, _, names in os.walk(root, topdown=False):
            place = Path(folder)
            if place == root:
                continue
            for name in names:
                path = place / name
                status = path.stat()
                if status.st_mtime < before.timestamp() and str(path.relative_to(root)) not in referenced:
                    path.unlink(missing_ok=True)
                    freed += status.st_size
            if place.stat().st_mtime < before.timestamp() and not any(place.iterdir()):
                place.rmdir()
    return freed
