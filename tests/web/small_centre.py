"""A small centre with regular days, for tests that add up by hand: two queues, six agents, every quarter of an hour at work.

A working day has the quarters from 8:00 to 17:45. In each, Billing gets three contacts and Support one; on Mondays from 10:00
to 10:45 Billing gets nine. Each contact waits ten seconds and takes six minutes (4:00 talk, 1:00 hold, 1:00 after-contact
work), in Support four. The first contact of each hour in Billing is abandoned after forty seconds. Sundays are closed.
"""

import shutil
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
from django.conf import settings

from floorwalker.core.records import CONTACT, INTERVAL_STAT, LEG, SURVEY
from floorwalker.core.records.keys import key_of
from floorwalker.warehouse.file_manifest import FileManifest
from floorwalker.warehouse.manifest import Commit
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.intake.manifest import DatabaseManifest
from tests.conftest import DATA

ZONE = "Europe/Warsaw"
BILLING_AGENTS = ("agent.omid", "agent.samira", "agent.jun", "agent.nasrin", "agent.zofia")
SUPPORT_AGENTS = ("agent.tomek",)
REASONS = ("What do I have to pay?", "Moving house", "Meter reading")


@cache
def _brought_in(last: date, weeks: int) -> tuple[Path, FileManifest]:
    """The centre in a warehouse of its own, once per run."""
    root = DATA / "centres" / f"{last}-{weeks}"
    manifest = FileManifest(DATA / "centres" / f"{last}-{weeks}.sqlite3")
    Warehouse(root, manifest).take(1, [tables(days_until(last, weeks))])
    return root, manifest


def bring_in(last: date, weeks: int) -> None:
    """The centre, copied into the warehouse of the running test: much quicker than importing it again."""
    root, manifest = _brought_in(last, weeks)
    shutil.copytree(root, settings.WAREHOUSE, dirs_exist_ok=True)
    DatabaseManifest().commit(0, Commit(added=manifest.parts()))


def key_of_contact(native_id: str) -> int:
    """The key under which a contact of this centre is kept."""
    return int(pl.select(key_of([pl.lit("small"), pl.lit(native_id)])).item())


def days_until(last: date, weeks: int) -> list[date]:
    """Every day of that many weeks, the last one included, Sundays left out."""
    days = [last - timedelta(days=back) for back in range(weeks * 7 - 1, -1, -1)]
    return [day for day in days if day.weekday() != 6]


def tables(days: Sequence[date], slow: Sequence[date] = (), until: tuple[int, int] = (18, 0)) -> dict[str, pl.DataFrame]:
    """Contacts, legs and surveys of these days. On `slow` days each Billing contact takes three minutes longer.

    The last day ends at `until` (hour, minute).
    """
    rows = [
        row
        for day in days
        for minute in range(8 * 60, 18 * 60, 15)
        if day != days[-1] or minute < until[0] * 60 + until[1]
        for row in _quarter(day, minute, day in slow)
    ]
    frame = pl.DataFrame(rows, orient="row", schema=_SCHEMA)
    whole = frame.with_columns(
        pl.lit("voice").alias("channel"),
        pl.lit("in").alias("direction"),
        pl.lit("closed").alias("status"),
        pl.lit("small").alias("source"),
        pl.lit(1, dtype=pl.Int64).alias("import_id"),
        pl.lit(ZONE).alias("tz"),
        pl.col("native_id").hash().reinterpret(signed=True).alias("row_hash"),
        key_of([pl.lit("small"), pl.col("native_id")]).alias("contact_key"),
        (pl.col("started_at") + pl.duration(seconds=pl.col("wait_s"))).alias("left_queue_at"),
    )
    return {"contact": _contacts(whole), "leg": _legs(whole), "survey": _surveys(whole)}


def intervals(days: Sequence[date]) -> dict[str, pl.DataFrame]:
    """Billing as a system that knows only sums would report it: 8 offered each half hour, 1 abandoned at each full one."""
    rows = [
        {
            "day": day,
            "minute": minute,
            "length_min": 30,
            "started_at": datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=ZoneInfo(ZONE)),
            "queue": "Billing",
            "channel": "",
            "agent": "",
            "offered": 8,
            "answered": 7 if minute % 60 == 0 else 8,
            "abandoned": 1 if minute % 60 == 0 else 0,
            "handle_s": 360.0 * (7 if minute % 60 == 0 else 8),
            "source": "sums",
            "import_id": 1,
            "row_hash": day.toordinal() * 10_000 + minute,
        }
        for day in days
        for minute in range(8 * 60, 18 * 60, 30)
    ]
    return {"interval_stat": INTERVAL_STAT.conform(pl.DataFrame(rows))}


_SCHEMA = {
    "native_id": pl.String,
    "day": pl.Date,
    "minute": pl.Int64,
    "started_at": pl.Datetime("us", "UTC"),
    "queue": pl.String,
    "agent": pl.String,
    "topic": pl.String,
    "wait_s": pl.Float64,
    "talk_s": pl.Float64,
    "customer_key": pl.Int64,
    "outcome": pl.String,
}


def _quarter(day: date, minute: int, slow: bool) -> list[tuple[object, ...]]:
    busy = day.weekday() == 0 and 600 <= minute < 660
    rows: list[tuple[object, ...]] = []
    for number in range(9 if busy else 3):
        lost = minute % 60 == 0 and number == 0
        agent = None if lost else BILLING_AGENTS[(minute // 15 + number) % 5]
        rows.append(_row(day, minute, "Billing", number, agent, 40.0 if lost else 10.0, 420.0 if slow else 240.0))
    rows.append(_row(day, minute, "Support", 0, SUPPORT_AGENTS[0], 10.0, 120.0))
    return rows


def _row(day: date, minute: int, queue: str, number: int, agent: str | None, wait: float, talk: float) -> tuple[object, ...]:
    start = datetime(day.year, day.month, day.day, minute // 60, minute % 60, number, tzinfo=ZoneInfo(ZONE))
    native = f"{queue[0]}{day:%y%m%d}-{minute:04}-{number}"
    customer = hash_of(day, minute, queue, number)
    topic = REASONS[(minute // 15 + number) % 3]
    return (native, day, minute, start, queue, agent, topic, wait, talk, customer, "answered" if agent else "abandoned")


def hash_of(day: date, minute: int, queue: str, number: int) -> int:
    """Customers: each contact has its own, but the one of Billing at each quarter past comes back the next working day."""
    comes_back = queue == "Billing" and minute % 60 == 15 and number == 0
    return minute if comes_back else day.toordinal() * 100_000 + minute * 20 + number + (10 if queue == "Support" else 0)


def _contacts(whole: pl.DataFrame) -> pl.DataFrame:
    ended = pl.col("left_queue_at") + pl.duration(seconds=pl.col("talk_s"))
    return CONTACT.conform(
        whole.with_columns(ended_at=ended).select(*[name for name in CONTACT.schema if name in {*whole.columns, "ended_at"}])
    )


def _legs(whole: pl.DataFrame) -> pl.DataFrame:
    answered = pl.col("outcome") == "answered"
    legs = whole.with_columns(
        pl.lit(0, dtype=pl.Int64).alias("seq"),
        pl.col("started_at").alias("enqueued_at"),
        pl.when(answered).then(pl.col("left_queue_at")).alias("answered_at"),
        pl.when(answered).then(pl.col("talk_s")).alias("talk_s"),
        pl.when(answered).then(60.0).alias("hold_s"),
        pl.when(answered).then(60.0).alias("acw_s"),
        pl.when(answered).then(pl.col("talk_s") + 120.0).alias("handle_s"),
        pl.when(answered).then(pl.lit("none")).alias("transfer_kind"),
    )
    return LEG.conform(legs.select(*[name for name in LEG.schema if name in legs.columns]))


def _surveys(whole: pl.DataFrame) -> pl.DataFrame:
    """Every tenth answered contact was asked; four in five are satisfied."""
    asked = whole.filter(pl.col("outcome") == "answered").gather_every(10).with_row_index("number")
    happy = pl.col("number") % 5 != 0
    surveys = asked.with_columns(
        key_of([pl.lit("small"), pl.col("native_id"), pl.lit("csat")]).alias("survey_key"),
        pl.col("native_id").alias("contact_native_id"),
        pl.lit("csat").alias("kind"),
        pl.when(happy).then(pl.lit("5")).otherwise(pl.lit("2")).alias("score_raw"),
        pl.when(happy).then(5.0).otherwise(2.0).alias("score"),
        pl.lit(1.0).alias("scale_min"),
        pl.lit(5.0).alias("scale_max"),
        pl.lit("1-5").alias("scale_id"),
        pl.when(happy).then(1.0).otherwise(0.25).alias("score_norm"),
        pl.col("started_at").alias("asked_at"),
    )
    return SURVEY.conform(surveys.select(*[name for name in SURVEY.schema if name in surveys.columns]))
