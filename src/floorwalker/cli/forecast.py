"""`floorwalker forecast`: the forecasting engine alone, on plain CSV files."""

import sys
from pathlib import Path

import click
import polars as pl

from floorwalker.core import demand

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--input", "source", required=True, type=FILE, help="CSV: queue, start (local time), contacts.")
@click.option("--output", "target", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--origins", required=True, type=FILE, help="CSV: queue, origin. Every interval that starts before it is known.")
@click.option("--days", required=True, type=click.IntRange(1, 366), help="How many days, the origin's own date included.")
def forecast(source: Path, target: Path, origins: Path, days: int) -> None:
    """Forecast contacts by interval and by day, with their doubt, from each origin.

    The output has a row per interval from the origin on and one per day: queue, origin, start, kind, mean, q05 to q95. What
    could not be used is listed on standard error, one line each, and counts as unknown.
    """
    try:
        answer = demand.forecast(_read(source, "start"), _read(origins, "origin"), days)
    except (demand.Unusable, pl.exceptions.PolarsError) as error:
        raise click.ClickException(str(error)) from error
    for queue, start, code, found in answer.refusals.iter_rows():
        print(f"queue={queue} start={start} code={code} found={found}", file=sys.stderr)  # noqa: T201
    written = pl.col("start").dt.to_string("%Y-%m-%d %H:%M:%S")
    bare = pl.when(pl.col("kind") == "day").then(written.str.head(10)).otherwise(written)
    answer.rows.with_columns(start=bare).write_csv(target, float_precision=3, datetime_format="%Y-%m-%d %H:%M:%S")


def _read(path: Path, time: str) -> pl.DataFrame:
    """A CSV with text queue names and times; counts as written when one of them is no number."""
    table = pl.read_csv(path, schema_overrides={"queue": pl.String}, infer_schema_length=None)
    if time in table.columns and table.schema[time] == pl.String:
        table = table.with_columns(pl.col(time).str.to_datetime(strict=False, time_unit="us"))
    return table


if __name__ == "__main__":
    forecast()
