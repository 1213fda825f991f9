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
