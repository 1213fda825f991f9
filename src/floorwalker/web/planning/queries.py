"""Reading what is known about queues, and what was worked out for the coming days."""

from functools import lru_cache

import polars as pl

from floorwalker.core.measures import Question
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.accounts.models import Site
from floorwalker.web.intake.models import WarehouseVersion
from floorwalker.web.intake.queries import open_warehouse


def queues_known(site: Site) -> tuple[str, ...]:
    """Every queue in which contacts came, by name; remembered until something is brought in."""
    version = WarehouseVersion.objects.values_list("number", flat=True).first() or 0
    return _queues(open_warehouse(site), version)


@lru_cache(maxsize=8)
def _queues(warehouse: Warehouse, version: int) -> tuple[str, ...]:
    """`version` makes it ask anew after an import."""
    frame = warehouse.answer(Question(("offered",), ("queue",))).frame
    return tuple(frame.filter(pl.col("queue").is_not_null()).sort("queue")["queue"].to_list())
