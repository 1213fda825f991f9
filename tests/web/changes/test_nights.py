"""A night costs what is new; what it comes to is the same as if everything had been judged from the beginning."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from django.conf import settings

from floorwalker.core import patterns
from floorwalker.web.changes import nights
from floorwalker.web.changes.models import Decision, Finding, Round, Ruling
from floorwalker.web.changes.rounds import judge_site
from floorwalker.web.changes.rulings import OVERRIDES
from floorwalker.web.intake.queries import open_warehouse
from tests.web import small_centre
from tests.web.changes.conftest import LAST, WARSAW
from tests.web.conftest import Cast

FROM = LAST - timedelta(days=5)
NOTHING = pl.DataFrame(schema=OVERRIDES)
LATE = FROM - timedelta(days=30)
"""Of this day other contacts become known later."""


def found(site: Any) -> list[Any]:
    """Everything that a round keeps, but the moment at which it was made and the numbers of rows."""
    left_out = {"id", "at", "site_id"}
    return [
        sorted([{name: value for name, value in row.items() if name not in left_out} for row in rows], key=str)
        for rows in (Finding.objects.values(), Decision.objects.values(), Round.objects.values())
    ]


def judged_anew(cast: Cast, now: datetime) -> list[Any]:
    """The same round without a memory."""
    for kept in Path(settings.PATTERNS).iterdir():
        kept.unlink()
    judge_site(cast.site, now)
    return found(cast.site)


def test_night_by_night_comes_to_the_same_as_all_at_once(cast: Cast) -> None:
    """Six nights, in which a change is called; before the third an old day is corrected, before the fourth a person rules."""
    days = small_centre.days_until(LAST, 13)
    slow = [day for day in days if day >= LAST - timedelta(days=12)]
    _take(cast, 1, [day for day in days if day <= FROM], slow)
    for step in range(6):
        day = FROM + timedelta(days=step)
        now = datetime.combine(day + timedelta(days=1), time(7), tzinfo=WARSAW)
        if step and day in days:
            _take(cast, step + 1, [day], slow)
        if step == 2:
            _take(cast, 100, [LATE], [LATE])
        if step == 3:
            ruled = {"measure": "offered", "onset": LATE, "last": LATE, "kind": "blip"}
            Ruling.objects.create(site=cast.site, by=cast.user("Mina"), at=now, **ruled)
        judge_site(cast.site, now)
        if step in (1, 2, 3, 5):
            kept = found(cast.site)
            assert kept[0]
            assert kept == judged_anew(cast, now), f"night {step}"


def _take(cast: Cast, number: int, days: Sequence[date], slow: Sequence[date]) -> None:
    open_warehouse(cast.site).take(number, [small_centre.tables(days, slow=slow)])


def given(values: Sequence[float], name: str = "aht\nqueue\nBilling", event: int = -1) -> pl.DataFrame:
    """Days of one series as they are kept; on the day of this number an event lets something begin."""
    days = [FROM + timedelta(days=step) for step in range(len(values))]
    frame = pl.DataFrame({"series": name, "kind": "mean", "date": days, "value": values, "weight": 100.0})
    return frame.with_columns(prior=pl.int_range(pl.len()) == event)


def night(*frames: pl.DataFrame, said: pl.DataFrame | None = None) -> nights.Night:
    table = pl.concat(frames)
    return nights.Night(table, NOTHING if said is None else said, patterns.classify(table), FROM, patterns.Hazards())


def test_only_what_came_to_be_known_otherwise_is_judged_again() -> None:
    billing, support = given([1.0, 2.0, 3.0]), given([4.0, 5.0], "aht\nqueue\nSupport")
    before = night(billing, support)
    later = given([1.0, 2.0, 3.0 + 1e-12, 9.0])
    assert nights.known_otherwise(before, pl.concat([later, support]), NOTHING) == set()
    assert nights.known_otherwise(before, pl.concat([given([1.0, 2.5, 3.0]), support]), NOTHING) == {"aht\nqueue\nBilling"}
    assert nights.known_otherwise(before, pl.concat([given([1.0, 2.0]), support]), NOTHING) == {"aht\nqueue\nBilling"}
    eventful = given([1.0, 2.0, 3.0], event=1)
    assert nights.known_otherwise(before, pl.concat([eventful, support]), NOTHING) == {"aht\nqueue\nBilling"}
    chat = given([1.0], "aht\nqueue\nChat")
    assert nights.known_otherwise(before, pl.concat([billing, support, chat]), NOTHING) == {"aht\nqueue\nChat"}
    ruled = pl.DataFrame([("aht\nqueue\nSupport", "leave_out", FROM, FROM)], schema=OVERRIDES, orient="row")
    assert nights.known_otherwise(before, pl.concat([billing, support]), ruled) == {"aht\nqueue\nSupport"}
    assert nights.known_otherwise(night(billing, support, said=ruled), pl.concat([billing, support]), ruled) == set()


def test_a_memory_that_cannot_be_read_or_is_of_another_engine_is_thrown_away(
    slow_centre: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.combine(LAST + timedelta(days=1), time(8), tzinfo=WARSAW)
    judge_site(slow_centre.site, now)
    told = found(slow_centre.site)
    place = Path(settings.PATTERNS) / f"{slow_centre.site.pk}-queues.npz"
    place.write_bytes(place.read_bytes()[:1000])
    judge_site(slow_centre.site, now)
    assert found(slow_centre.site) == told
    assert nights.Night.load(place) is not None
    monkeypatch.setattr(nights, "make", lambda: "another")
    assert nights.Night.load(place) is None


def test_how_often_things_happen_here_is_learned_once_a_quarter_from_a_history_that_is_long_enough(tmp_path: Path) -> None:
    quarter, usual = date(2026, 10, 1), patterns.Hazards()
    days = pl.date_range(date(2025, 11, 1), date(2026, 11, 20), eager=True)
    rng = np.random.default_rng(7)
    many = [
        pl.DataFrame(
            {"series": f"q{each}", "kind": "mean", "date": days, "value": rng.normal(20, 1, len(days)), "weight": 100.0}
        )
        for each in range(24)
    ]
    table, nothing = pl.concat(many), pl.DataFrame(schema={"series": pl.String, "date": pl.Date})
    assert nights.learned(table, quarter).step < usual.step
    assert nights.learned(many[0], quarter) == usual
    place = tmp_path / "queues.npz"
    nights.judged(place, table, nothing, None)
    kept = nights.Night.load(place)
    assert kept is not None
    assert (kept.quarter, kept.hazards) == (quarter, nights.learned(table, quarter))
    later = pl.concat([table, table.filter(pl.col("date") == days[-1]).with_columns(date=pl.lit(date(2027, 1, 1)))])
    nights.judged(place, later, nothing, None)
    again = nights.Night.load(place)
    assert again is not None
    assert again.hazards == nights.learned(later, date(2027, 1, 1))
