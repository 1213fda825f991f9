"""Adding up on a Spark instead of in this process."""

import warnings

import ibis

from floorwalker.warehouse.engines import IbisEngine
from floorwalker.warehouse.warehouse import Warehouse


def on_spark(master: str, warehouse: Warehouse) -> IbisEngine:
    """The Spark at `master`, reading the files of `warehouse` that are visible now."""
    # Rows come back as Arrow, never by way of pandas, so Spark's doubt about new versions of it does not concern us.
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("floorwalker")
    quiet = {"spark.sql.session.timeZone": "UTC", "spark.log.level": "ERROR", "spark.ui.enabled": "false"}
    for name, value in quiet.items():
        builder = builder.config(name, value)
    return IbisEngine.on_spark(ibis.pyspark.connect(builder.getOrCreate()), warehouse.files(), warehouse.settings)
