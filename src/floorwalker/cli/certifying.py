"""From a history and a rota to a certificate: scenarios of `core.demand` meet `core.staffing`."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from floorwalker.core import demand, staffing
from floorwalker.core.staffing.rota import Rota, read_rota

DRAWS = 1000
PAST_DRAWS = 300
RECORD_DAYS = 60
HALF_HOUR = 1800

Counts = NDArray[np.float64]
Past = tuple[Counts, Counts]
"""Draws of an earlier day as seen at its own midnight, and what came."""


@dataclass(frozen=True)
class Asked:
    """Tables of text cells, and the day."""

    history: pl.DataFrame
    queue: str | None
    day: datetime
    rota: pl.DataFrame


@dataclass(frozen=True)
class Plan:
    """What is aimed at."""

    aht_s: float
    patience_s: float | None
    target: float
    threshold_s: float
    confidence: float
    definition: str
    keep: int
    doubts: staffing.Doubts


@dataclass(frozen=True)
class Written:
    """The content of a certificate, and lines about what was left out."""

    content: dict[str, Any]
    notes: list[str] = field(default_factory=list)


class Refused(Exception):
    """Rows of a rota that cannot be right: row (the first is 1), column, code, found."""

    def __init__(self, rows: list[tuple[int, str, str, str]]) -> None:
        super().__init__(str(rows))
        self.rows = rows


def certificate(asked: Asked, plan: Plan) -> Written:
    """Certify a day. Nothing is promised where no contacts are forecast. Raises Refused, and Unusable of either room."""
    scenarios, notes, past = _scenarios(asked)
    interval_s = _interval_s(scenarios.starts)
    rota = read_rota(asked.rota, asked.day.date(), interval_s)
    if rota.refusals:
        raise Refused(rota.refusals)
    place = {start: k for k, start in enumerate(scenarios.starts)}
    known = [k for k, start in enumerate(rota.starts) if start in place]
    notes += [f"start={start} code=not_forecast" for start in rota.starts if start not in place]
    counts = scenarios.counts[:, [place[rota.starts[k]] for k in known]]
    outside = float(scenarios.counts.sum(axis=1).mean() - counts.sum(axis=1).mean()) if scenarios.starts else 0.0
    if not known:
        return Written(_refused(rota, plan), notes)
    agents = np.array([rota.agents[k] for k in known])
    answer = staffing.certify(
        counts,
        agents,
        interval_s,
        plan.aht_s,
        plan.patience_s,
        plan.target,
        plan.threshold_s,
        plan.confidence,
        plan.definition,
        plan.keep,
        plan.doubts,
        record=[_rank(draws, came, interval_s, plan) for draws, came in past],
    )
    return Written(_content(answer, rota, known, outside), notes)


def _scenarios(asked: Asked) -> tuple[demand.Scenarios, list[str], list[Past]]:
    """Draws of the day as seen at its midnight (none where nothing is forecast), what was left out, and the days before it."""
    for name in ("queue", "start", "contacts"):
        if name not in asked.history.columns:
            raise staffing.Unusable("column_missing", column=name, found=", ".join(asked.history.columns))
    queues = asked.history["queue"].drop_nulls().unique().sort().to_list()
    queue = asked.queue or (queues[0] if len(queues) == 1 else None)
    if queue is None or queue not in queues:
        raise staffing.Unusable("queue_unknown", found=str(asked.queue), queues=", ".join(queues))
    history = asked.history.filter(pl.col("queue") == queue)
    came = _came(history, asked.day)
    days = sorted({datetime.combine(start.date(), time()) for start in came})[-RECORD_DAYS:]
    origins = pl.DataFrame({"queue": queue, "origin": [*days, asked.day]})
    seen = demand.forecast(history, origins, 1)
    told = seen.refusals.filter((pl.col("code") != "no_history") | (pl.col("start") == asked.day))
    notes = [f"queue={name} start={start} code={code} found={found}" for name, start, code, found in told.iter_rows()]
    past: list[Past] = []
    for day in days:
        with suppress(KeyError):
            drawn = seen.scenarios(queue, day, day.date(), draws=PAST_DRAWS)
            past.append((drawn.counts, np.array([came.get(start, np.nan) for start in drawn.starts])))
    try:
        return seen.scenarios(queue, asked.day, asked.day.date(), draws=DRAWS), notes, past
    except KeyError:
        return demand.Scenarios([], np.zeros((DRAWS, 0))), notes, past


def _came(history: pl.DataFrame, day: datetime) -> dict[datetime, float]:
    """What came before the day; rows that cannot be right are left out, as the forecast leaves them out."""
    rows = history.select(
        start=pl.col("start").str.to_datetime(strict=False, time_unit="us"),
        contacts=pl.col("contacts").cast(pl.Float64, strict=False),
    ).filter(pl.col("contacts").is_finite() & (pl.col("contacts") >= 0) & (pl.col("start") < day))
    return dict(rows.drop_nulls().iter_rows())


def _rank(draws: Counts, came: Counts, interval_s: int, plan: Plan) -> float:
    return staffing.rank_of_day(draws, came, interval_s, plan.aht_s, plan.patience_s, plan.target, plan.threshold_s)


def _interval_s(starts: list[datetime]) -> int:
    gaps = [later - start for start, later in pairwise(starts)]
    return int(min(gaps, default=timedelta(seconds=HALF_HOUR)).total_seconds())


def _content(answer: staffing.Certificate, rota: Rota, known: list[int], outside: float) -> dict[str, Any]:
    off, level = dict.fromkeys(range(len(rota.starts)), 0), dict[int, float | None]()
    for place, k in enumerate(known):
        off[k] = int(answer.max_off_queue[place])
        level[k] = None if np.isnan(answer.level[place]) else round(float(answer.level[place]), 4)
    rows = [{"start": str(start), "agents": off[k], "service_level": level.get(k)} for k, start in enumerate(rota.starts)]
    return {
        "p_meet": answer.p_meet,
        "p_meet_lower": answer.p_meet_lower,
        "p_meet_off": answer.p_meet_off,
        "p_meet_off_lower": answer.p_meet_off_lower,
        "max_off_queue": rows,
        "binding": [str(rota.starts[known[place]]) for place in answer.binding],
        "assumptions": dict(answer.assumptions) | {"contacts_outside_the_rota": round(outside, 2)},
    }


def _refused(rota: Rota, plan: Plan) -> dict[str, Any]:
    """Nothing is known of the day, so nothing is promised."""
    rows = [{"start": str(start), "agents": 0, "service_level": None} for start in rota.starts]
    none = dict.fromkeys(("p_meet", "p_meet_lower", "p_meet_off", "p_meet_off_lower"), 0.0)
    return {**none, "max_off_queue": rows, "binding": [], "assumptions": {"no_forecast": 1.0, "confidence": plan.confidence}}
