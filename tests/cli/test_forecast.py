"""`floorwalker forecast` on plain files."""

from pathlib import Path

import polars as pl
from click.testing import CliRunner

from floorwalker.cli.main import main
from tests.core.demand.worlds import history, origin


def test_a_history_becomes_a_forecast(tmp_path: Path) -> None:
    history(56).write_csv(tmp_path / "history.csv", datetime_format="%Y-%m-%d %H:%M:%S")
    origin(56, hour=10).write_csv(tmp_path / "origins.csv", datetime_format="%Y-%m-%d %H:%M:%S")
    files = ["--input", str(tmp_path / "history.csv"), "--origins", str(tmp_path / "origins.csv")]

    done = CliRunner().invoke(main, ["forecast", *files, "--output", str(tmp_path / "forecast.csv"), "--days", "2"])

    written = pl.read_csv(tmp_path / "forecast.csv")
    assert done.exit_code == 0, done.output
    assert written.columns == ["queue", "origin", "start", "kind", "mean", "q05", "q10", "q25", "q50", "q75", "q90", "q95"]
    assert written["start"].to_list()[:1] == ["2026-07-27 10:00:00"]
    assert written.filter(kind="day")["start"].to_list() == ["2026-07-27", "2026-07-28"]


def test_holidays_of_a_country_and_own_tables_are_read(tmp_path: Path) -> None:
    history(56).write_csv(tmp_path / "history.csv", datetime_format="%Y-%m-%d %H:%M:%S")
    origin(72).write_csv(tmp_path / "origins.csv", datetime_format="%Y-%m-%d %H:%M:%S")
    (tmp_path / "known.csv").write_text("date,name,kind,queue\n2026-08-13,release,event,calls\n")
    (tmp_path / "masked.csv").write_text("queue,date\ncalls,2026-07-20\n")
    files = ["--input", "history.csv", "--origins", "origins.csv", "--known", "known.csv", "--masked", "masked.csv"]
    files = [str(tmp_path / each) if each.endswith(".csv") else each for each in files]
    out = ["--output", str(tmp_path / "f.csv"), "--drivers", str(tmp_path / "d.csv"), "--choices", str(tmp_path / "c.csv")]

    done = CliRunner().invoke(main, ["forecast", *files, *out, "--days", "5", "--country", "PL"])

    assert done.exit_code == 0, done.output
    drivers = pl.read_csv(tmp_path / "d.csv")
    assert drivers.filter(driver="event")["date"].to_list() == ["2026-08-13"]
    assert drivers.filter(driver="before_2")["date"].to_list() == ["2026-08-13"]  # Assumption Day is a Saturday
    assert pl.read_csv(tmp_path / "c.csv")["lead"].to_list() == ["same_day", "days_2_7", "days_8_14", "days_15_on"]


def test_a_file_without_counts_is_refused_with_its_column(tmp_path: Path) -> None:
    history(7).drop("contacts").write_csv(tmp_path / "history.csv")
    origin(7).write_csv(tmp_path / "origins.csv")
    files = ["--input", str(tmp_path / "history.csv"), "--origins", str(tmp_path / "origins.csv")]

    done = CliRunner().invoke(main, ["forecast", *files, "--output", str(tmp_path / "f.csv"), "--days", "2"])

    assert done.exit_code == 1
    assert "column_missing" in done.output
