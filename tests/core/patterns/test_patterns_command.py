"""The command on files."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from click.testing import CliRunner
from numpy.typing import NDArray

from floorwalker.cli.patterns import patterns
from tests.core.patterns.stories import table


def run(folder: Path, rows: pl.DataFrame, *options: str) -> tuple[str, pl.DataFrame]:
    rows.write_csv(folder / "in.csv")
    done = CliRunner().invoke(patterns, ["--input", str(folder / "in.csv"), "--output", str(folder / "out.csv"), *options])
    assert done.exit_code == 0, done.output
    return done.stderr, pl.read_csv(folder / "out.csv", try_parse_dates=True)


def test_one_row_in_one_row_out_with_the_promised_columns(quiet: NDArray[np.float64], tmp_path: Path) -> None:
    quiet[120:] += 3
    said, out = run(tmp_path, table(quiet))
    assert said == ""
    assert out.height == 200
    assert out.columns[:7] == ["series", "date", "p_blip", "p_lasting", "state", "onset", "size"]
    assert "shift" in out["state"].to_list()


def test_the_whole_series_may_be_known(quiet: NDArray[np.float64], tmp_path: Path) -> None:
    quiet[120:] += 3
    _, out = run(tmp_path, table(quiet), "--offline")
    assert out.filter(pl.col("state") == "shift")["onset"].n_unique() == 1


def test_known_events_are_read(quiet: NDArray[np.float64], tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_text("date,name\n2024-05-01,release\n")
    quiet[121] = 53
    _, told = run(tmp_path, table(quiet), "--events", str(tmp_path / "events.csv"))
    _, untold = run(tmp_path, table(quiet))
    assert told["p_blip"][124] > untold["p_blip"][124]


def test_what_a_person_decided_is_read(quiet: NDArray[np.float64], tmp_path: Path) -> None:
    (tmp_path / "said.csv").write_text("series,kind,first,last\ns,leave_out,2024-05-01,2024-05-05\n")
    _, out = run(tmp_path, table(quiet), "--overrides", str(tmp_path / "said.csv"))
    assert out.filter(pl.col("reason") == "told")["date"].to_list() == [date(2024, 5, k) for k in range(1, 6)]


def test_bad_rows_are_named_and_the_rest_is_judged(quiet: NDArray[np.float64], tmp_path: Path) -> None:
    said, out = run(
        tmp_path, table(quiet, kind="count").with_columns(value=pl.when(pl.int_range(200) == 3).then(-1.0).otherwise("value"))
    )
    assert said == "series=s date=2024-01-04 code=negative_count found=-1.0\n"
    assert out.height == 200


def test_words_where_numbers_and_dates_belong_are_named(quiet: NDArray[np.float64], tmp_path: Path) -> None:
    text = table(quiet).with_columns(pl.col("value", "date").cast(pl.String))
    rows = text.with_columns(
        value=pl.when(pl.int_range(200) == 3).then(pl.lit("n/a")).otherwise("value"),
        date=pl.when(pl.int_range(200) == 5).then(pl.lit("yesterday")).otherwise("date"),
    )
    said, out = run(tmp_path, rows)
    assert out.height == 199
    assert "series=s date=None code=unreadable_date found=yesterday" in said
    assert "series=s date=2024-01-04 code=not_a_number" in said


def test_a_missing_column_stops_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("series,date,value\na,2024-01-01,3\n")
    done = CliRunner().invoke(patterns, ["--input", str(tmp_path / "in.csv"), "--output", str(tmp_path / "o.csv")])
    assert done.exit_code == 1
    assert "kind" in done.output
