"""Small centres for tests: rows given in a few words, the rest filled in."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from floorwalker.core.records import TABLES
from floorwalker.core.records.keys import key_of

MONDAY = date(2024, 1, 1)
Row = Mapping[str, Any]
SOURCE = "test"


def at(day: int, hour: float = 9.0) -> datetime:
    """An instant `day` days after Monday 2024-01-01, in UTC, which is also the local zone."""
    return datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=day, hours=hour)


def key(native_id: str, source: str = SOURCE) -> int:
    """The key of a contact."""
    return int(pl.select(key_of([pl.lit(source), pl.lit(native_id)])).item())


def contact(native_id: str, start: datetime, **more: Any) -> Row:
    """A contact; `customer` is its customer's key."""
    filled = {"direction": "in", "channel": "voice", "queue": "Sales", "agent": "Ann", "source": SOURCE, **more}
    filled["customer_key"] = filled.pop("customer", None)
    identity = {"contact_key": key(native_id, filled["source"]), "native_id": native_id}
    return _row("contact", start, {**identity, "started_at": start, "tz": "UTC", **filled})


def leg(native_id: str, start: datetime, seq: int = 0, **more: Any) -> Row:
    """A stay in a queue, answered unless another outcome is given."""
    filled = {"direction": "in", "channel": "voice", "queue": "Sales", "outcome": "answered", "source": SOURCE, **more}
    if filled["outcome"] == "answered":
        filled.setdefault("agent", "Ann")
    return _row("leg", start, {"contact_key": key(native_id, filled["source"]), "seq": seq, "enqueued_at": start, **filled})


def survey(native_id: str, start: datetime, kind: str = "csat", score: float | None = None, **more: Any) -> Row:
    """An answer on the scale 1 to 5 (csat), 0 to 10 (nps) or 0 to 1 (fcr)."""
    low, high = {"csat": (1.0, 5.0), "nps": (0.0, 10.0), "fcr": (0.0, 1.0), "ces": (1.0, 7.0)}[kind]
    norm = None if score is None else (score - low) / (high - low)
    scale = {"scale_min": low, "scale_max": high, "score": score, "score_norm": norm, "answered_at": start}
    identity = {"survey_key": key(f"survey {native_id} {kind}"), "native_id": native_id, "kind": kind}
    return _row("survey", start, {**identity, **scale, "source": SOURCE, **more})


def state(agent: str, kind: str, start: datetime, seconds: float, **more: Any) -> Row:
    """A piece of an agent's day."""
    filled = {"agent": agent, "state": kind, "reason": "", "from_at": start, "seconds": seconds, "source": SOURCE, **more}
    return _row("agent_state", start, filled)


def interval(start: datetime, queue: str = "Sales", agent: str = "", length: int = 15, **sums: Any) -> Row:
    """An interval as a system reports it."""
    filled = {"queue": queue, "agent": agent, "channel": "voice", "length_min": length, "started_at": start, "source": SOURCE}
    return _row("interval_stat", start, {**filled, **sums})


def frames(**rows: Sequence[Row]) -> dict[str, pl.DataFrame]:
    """Frames by record table name, as a source hands them over."""
    made = {}
    for name, each in rows.items():
        schema = {column: dtype for column, dtype in TABLES[name].schema.items() if column != "import_id"}
        made[name] = pl.DataFrame(list(each), schema=schema)
    return made


def _row(table: str, start: datetime, filled: dict[str, Any]) -> Row:
    minute = start.hour * 60 + start.minute // 15 * 15
    row = {"day": start.date(), "minute": minute, **filled}
    said = repr(sorted((name, str(value)) for name, value in row.items()))
    return {"row_hash": hash_of(said), **row}


def hash_of(text: str) -> int:
    """The hash that a source gives a row that says this."""
    return int(pl.select(key_of([pl.lit(text)])).item())
