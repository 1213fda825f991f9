"""The record of promises on a real bank: 30 days, each certified the evening before, then played with its true calls."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from floorwalker.core import demand
from floorwalker.web.planning.certifying import Day, certificates, minutes_of
from floorwalker.web.planning.history import Usual
from floorwalker.web.planning.judging import judge
from floorwalker.web.planning.models import Certificate
from floorwalker.web.planning.needs import Rates, needed
from floorwalker.web.planning.planned import Presence
from floorwalker.web.planning.plans import Plan
from floorwalker.web.planning.promises import sums_of
from tests.house.places import ROOT
from tests.web.conftest import Cast
from tests.web.planning.conftest import NOW

CALLS = ROOT.parent / "shared" / "data" / "bank_calls" / "bank_calls_60_days.csv"
PLAN = Plan("Bank", 0.8, 20.0, "offered", max_occupancy=1.0, absence=0.0)
RATES = Rates(240.0, 150.0)
SEED = 11


@pytest.fixture(scope="module")
def history() -> pl.DataFrame:
    """Calls by half-hour, 60 weekdays."""
    if not Path(CALLS).exists():
        pytest.skip("the bank's calls are not on this machine")
    calls = pl.read_csv(CALLS, try_parse_dates=True)
    start = pl.col("datetime").dt.truncate("30m").cast(pl.Datetime("us"))
    halves = calls.group_by(start=start).agg(contacts=pl.col("calls").sum().cast(pl.Float64))
    return (
        halves.filter(pl.col("start").dt.hour() < 21).select(pl.lit("Bank").alias("queue"), "start", "contacts").sort("start")
    )


def rota(history: pl.DataFrame, day: date, generous: float) -> list[Presence]:
    """As a planner would make it: for the mean of the last four same weekdays, with something on top."""
    same = history.with_columns(day=pl.col("start").dt.date(), time=pl.col("start").dt.time()).filter(
        (pl.col("day") < day) & (pl.col("day") >= day - timedelta(29)) & (pl.col("day").dt.weekday() == day.isoweekday())
    )
    mean = same.group_by("time").agg(pl.col("contacts").mean()).sort("time")
    people = np.ceil(needed(mean["contacts"].to_numpy(), 30, RATES, PLAN) * generous)
    minutes = [each.hour * 60 + each.minute for each in mean["time"]]
    edges = pairwise([*minutes, minutes[-1] + 30])
    return [Presence("Bank", start, end, float(count)) for (start, end), count in zip(edges, people, strict=True)]


def test_promises_are_kept_about_as_often_as_was_said(cast: Cast, history: pl.DataFrame) -> None:
    days = sorted(set(history["start"].dt.date()))[30:]
    midnights = [datetime.combine(day, datetime.min.time()) for day in days]
    origins = pl.DataFrame({"queue": ["Bank"] * len(days), "origin": midnights})
    found = demand.forecast(history, origins, 1)
    drawn = [(day, found.scenarios("Bank", at, day, draws=500)) for day, at in zip(days, midnights, strict=True)]
    ask = [Day("Bank", day, minutes_of(each.starts), each.counts) for day, each in drawn]
    luck = np.random.default_rng(SEED)
    there = {day: rota(history, day, luck.uniform(1.05, 1.40)) for day in days}
    made = list(
        certificates(cast.site, ask, {"Bank": Usual(RATES)}, {"Bank": PLAN}, there, (0.9,), Certificate.Made.HINDSIGHT, NOW)
    )
    by_day = history.with_columns(day=pl.col("start").dt.date()).partition_by("day", as_dict=True)
    judged = [judge(each, by_day[each.day,], {"aht": 240.0}) for each in made]
    kept, given = sums_of(judged)
    hours = sum(sum(each.plan["spare"]) for each in judged) / 2 / len(days)
    assert given >= 20
    assert kept / given >= 0.74
    assert hours > 100
