"""Reading what is known about queues, and what was worked out for the coming days."""

from datetime import date
from functools import lru_cache

import polars as pl

from floorwalker.core.measures import Filter, Question
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.accounts.models import Site
from floorwalker.web.intake.models import WarehouseVersion
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.planning.models import Expected, Round, Snapshot


def queues_known(site: Site) -> tuple[str, ...]:
    """Every queue in which contacts came, by name; remembered until something is brought in."""
    version = WarehouseVersion.objects.values_list("number", flat=True).first() or 0
    return _queues(open_warehouse(site), version)


@lru_cache(maxsize=8)
def _queues(warehouse: Warehouse, version: int) -> tuple[str, ...]:
    """`version` makes it ask anew after an import."""
    frame = warehouse.answer(Question(("offered",), ("queue",))).frame
    return tuple(frame.filter(pl.col("queue").is_not_null()).sort("queue")["queue"].to_list())


def channels_of(site: Site) -> dict[str, str]:
    """The channel through which most contacts of each queue come."""
    version = WarehouseVersion.objects.values_list("number", flat=True).first() or 0
    return dict(_channels(open_warehouse(site), version))


@lru_cache(maxsize=8)
def _channels(warehouse: Warehouse, version: int) -> tuple[tuple[str, str], ...]:
    frame = warehouse.answer(Question(("offered",), ("queue", "channel"))).frame
    known = frame.filter(pl.col("queue").is_not_null() & pl.col("channel").is_not_null())
    most = known.sort("offered", descending=True).unique("queue", keep="first", maintain_order=True)
    return tuple(most.select("queue", "channel").iter_rows())


def current_round(site: Site) -> Round | None:
    """How far the working out of the coming days is; None before the first time."""
    return Round.objects.filter(site=site).first()


def expected_of(site: Site, queue: str, day: date) -> Expected | None:
    """What is expected now in a queue (empty: all together) on a day."""
    return Expected.objects.filter(site=site, snapshot=None, queue=queue, day=day).first()


def expected_between(site: Site, queue: str, first: date, last: date) -> list[Expected]:
    """The same for several days, without their curves."""
    found = Expected.objects.filter(site=site, snapshot=None, queue=queue, day__range=(first, last))
    return list(found.defer("curve", "people", "came"))


def expected_queues(site: Site, day: date) -> list[Expected]:
    """What is expected now in each queue on a day, the whole site first."""
    return list(Expected.objects.filter(site=site, snapshot=None, day=day).order_by("queue"))


def courses_expected(site: Site, first: date, last: date) -> dict[date, list[tuple[int, float]]]:
    """Contacts of the whole site by interval, as (minute of the day, contacts), on each day whose course is expected now."""
    days = Expected.objects.filter(site=site, snapshot=None, queue="", day__range=(first, last)).only("day", "curve")
    return {each.day: list(zip(each.curve["minutes"], each.curve["mean"], strict=True)) for each in days if each.curve}


def snapshots_of(site: Site, queue: str, day: date) -> list[Snapshot]:
    """The snapshots that say something about a queue and day, the latest first."""
    return list(Snapshot.objects.filter(site=site, days__queue=queue, days__day=day).order_by("-at"))


def thought_of(snapshot: Snapshot, queue: str, day: date) -> Expected | None:
    """What a snapshot says about a queue and day."""
    return Expected.objects.filter(snapshot=snapshot, queue=queue, day=day).first()


def came_on(site: Site, queue: str, day: date) -> float | None:
    """Contacts that came in a queue (empty: all) on a day that is over; None when nothing is known of it."""
    where = (Filter("queue", (queue,)),) if queue else ()
    frame = open_warehouse(site).answer(Question(("offered",), ("day",), day, day, where)).frame
    found = frame["offered"].sum() if frame.height else 0
    return float(found) if found else None
