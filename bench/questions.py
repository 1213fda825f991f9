"""A measure over many contacts: from the records and from the cube, beside hand-written SQL, pandas and a window query."""

from pathlib import Path

import duckdb

from bench.data import DAYS, batches
from bench.timing import Result, seconds
from floorwalker.core.measures import Filter, Question
from floorwalker.warehouse import FileManifest, Warehouse
from floorwalker.warehouse.asking import Asked
from floorwalker.warehouse.duck import Duck
from floorwalker.warehouse.levels import LEVELS
from floorwalker.warehouse.snapshot import Snapshot

CONTACTS = 50_000_000
BY_QUEUE = Question(("service_level", "aht"), ("day", "queue"))
REPEAT = Question(("repeat_rate",), ("queue", "minute"))

SERVICE_LEVEL_SQL = """
select day, queue,
    sum(case when wait_s <= 20 then 1 else 0 end) filter (where answered) in_time,
    count(wait_s) filter (where answered) timed,
    count(*) filter (where abandoned) abandoned, count(*) filter (where abandoned and wait_s < 5) short,
    count(*) offered, count(handle_s) filter (where answered) handled, count(*) filter (where answered) answered_,
    sum(handle_s) filter (where answered) handle_s, sum(acw_s) filter (where answered) acw_s
from (
    select *, outcome = 'answered' as answered, outcome = 'abandoned' as abandoned from read_parquet({files})
    where coalesce(direction, 'in') = 'in' and coalesce(status, 'closed') not in ('merged', 'spam', 'deleted')
)
group by day, queue
"""
REPEAT_SQL = """
select queue, minute, avg(case when next_at <= started_at + interval 7 day then 1.0 else 0.0 end) repeat_rate
from (
    select queue, minute, started_at, customer_key, direction, status,
        lead(started_at) over (partition by customer_key order by started_at) next_at
    from read_parquet({files}) where customer_key is not null
)
where started_at < timestamptz '{until}' - interval 7 day
group by queue, minute
"""
"""What an analyst would write: the lead over the customer, then the share."""


def run(scale: float, folder: Path) -> list[Result]:
    """Answers over `scale` x 50 million contacts of 400 days."""
    root = folder / "warehouse"
    manifest = FileManifest(root / "manifest.sqlite")
    warehouse = Warehouse(root, manifest)
    if not manifest.parts():
        warehouse.take(1, batches(int(CONTACTS * scale), DAYS))
    kept = {level.table for level in LEVELS}
    snapshot = Snapshot(0, [part for part in manifest.parts() if part.table not in kept])
    records = Asked(root, Duck(root, memory="4GB"), snapshot, warehouse.settings)
    files = {name: str([str(path) for path in paths]) for name, paths in warehouse.files().items()}
    peer = duckdb.connect(config={"temp_directory": str(folder / "spill")})
    million = f"{CONTACTS * scale / 1e6:g}M contacts"

    def hand_written(sql: str) -> float:
        return seconds(lambda: peer.sql(sql).to_arrow_table())

    sql = hand_written(SERVICE_LEVEL_SQL.format(files=files["leg"]))
    ours = seconds(lambda: list(records.sums(BY_QUEUE)))
    window = hand_written(REPEAT_SQL.format(files=files["contact"], until=snapshot.known_until))
    repeat = seconds(lambda: list(records.sums(REPEAT)))
    return [
        Result(f"service level and AHT by day and queue, {million}", ours, "SQL by hand", sql, at_most=1.2),
        Result("the same", ours, "pandas", seconds(lambda: in_pandas(files["leg"]), 1), at_most=0.2),
        Result(f"repeat contacts by queue and quarter, {million}", repeat, "window query", window, at_most=0.6),
        *from_the_cube(warehouse, million),
    ]


def from_the_cube(warehouse: Warehouse, million: str) -> list[Result]:
    """What pages ask, from the cube."""
    of_queue = (Filter("queue", ("queue 7",)),)
    asked = {
        "by day and queue": BY_QUEUE,
        "by day": Question(("offered", "aht", "service_level", "repeat_rate"), ("day",)),
        "week by hour of a queue": Question(("offered",), ("week", "hour"), where=of_queue),
        "by reason": Question(("aht",), ("topic",)),
        "by agent of a queue": Question(("aht",), ("agent",), where=of_queue),
        "median by day of a queue": Question(("aht_median",), ("day",), where=of_queue),
    }
    return [
        Result(f"cube: {name}, {million}", seconds(lambda q=question: warehouse.answer(q), 5), at_most_s=0.05)
        for name, question in asked.items()
    ]


def in_pandas(files: str) -> object:
    """The same sums as an analyst's notebook makes them."""
    import ast

    import pandas as pd

    columns = ["day", "queue", "direction", "status", "outcome", "wait_s", "handle_s", "acw_s"]
    legs = pd.read_parquet(ast.literal_eval(files), columns=columns)
    legs = legs[(legs.direction.fillna("in") == "in") & ~legs.status.fillna("closed").isin(["merged", "spam", "deleted"])]
    answered = legs.outcome == "answered"
    legs["in_time"] = answered & (legs.wait_s <= 20)
    legs["answered"] = answered
    legs["abandoned"] = legs.outcome == "abandoned"
    legs["short"] = legs.abandoned & (legs.wait_s < 5)
    sums = ["in_time", "answered", "abandoned", "short", "handle_s", "acw_s"]
    return legs.groupby(["day", "queue"])[sums].sum()
