"""Each thing that can be wrong with a series: a code with name and date, or a neutral answer; its neighbour never notices."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from floorwalker.cli.patterns import patterns as command
from floorwalker.core import patterns
from tests.core.patterns.stories import START, table

DAY = date(2024, 5, 1)
Spoiling = Callable[[pl.DataFrame], pl.DataFrame]


def good(name: str = "bad") -> pl.DataFrame:
    return table(50 + np.random.default_rng(7).normal(size=200), name, weight=20.0)


def on_one_day(**change: float | str | None) -> Spoiling:
    hit = pl.col("date") == DAY
    return lambda rows: rows.with_columns(
        pl.when(hit).then(pl.lit(value)).otherwise(pl.col(name)).alias(name) for name, value in change.items()
    )


def everywhere(**change: float | str | None) -> Spoiling:
    return lambda rows: rows.with_columns(pl.lit(value).alias(name).cast(rows.schema[name]) for name, value in change.items())


REFUSED: dict[str, tuple[Spoiling, str, int]] = {
    "a negative count": (lambda rows: on_one_day(value=-3.0)(everywhere(kind="count")(rows)), "negative_count", 1),
    "a rate above 1": (lambda rows: on_one_day(value=1.01)(everywhere(kind="rate", value=0.5)(rows)), "rate_outside_0_1", 1),
    "a rate below 0": (lambda rows: on_one_day(value=-0.01)(everywhere(kind="rate", value=0.5)(rows)), "rate_outside_0_1", 1),
    "rates without denominators": (everywhere(kind="rate", value=0.5, weight=None), "rate_without_weight", 200),
    "infinity": (on_one_day(value=float("inf")), "not_finite", 1),
    "minus infinity": (on_one_day(value=float("-inf")), "not_finite", 1),
    "an infinite weight": (on_one_day(weight=float("inf")), "not_finite", 1),
    "a weight that is no number": (on_one_day(weight=float("nan")), "not_finite", 1),
    "a negative weight": (on_one_day(weight=-1.0), "negative_weight", 1),
    "a number beyond reason": (on_one_day(value=1e200), "beyond_reason", 1),
    "next to no weight": (everywhere(weight=1e-300), "beyond_reason", 200),
    "an unknown kind": (on_one_day(kind="median"), "unknown_kind", 1),
    "no kind at all": (everywhere(kind=None), "unknown_kind", 200),
    "two kinds in one series": (on_one_day(kind="count"), "kind_changed", 1),
    "a day told twice": (lambda rows: pl.concat([rows, rows.filter(pl.col("date") == DAY)]), "duplicate_day", 2),
    "every day told twice": (lambda rows: pl.concat([rows, rows]), "duplicate_day", 400),
    "a day without a date": (on_one_day(date=None), "unreadable_date", 1),
    "a row of no series": (on_one_day(series=None), "no_series", 1),
}

NEUTRAL: dict[str, tuple[Spoiling, str]] = {
    "one day": (lambda rows: rows[:1], "learning"),
    "four weeks": (lambda rows: rows[:28], "learning"),
    "a constant": (everywhere(value=7.0), "steady"),
    "a constant of 0": (everywhere(value=0.0, kind="count", weight=None), "steady"),
    "a rate of always 1": (everywhere(value=1.0, kind="rate"), "steady"),
    "all missing": (everywhere(value=None), "learning"),
    "all not numbers": (everywhere(value=float("nan")), "learning"),
    "weight 0 on all days": (everywhere(weight=0.0), "learning"),
    "weight 0 on one day": (on_one_day(weight=0.0, value=900.0), "steady"),
    "a gap of months": (lambda rows: rows.filter(~pl.col("date").is_between(date(2024, 2, 15), date(2024, 6, 15))), "steady"),
    "a gap of thousands of years": (lambda rows: _moved(rows[-1:], date(9999, 12, 31), rows[:-1]), "steady"),
    "only Mondays": (lambda rows: rows.filter(pl.col("date").dt.weekday() == 1), "steady"),
    "days before 1970": (lambda rows: rows.with_columns(pl.col("date") - timedelta(days=25_000)), "steady"),
}


def _moved(row: pl.DataFrame, day: date, others: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([others, row.with_columns(date=pl.lit(day))])


def beside_a_good_one(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """States of the bad series, and all refusals; the good one is told what it is told alone, also looking back."""
    neighbour = good("good")
    both = pl.concat([rows, neighbour]).sample(fraction=1, shuffle=True, seed=3)
    answers, back = patterns.classify(both), patterns.look_back(both)
    assert answers.states.filter(pl.col("series") == "good").equals(patterns.classify(neighbour).states)
    assert back.states.filter(pl.col("series") == "good").equals(patterns.look_back(neighbour).states)
    assert back.refusals.sort(pl.all()).equals(answers.refusals.sort(pl.all()))
    states = answers.states.filter(pl.col("series") != "good")
    chances = states.select(pl.selectors.starts_with("p_")).to_numpy()
    assert ((chances >= 0) & (chances <= 1)).all()
    return states, answers.refusals


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_is_refused_with_series_and_date(what: str) -> None:
    spoil, code, count = REFUSED[what]
    states, refusals = beside_a_good_one(spoil(good()))
    assert refusals["code"].to_list() == [code] * count
    if count <= 2:
        row = refusals.row(0, named=True)
        assert row["series"] == ("" if code == "no_series" else "bad")
        assert row["date"] == (None if code == "unreadable_date" else DAY)
        assert states["state"].to_list().count("steady") > 165
    assert not states["state"].is_in(["shift", "trend"]).any()


@pytest.mark.parametrize("what", NEUTRAL)
def test_what_says_nothing_gets_a_neutral_answer(what: str) -> None:
    spoil, expected = NEUTRAL[what]
    rows = spoil(good())
    states, refusals = beside_a_good_one(rows)
    assert refusals.is_empty()
    assert states.height == rows.height
    assert set(states["state"]) <= {"learning", expected}
    assert states["state"][-1] == expected


@pytest.mark.parametrize(
    "written",
    [
        pl.col("date").cast(pl.Datetime).dt.replace_time_zone("Europe/Warsaw"),
        pl.col("date").cast(pl.Datetime) + pl.duration(hours=2, minutes=30),
        pl.col("date").cast(pl.String) + "T00:00:00+02:00",
        pl.col("date").cast(pl.String) + " 02:30:00",
        pl.lit(" ") + pl.col("date").cast(pl.String),
    ],
)
def test_a_change_of_clocks_moves_no_day(written: pl.Expr) -> None:
    assert patterns.classify(good().with_columns(date=written)).states.equals(patterns.classify(good()).states)


def test_days_in_any_order_are_the_same_days() -> None:
    assert patterns.classify(good().reverse()).states.equals(patterns.classify(good()).states)


def test_the_command_names_all_that_is_wrong_and_judges_the_rest(tmp_path: Path) -> None:
    rows = good().with_columns(pl.col("date").cast(pl.String), pl.col("value", "weight").cast(pl.String))
    written = {3: ("value", "inf"), 5: ("value", "many"), 8: ("weight", "-2"), 9: ("date", "31.02.2024"), 12: ("value", "")}
    for place, (column, text) in written.items():
        rows[place, column] = text
    lone = pl.DataFrame({"series": "lone", "kind": "rate", "date": "2024-01-01", "value": "7", "weight": "0"})
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    pl.concat([rows, rows[20:21], lone]).write_csv(source)
    done = CliRunner().invoke(command, ["--input", str(source), "--output", str(target)])
    assert done.exit_code == 0, done.output
    said = sorted(done.stderr.splitlines())
    day = [(START + timedelta(k)).isoformat() for k in range(30)]
    assert said == sorted(
        [
            f"series=bad date={day[3]} code=not_finite found=inf",
            f"series=bad date={day[5]} code=not_a_number found=many",
            f"series=bad date={day[8]} code=negative_weight found=-2.0",
            "series=bad date=None code=unreadable_date found=31.02.2024",
            *[f"series=bad date={day[20]} code=duplicate_day found={rows[20, 'value']}"] * 2,
            "series=lone date=2024-01-01 code=rate_outside_0_1 found=7.0",
        ]
    )
    assert pl.read_csv(target).height == 201
