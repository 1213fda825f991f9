"""One import in a process that may not write large files: what a full disk looks like."""

import resource
import sqlite3
import sys
from pathlib import Path

from floorwalker.warehouse import FileManifest, Warehouse, WarehouseFault
from tests.warehouse.random_centre import random_centre

if __name__ == "__main__":
    folder, limit = Path(sys.argv[1]), int(sys.argv[2])
    warehouse = Warehouse(folder, FileManifest(folder / "manifest.sqlite"))
    open_manifest = sqlite3.connect(folder / "manifest.sqlite")
    open_manifest.execute("select version from state").fetchone()  # SQLite's own files are as large as they get
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        warehouse.take(2, [random_centre(8)])
    except WarehouseFault as fault:
        print(fault.code)  # noqa: T201 - told to the test
