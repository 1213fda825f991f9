"""A warehouse in a folder of its own."""

from pathlib import Path

import pytest

from floorwalker.warehouse import FileManifest, Warehouse


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "warehouse", FileManifest(tmp_path / "warehouse" / "manifest.sqlite"))
