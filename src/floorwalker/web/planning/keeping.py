"""From the engine's rows to what is kept: a record for each queue and day, and snapshots of what was thought."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import polars as pl
from django.db import transaction

from floorwalker.web.accounts.actions.doing import actor, require
from floorwalker.web.accounts.models import Site
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.journal.actions import write
from floorwalker.web.planning import rules
from floorwalker.web.planning.forecasting import Ahead
from floorwalker.web.planning.history import STEP, Known
from floorwalker.web.planning.models import Expected, Snapshot

POINTS = ("mean", "q05", "q10", "q25", "q50", "q75", "q90", "q95")
SNAPSHOT_DAYS = timedelta(days=14)
SNAPSHOT_POINTS = ("mean", "q10", "q90")
KEPT_SNAPSHOTS = timedelta(days=35)
BATCH = 200


def expected_rows(site: Site, ahead: Ahead, known: Known, today: date) -> list[Expected]:
    """A record for each queue and day from today on, not stored yet."""
    near = ahead.near.rows.with_columns(day=pl.col("start").dt.date()).filter(pl.col("day") >= today)
    curves = _by_queue_and_day(near.filter(pl.col("kind") == "interval"))
    totals = {(row["queue"], row["day"]): row for row in near.filter(pl.col("kind") == "day").iter_rows(named=True)}
    far = ahead.far.rows.with_columns(day=pl.col("start").dt.date()).filter(
        (pl.col("kind") == "day") & (pl.col("day") >= today)
    )
    for row in far.iter_rows(named=True):
        totals.setdefault((row["queue"], row["day"]), row)
    came = _came(known, today)
    drivers = _drivers(ahead)
    return [
        _expected(site, queue, day, row, curves.get((queue, day)), came.get(queue) if day == today else None, drivers)
        for (queue, day), row in totals.items()
    ]


def _by_queue_and_day(rows: pl.DataFrame) -> dict[tuple[str, date], pl.DataFrame]:
    parts = rows.sort("start").partition_by("queue", "day", as_dict=True)
    return {(str(queue), day): part for (queue, day), part in parts.items()}


def _came(known: Known, today: date) -> dict[str, list[tuple[int, float]]]:
    """Minutes and contacts of the day under way, as far as they are known, by queue."""
    rows = known.counts.filter(pl.col("start").dt.date() == today).sort("start")
    minutes = rows.with_columns(minute=pl.col("start").dt.hour().cast(pl.Int64) * 60 + pl.col("start").dt.minute())
    found: dict[str, list[tuple[int, float]]] = {}
    for queue, minute, contacts in minutes.select("queue", "minute", "contacts").iter_rows():
        found.setdefault(queue, []).append((minute, contacts))
    return found


def _drivers(ahead: Ahead) -> dict[tuple[str, date], list[list[Any]]]:
    found: dict[tuple[str, date], list[list[Any]]] = {}
    for frame in (ahead.far.drivers, ahead.near.drivers):
        fresh: dict[tuple[str, date], list[list[Any]]] = {}
        for queue, day, driver, factor in frame.select("queue", "date", "driver", "factor").iter_rows():
            fresh.setdefault((queue, day), []).append([driver, round(factor, 4)])
        found |= fresh
    return found


def _expected(
    site: Site,
    queue: str,
    day: date,
    total: dict[str, Any],
    rows: pl.DataFrame | None,
    came: list[tuple[int, float]] | None,
    drivers: dict[tuple[str, date], list[list[Any]]],
) -> Expected:
    so_far = sum(contacts for _minute, contacts in came or ())
    return Expected(
        site=site,
        queue=queue,
        day=day,
        total={name: round(total[name] + so_far, 2) for name in POINTS},
        curve=_curve(rows, came or []) if rows is not None else {},
        came=[contacts for _minute, contacts in came or ()],
        drivers=drivers.get((queue, day), []),
    )


def _curve(rows: pl.DataFrame, came: list[tuple[int, float]]) -> dict[str, Any]:
    """What came is the expectation of what is over."""
    starts = rows["start"].to_list()
    minutes = [minute for minute, _contacts in came] + [each.hour * 60 + each.minute for each in starts]
    past = [contacts for _minute, contacts in came]
    values = {name: past + [round(each, 2) for each in rows[name].to_list()] for name in POINTS}
    return {"minutes": minutes, "length": _length(minutes), **values}


def _length(minutes: Sequence[int]) -> int:
    gaps = [later - earlier for earlier, later in pairwise(minutes) if later > earlier]
    return min(gaps, default=STEP)


def keep_expected(site: Site, rows: Sequence[Expected], only: Collection[str] | None = None) -> None:
    """Put these in the place of what was expected before, in all queues or `only` in some."""
    before = Expected.objects.filter(site=site, snapshot=None)
    (before if only is None else before.filter(queue__in=only)).delete()
    Expected.objects.bulk_create(rows, batch_size=BATCH)


def snapshot_of_day(site: Site, now: datetime) -> None:
    """Keep what is thought today, once a day; those of more than five weeks ago are let go."""
    own = Snapshot.objects.filter(site=site, by=None)
    own.filter(on__lt=now.date() - KEPT_SNAPSHOTS).delete()
    if not own.filter(on=now.date()).exists():
        _take(Snapshot.objects.create(site=site, at=now, on=now.date()))


@transaction.atomic
def keep_forecast(site: Site, note: str, viewer: Viewer, now: datetime) -> Snapshot:
    """Keep the forecast of this moment for as long as somebody wants it."""
    require(rules.may_plan(viewer))
    words = " ".join(note.split())[:200]
    taken = Snapshot.objects.create(site=site, at=now, on=now.date(), note=words, by=viewer.user)
    _take(taken)
    write(actor(viewer), "forecast.kept", words or now.date().isoformat(), facts={"snapshot": taken.pk})
    return taken


@transaction.atomic
def drop_forecast(snapshot: Snapshot, viewer: Viewer) -> None:
    """Let a kept forecast go."""
    require(rules.may_plan(viewer) and snapshot.site_id == viewer.site.pk and snapshot.by_id is not None)
    write(actor(viewer), "forecast.dropped", snapshot.note or snapshot.on.isoformat())
    snapshot.delete()


def _take(snapshot: Snapshot) -> None:
    """Copy the next two weeks, the middle of each curve only."""
    now = Expected.objects.filter(site=snapshot.site, snapshot=None, day__range=(snapshot.on, snapshot.on + SNAPSHOT_DAYS))
    copies = [
        Expected(
            site=snapshot.site,
            snapshot=snapshot,
            queue=each.queue,
            day=each.day,
            total=each.total,
            curve={name: each.curve[name] for name in ("minutes", "length", *SNAPSHOT_POINTS)} if each.curve else {},
        )
        for each in now
    ]
    Expected.objects.bulk_create(copies, batch_size=BATCH)
