"""The one door to the contacts: kept once, corrected in place, asked through `Warehouse`."""

from floorwalker.warehouse.behind import Behind, Page
from floorwalker.warehouse.engines import IbisEngine, Own
from floorwalker.warehouse.file_manifest import FileManifest
from floorwalker.warehouse.files import WarehouseFault
from floorwalker.warehouse.importing import Import, Outcome
from floorwalker.warehouse.manifest import Change, Commit, Conflict, Manifest, Part
from floorwalker.warehouse.table_merge import Counted
from floorwalker.warehouse.warehouse import Warehouse

__all__ = [
    "Behind",
    "Change",
    "Commit",
    "Conflict",
    "Counted",
    "FileManifest",
    "IbisEngine",
    "Import",
    "Manifest",
    "Outcome",
    "Own",
    "Page",
    "Part",
    "Warehouse",
    "WarehouseFault",
]
